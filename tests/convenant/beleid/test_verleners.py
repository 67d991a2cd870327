"""What a deelregel must meet before it grants."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from convenant.beleid import Vraag
from convenant.beleid.verleners import (
    VERLENER,
    Eis,
    Verlener,
    about_other,
    at_niveau,
    in_fase,
    not_a_radarmelding,
    of_soort,
    on_gebeurtenis,
    on_grondslag,
    takes_part,
    tells_back,
    tells_something,
)
from convenant.model import Convenant, Grondslag, Partijgroep, Toepassing
from convenant.types import Fase, Gebeurtenis, Niveau, Sector
from tests.convenant.beleid.conftest import GGZ, NHN, PARLAN, SCHOOL, STRANGER, VT, WIJKTEAM, ask, toepassing

# Parlan of the wijkteam, both with a signal of one kind: article 4.1 grants.
RIGHT = ask(PARLAN, WIJKTEAM)
HELP = toepassing("4.1", PARLAN)
RADAR = toepassing("5.1", VT)
RADAR_WITH_OWN = toepassing("5.2", VT)

EISEN = (
    about_other,
    tells_something,
    on_gebeurtenis,
    of_soort,
    on_grondslag,
    at_niveau,
    in_fase,
    takes_part,
    tells_back,
)


def _changed(gemaakt: Toepassing, **fields: object) -> Toepassing:
    return replace(gemaakt, regel=replace(gemaakt.regel, **fields))  # type: ignore[arg-type]


def _grondslag(code: str, **fields: object) -> Convenant:
    def change(grondslag: Grondslag) -> Grondslag:
        return replace(grondslag, **fields) if grondslag.code == code else grondslag  # type: ignore[arg-type]

    return replace(NHN, grondslagen=tuple(map(change, NHN.grondslagen)))


def _says(tekort: str | None) -> Callable[[Convenant, Toepassing, Vraag], str | None]:
    return lambda convenant, gemaakt, vraag: tekort


@pytest.mark.parametrize("eis", EISEN)
def test_a_rule_that_fits_meets_it(eis: Eis) -> None:
    assert eis(NHN, HELP, RIGHT) is None


def test_a_rule_that_meets_all_grants() -> None:
    assert VERLENER.shortfall(NHN, HELP, RIGHT) is None


@pytest.mark.parametrize(
    ("eis", "gemaakt", "vraag", "tekort"),
    [
        (about_other, HELP, ask(PARLAN, GGZ), "nodig is een deelregel voor deze ontvanger over deze organisatie"),
        (about_other, HELP, ask(GGZ, WIJKTEAM), "nodig is een deelregel voor deze ontvanger over deze organisatie"),
        (tells_something, _changed(HELP, velden=frozenset()), RIGHT, "nodig is een deelregel die velden noemt"),
        (
            on_gebeurtenis,
            HELP,
            replace(RIGHT, gebeurtenis=Gebeurtenis.ACUUT),
            "nodig is een deelregel voor deze gebeurtenis",
        ),
        (of_soort, HELP, ask(PARLAN, WIJKTEAM, "schoolverzuim"), "nodig is een deelregel die deze signaalsoort noemt"),
        (
            on_grondslag,
            _changed(HELP, grondslag="onbekend"),
            RIGHT,
            "nodig is een grondslag voor deze signaalsoort en deze ontvanger",
        ),
        (at_niveau, RADAR, replace(RIGHT, niveau=Niveau.MOGELIJK), "nodig is een ander niveau van zekerheid"),
        (
            in_fase,
            _changed(HELP, fasen=frozenset({Fase.HERSTEL})),
            replace(RIGHT, fase=Fase.TERUGVAL),
            "nodig is dat de casus in een andere fase is",
        ),
        (
            in_fase,
            _changed(HELP, fasen=frozenset({Fase.HERSTEL})),
            RIGHT,
            "nodig is dat de fase van de casus bekend is",
        ),
        (
            takes_part,
            HELP,
            ask(PARLAN, WIJKTEAM, eigen=frozenset()),
            "nodig is dat de ontvanger zelf een signaal in deze match heeft, van een soort uit de deelregel",
        ),
        (
            takes_part,
            RADAR_WITH_OWN,
            ask(VT, SCHOOL, eigen=frozenset()),
            "nodig is dat de ontvanger zelf een signaal in deze match heeft",
        ),
        (
            tells_back,
            HELP,
            ask(PARLAN, WIJKTEAM, eigen=frozenset()),
            "nodig is een grondslag waarop de andere organisatie van de ontvanger hetzelfde mag horen",
        ),
        (
            tells_back,
            _changed(HELP, grondslag="onbekend"),
            RIGHT,
            "nodig is een grondslag waarop de andere organisatie van de ontvanger hetzelfde mag horen",
        ),
    ],
    ids=[
        "of-another",
        "for-another",
        "no-fields",
        "other-event",
        "other-soort",
        "no-grondslag",
        "other-niveau",
        "other-fase",
        "unknown-fase",
        "nothing-of-its-own",
        "radar-without-own",
        "nothing-to-tell-back",
        "no-grondslag-to-tell-back",
    ],
)
def test_a_rule_that_lacks_something_says_what(eis: Eis, gemaakt: Toepassing, vraag: Vraag, tekort: str) -> None:
    assert eis(NHN, gemaakt, vraag) == tekort
    assert VERLENER.shortfall(NHN, gemaakt, vraag) is not None


def test_a_rule_says_what_it_lacks_first_and_how_many_it_met() -> None:
    verlener = Verlener((_says(None), _says(None), _says("dit"), _says("dat")))
    assert verlener.shortfall(NHN, HELP, RIGHT) == (2, "dit")


def test_without_eisen_no_rule_grants() -> None:
    assert Verlener(()).shortfall(NHN, HELP, RIGHT) == (0, "nodig is ten minste één eis aan een deelregel")


def test_every_eis_is_asked() -> None:
    assert [eis for eis in VERLENER.eisen if eis is not not_a_radarmelding] == list(EISEN)
    assert not_a_radarmelding in VERLENER.eisen


def test_a_rule_without_fasen_holds_in_every_phase() -> None:
    assert [in_fase(NHN, HELP, replace(RIGHT, fase=fase)) for fase in (None, *Fase)] == [None] * (len(Fase) + 1)


def test_a_rule_with_fasen_holds_in_each_of_them() -> None:
    later = _changed(HELP, fasen=frozenset({Fase.HERSTEL, Fase.STABILISATIE}))
    holding = {fase for fase in Fase if in_fase(NHN, later, replace(RIGHT, fase=fase)) is None}
    assert holding == {Fase.HERSTEL, Fase.STABILISATIE}


@pytest.mark.parametrize(
    "fields",
    [
        {"signaalsoorten": frozenset({"schoolverzuim"})},
        {"signaalsoorten": frozenset()},
        {"ontvangers": Partijgroep(sectoren=frozenset({Sector.ONDERWIJS}))},
        {"ontvangers": Partijgroep(oins=frozenset({WIJKTEAM}))},
        {"ontvangers": Partijgroep()},
    ],
    ids=["other-soort", "no-soort", "other-sector", "only-the-other-party", "nobody"],
)
def test_a_grondslag_that_covers_less_carries_no_more(fields: dict[str, object]) -> None:
    assert on_grondslag(_grondslag("avg-algemeen-belang", **fields), HELP, RIGHT) is not None


def test_a_grondslag_of_another_rule_does_not_count() -> None:
    assert on_grondslag(_grondslag("meldcode", signaalsoorten=frozenset()), HELP, RIGHT) is None


def test_a_radar_needs_no_signal_where_the_rule_says_so() -> None:
    assert takes_part(NHN, RADAR, ask(VT, SCHOOL, eigen=frozenset())) is None


def test_a_radar_that_must_signal_may_signal_anything_that_the_convenant_knows() -> None:
    assert takes_part(NHN, RADAR_WITH_OWN, ask(VT, SCHOOL, eigen=frozenset({"veilig-thuis-betrokken"}))) is None
    assert takes_part(NHN, RADAR_WITH_OWN, ask(VT, SCHOOL, eigen=frozenset({"onbekend"}))) is not None


@pytest.mark.parametrize("eigen", [{"schoolverzuim"}, {"onbekend"}, {"schoolverzuim", "onbekend"}])
def test_an_own_signal_of_another_kind_does_not_count(eigen: set[str]) -> None:
    assert takes_part(NHN, HELP, ask(PARLAN, WIJKTEAM, eigen=frozenset(eigen))) is not None


def test_an_own_signal_of_a_kind_that_only_the_rule_still_knows_does_not_count() -> None:
    stale = _changed(HELP, signaalsoorten=frozenset({"zorg-om-kind", "vervallen"}))
    vraag = ask(PARLAN, WIJKTEAM, eigen=frozenset({"vervallen"}))
    assert takes_part(NHN, stale, vraag) is not None


def test_one_own_signal_of_the_kind_is_enough() -> None:
    assert takes_part(NHN, HELP, ask(PARLAN, WIJKTEAM, eigen=frozenset({"schoolverzuim", "zorg-om-kind"}))) is None


@pytest.mark.parametrize(
    ("fields", "eigen", "granted"),
    [
        ({"ontvangers": Partijgroep(oins=frozenset({PARLAN}))}, {"zorg-om-kind"}, False),
        ({"ontvangers": Partijgroep(oins=frozenset({PARLAN, WIJKTEAM}))}, {"zorg-om-kind"}, True),
        ({"signaalsoorten": frozenset({"zorg-om-kind"})}, {"huiselijk-geweld"}, False),
        ({"signaalsoorten": frozenset({"zorg-om-kind"})}, {"huiselijk-geweld", "zorg-om-kind"}, True),
        ({}, {"schoolverzuim"}, False),
    ],
    ids=[
        "other-not-covered",
        "both-covered",
        "own-soort-not-covered",
        "one-own-soort-covered",
        "own-soort-not-in-rule",
    ],
)
def test_a_reciprocal_rule_grants_only_what_it_can_give_back(
    fields: dict[str, object], eigen: set[str], granted: bool
) -> None:
    vraag = ask(PARLAN, WIJKTEAM, eigen=frozenset(eigen))
    assert (tells_back(_grondslag("avg-algemeen-belang", **fields), HELP, vraag) is None) is granted


def test_a_kind_that_only_rule_and_grondslag_still_know_is_not_told_back() -> None:
    stale = _changed(HELP, signaalsoorten=frozenset({"zorg-om-kind", "vervallen"}))
    convenant = _grondslag("avg-algemeen-belang", signaalsoorten=frozenset({"vervallen"}))
    vraag = ask(PARLAN, WIJKTEAM, eigen=frozenset({"zorg-om-kind", "vervallen"}))
    assert tells_back(convenant, stale, vraag) is not None


def test_a_radar_tells_nothing_back() -> None:
    assert tells_back(_grondslag("wmo-veilig-thuis", signaalsoorten=frozenset()), RADAR, ask(VT, SCHOOL)) is None


def test_a_rule_is_about_nobody_else() -> None:
    assert about_other(NHN, HELP, ask(PARLAN, STRANGER)) is not None
    assert about_other(NHN, HELP, ask(STRANGER, PARLAN)) is not None
