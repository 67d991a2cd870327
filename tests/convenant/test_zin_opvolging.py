"""Whether what comes after a match can be kept: fields that mean something, one regisseur, asking with a reason."""

from typing import Any

import pytest

from tests.convenant.conftest import WIJKTEAM, Change, findings, put

REDENEN = {"artikel": "9.1", "redenen": [{"code": "melding", "omschrijving": "Er is een melding."}]}
BEKENDHEID = {
    "artikel": "9.2",
    "antwoordtermijn": "antwoord",
    "regels": [{"partijen": {"sectoren": ["onderwijs"]}, "wijze": "automatisch"}],
}
TERMIJN = {"code": "antwoord", "artikel": "6.1", "aantal": 2, "eenheid": "werkdagen", "omschrijving": "x"}


def _asking(document: dict[str, Any], gebeurtenis: str, **changes: Any) -> None:
    """Add a rule under which the radar asks, with all that belongs to it."""
    regel = dict(document["deelregels"][1]) | {"artikel": "9.9", "gebeurtenissen": [gebeurtenis], "niveaus": ["zeker"]}
    document["deelregels"].append(regel | changes)
    document |= {"bevraging": REDENEN, "bekendheid": BEKENDHEID, "termijnen": [TERMIJN]}
    if gebeurtenis != "bekendheidsvraag":
        del document["bekendheid"]


@pytest.mark.parametrize(
    ("gebeurtenis", "veld"),
    [
        ("match", "terugkoppeling"),
        ("acuut", "regie"),
        ("gezinsmatch", "kaart"),
        ("gezinsmatch", "hulp"),
        ("terugkoppeling", "signaalsoort"),
    ],
)
def test_a_field_that_an_event_does_not_have_is_found(document: dict[str, Any], gebeurtenis: str, veld: str) -> None:
    niveaus = ["waarschijnlijk"] if gebeurtenis == "acuut" else ["zeker"]
    found = findings(
        document,
        put("deelregels", 0, "gebeurtenissen", value=[gebeurtenis]),
        put("deelregels", 0, "niveaus", value=niveaus),
        put("deelregels", 0, "velden", value=[veld]),
    )
    assert veld in found["deelregels.0.velden"]


@pytest.mark.parametrize("gebeurtenis", ["bevraging", "bekendheidsvraag"])
def test_asking_with_reasons_and_who_answers_is_fine(document: dict[str, Any], gebeurtenis: str) -> None:
    _asking(document, gebeurtenis)
    assert findings(document) == {}


@pytest.mark.parametrize(
    ("missing", "pad"),
    [("bevraging", "bevraging"), ("bekendheid", "bekendheid"), ("termijnen", "bekendheid.antwoordtermijn")],
)
def test_asking_needs_what_belongs_to_it(document: dict[str, Any], missing: str, pad: str) -> None:
    _asking(document, "bekendheidsvraag")
    del document[missing]
    assert list(findings(document)) == [pad]


def test_a_bekendheidsvraag_is_about_who_is_certainly_the_same(document: dict[str, Any]) -> None:
    _asking(document, "bekendheidsvraag", niveaus=["zeker", "mogelijk"])
    assert list(findings(document)) == ["deelregels.2.niveaus"]


def test_who_asks_needs_no_signal_of_its_own(document: dict[str, Any]) -> None:
    _asking(document, "bevraging", zonderEigenSignaal=False)
    assert list(findings(document)) == ["deelregels.2"]


def test_the_coordinator_of_a_table_may_ask_who_is_known_and_nothing_else(document: dict[str, Any]) -> None:
    _asking(document, "bekendheidsvraag", ontvanger={"oins": [WIJKTEAM]})
    assert findings(document) == {}
    document["deelregels"][2]["gebeurtenissen"] = ["bevraging"]
    del document["bekendheid"]
    assert list(findings(document)) == ["deelregels.2.ontvanger"]


def _regisseurs(*velden: str) -> tuple[Change, ...]:
    rollen = ["signaleerder", "regisseur"]
    return (
        put("partijen", 1, "rollen", value=rollen),
        put("partijen", 2, "rollen", value=rollen),
        put("deelregels", 0, "velden", value=["organisatie", *velden]),
    )


def test_two_regisseurs_know_of_each_other(document: dict[str, Any]) -> None:
    # The school may signal truancy, of which the wijkteam learns under no rule when it signalled nothing of the kind.
    everything = put("deelregels", 0, "signaalsoorten", value="alle")
    assert findings(document, *_regisseurs("regie"), everything) == {}
    assert findings(document, *_regisseurs(), everything) == {}


def test_two_regisseurs_that_may_not_know_of_each_other_are_found(document: dict[str, Any]) -> None:
    only_zorg = put("deelregels", 0, "signaalsoorten", value=["zorg"])
    found = findings(document, *_regisseurs("regie"), only_zorg)
    assert list(found) == ["partijen.1.rollen"]
    assert "regie" in found["partijen.1.rollen"]
