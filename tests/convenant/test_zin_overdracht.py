"""Agreements on handing over that contradict one another or cannot be kept."""

from typing import Any

import pytest

from tests.convenant.conftest import Change, add, document_with_afspraken, findings, put, right_overdracht

DOCUMENT = document_with_afspraken()
EEN = ("overdracht", 0)


@pytest.mark.parametrize(
    ("change", "pad", "part"),
    [
        (put(*EEN, "termijn", value="onbekend"), "overdracht.0.termijn", "lijst termijnen"),
        (put(*EEN, "ontvangstbevestiging", value="onbekend"), "overdracht.0.ontvangstbevestiging", "lijst termijnen"),
        (put(*EEN, "monitoring", value="onbekend"), "overdracht.0.monitoring", "lijst monitoring"),
        (put(*EEN, "grondslag", value="onbekend"), "overdracht.0.grondslag", "lijst grondslagen"),
        (put(*EEN, "ontvangers", value={"sectoren": ["justitie"]}), "overdracht.0.ontvangers", "niemand over"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_finds_what_does_not_exist(change: Change, pad: str, part: str) -> None:
    found = findings(DOCUMENT, change)
    assert list(found) == [pad]
    assert part in found[pad]


def test_somebody_takes_over_in_every_gemeente() -> None:
    named = put("overdracht", 0, "gemeenten", value=["Zeewolde", "Urk"])
    there = put("partijen", 1, "gemeenten", value=["urk", "ZEEWOLDE"])
    elsewhere = put("partijen", 1, "gemeenten", value=["Urk", "Zewolde"])
    assert findings(DOCUMENT, named) == findings(DOCUMENT, named, there) == {}
    found = findings(DOCUMENT, named, elsewhere)
    assert list(found) == ["overdracht.0.gemeenten"]
    assert "gespeld" in found["overdracht.0.gemeenten"]


def _termijnen(overdracht: tuple[int, str], bevestiging: tuple[int, str]) -> Change:
    def change(document: dict[str, Any]) -> None:
        for termijn, (aantal, eenheid) in zip(document["termijnen"], (overdracht, bevestiging), strict=True):
            termijn.update(aantal=aantal, eenheid=eenheid)

    return change


@pytest.mark.parametrize(
    ("overdracht", "bevestiging", "fits"),
    [
        ((5, "werkdagen"), (5, "werkdagen"), True),
        ((1, "werkdagen"), (5, "werkdagen"), True),
        ((1, "werkdagen"), (1, "weken"), True),
        ((1, "werkdagen"), (7, "dagen"), True),
        ((1, "werkdagen"), (8, "dagen"), False),
        ((1, "werkdagen"), (6, "werkdagen"), False),
        ((10, "werkdagen"), (11, "werkdagen"), False),
        ((10, "werkdagen"), (2, "weken"), True),
        ((10, "werkdagen"), (3, "weken"), False),
        ((3, "weken"), (1, "maanden"), False),
        ((30, "dagen"), (1, "maanden"), True),
        ((1, "maanden"), (30, "dagen"), True),
        ((1, "maanden"), (32, "dagen"), False),
    ],
)
def test_confirming_does_not_take_longer_than_handing_over_or_a_week(
    overdracht: tuple[int, str], bevestiging: tuple[int, str], fits: bool
) -> None:
    found = findings(DOCUMENT, _termijnen(overdracht, bevestiging))
    assert list(found) == ([] if fits else ["overdracht.0.ontvangstbevestiging"])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"doelgroepen": ["jeugd", "volwassenen"]},
        {"zwaarten": ["licht", "middelzwaar"], "momenten": ["onderzoek", "beoordeling"]},
        {"ontvangers": {"sectoren": ["onderwijs"]}, "wijze": "schriftelijk"},
    ],
    ids=["the-same", "wider", "overlapping", "other-receivers"],
)
def test_two_agreements_on_one_case_are_ambiguous(changes: dict[str, Any]) -> None:
    found = findings(DOCUMENT, add("overdracht", right_overdracht(artikel="7.2", **changes)))
    assert list(found) == ["overdracht.1"]
    assert "preciezer" in found["overdracht.1"]


@pytest.mark.parametrize(
    ("changes", "pads"),
    [
        ({"gedeeld": ["melder"], "nietGedeeld": ["aanleiding"]}, ["gedeeld", "nietGedeeld"]),
        ({"gedeeld": ["melder"], "nietGedeeld": ["politiemelding"]}, ["gedeeld"]),
        ({"gedeeld": ["betrokken-hulp"], "nietGedeeld": ["aanleiding"]}, ["nietGedeeld"]),
    ],
    ids=["both", "shared-here", "kept-here"],
)
def test_what_one_shares_and_the_other_keeps_is_named(changes: dict[str, Any], pads: list[str]) -> None:
    found = findings(DOCUMENT, add("overdracht", right_overdracht(**changes)))
    assert list(found) == ["overdracht.1", *(f"overdracht.1.{pad}" for pad in pads)]


@pytest.mark.parametrize(
    "changes",
    [
        {"doelgroepen": ["volwassenen"]},
        {"zwaarten": ["licht", "zwaar"]},
        {"momenten": ["onderzoek"]},
        {"gemeenten": ["Urk"]},
        {"hulpBetrokken": True},
        {"gemeenten": ["Urk"], "gedeeld": ["melder"], "nietGedeeld": ["aanleiding"]},
    ],
    ids=["doelgroep", "zwaarte", "moment", "gemeente", "hulp", "a-gemeente-shares-otherwise"],
)
def test_an_agreement_on_another_case_or_a_more_specific_one_is_fine(changes: dict[str, Any]) -> None:
    assert findings(DOCUMENT, add("overdracht", right_overdracht(**changes))) == {}


@pytest.mark.parametrize(
    ("een", "ander", "ambiguous"),
    [
        ({"gemeenten": ["Urk"]}, {"gemeenten": ["Zeewolde"]}, False),
        ({"gemeenten": ["Urk"]}, {"gemeenten": ["Zeewolde", "URK"]}, True),
        ({"gemeenten": ["Urk"], "hulpBetrokken": True}, {"gemeenten": ["Urk"]}, False),
        ({"gemeenten": ["Urk"]}, {"hulpBetrokken": True}, False),
        ({"hulpBetrokken": True}, {"hulpBetrokken": False}, False),
        ({"hulpBetrokken": False}, {"hulpBetrokken": False}, True),
    ],
)
def test_gemeente_and_help_tell_agreements_apart(een: dict[str, Any], ander: dict[str, Any], ambiguous: bool) -> None:
    afspraken = [right_overdracht(**een), right_overdracht(**ander)]
    assert bool(findings(DOCUMENT, put("overdracht", value=afspraken))) is ambiguous


def test_each_of_many_is_named_once() -> None:
    found = findings(DOCUMENT, add("overdracht", *(right_overdracht() for _ in range(5))))
    assert list(found) == [f"overdracht.{i}" for i in range(1, 6)]
