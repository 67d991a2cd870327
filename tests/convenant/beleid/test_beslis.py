"""The decision, on the example of Noord-Holland Noord."""

from dataclasses import replace
from datetime import date

import pytest

from convenant.beleid import Vraag, beslis
from convenant.beleid.besluit import refuse
from convenant.types import Fase, Gebeurtenis, Niveau, Veld
from tests.convenant.beleid.conftest import (
    FG,
    GGZ,
    NHN,
    PARLAN,
    RAAD,
    SCHOOL,
    STRANGER,
    VT,
    WIJKTEAM,
    artikel,
    ask,
    with_regels,
)

CALL = {Veld.ORGANISATIE, Veld.CONTACT}
ALL = {*CALL, Veld.SIGNAALSOORT, Veld.INGEDIEND_OP}
ALL_AND_CARD = {*ALL, Veld.KAART}
AFTER = {Veld.REGIE, Veld.OPVOLGING}
HELP = {*AFTER, Veld.HULP}


@pytest.mark.parametrize(
    ("vraag", "velden", "artikel"),
    [
        (ask(PARLAN, WIJKTEAM), ALL_AND_CARD | HELP, "4.1"),
        (ask(PARLAN, GGZ), {*CALL, *AFTER, Veld.INGEDIEND_OP, Veld.KAART}, "4.2"),
        (ask(SCHOOL, PARLAN), {*CALL, *AFTER, Veld.SIGNAALSOORT, Veld.KAART}, "4.4"),
        (ask(SCHOOL, GGZ), {*CALL, Veld.OPVOLGING}, "4.5"),
        (ask(PARLAN, RAAD), {*CALL, Veld.REGIE}, "4.6"),
        (ask(PARLAN, VT, "veilig-thuis-betrokken"), CALL | HELP, "4.7"),
        (ask(VT, SCHOOL, eigen=frozenset()), {*CALL, Veld.REGIE, Veld.HULP}, "5.1"),
        (ask(VT, SCHOOL), ALL_AND_CARD | HELP, "5.1, 5.2"),
        (ask(VT, PARLAN), ALL_AND_CARD | HELP, "4.7, 5.1, 5.2"),
        (ask(VT, SCHOOL, "schoolverzuim", frozenset({"veilig-thuis-betrokken"})), ALL_AND_CARD | HELP, "5.2"),
    ],
    ids=[
        "help-and-help",
        "help-of-care",
        "school-of-help",
        "school-of-care",
        "help-of-raad",
        "help-of-vt",
        "radar",
        "radar-with-own-signal",
        "radar-and-reciprocal",
        "radar-of-truancy",
    ],
)
def test_grants_the_fields_of_the_article(vraag: Vraag, velden: set[Veld], artikel: str) -> None:
    besluit = beslis(NHN, vraag)
    assert besluit.toegestaan
    assert besluit.velden == velden
    assert besluit.artikel == artikel


@pytest.mark.parametrize(
    ("vraag", "needed"),
    [
        (ask(SCHOOL, RAAD), "een deelregel voor deze ontvanger over deze organisatie"),
        (ask(SCHOOL, VT, "veilig-thuis-betrokken"), "een deelregel voor deze gebeurtenis"),
        (ask(FG, SCHOOL), "een deelregel waarin de ontvanger staat"),
        (ask(SCHOOL, PARLAN, "huiselijk-geweld"), "een deelregel die deze signaalsoort noemt"),
        (ask(SCHOOL, PARLAN, eigen=frozenset({"huiselijk-geweld"})), "van een soort uit de deelregel"),
        (ask(SCHOOL, PARLAN, eigen=frozenset({"onbekend"})), "van een soort uit de deelregel"),
        (ask(SCHOOL, PARLAN, eigen=frozenset()), "van een soort uit de deelregel"),
        (ask(VT, SCHOOL, "schoolverzuim", frozenset()), "dat de ontvanger zelf een signaal in deze match heeft."),
        (
            ask(VT, SCHOOL, "schoolverzuim", frozenset({"onbekend"})),
            "dat de ontvanger zelf een signaal in deze match heeft.",
        ),
        (replace(ask(VT, SCHOOL, eigen=frozenset()), niveau=Niveau.MOGELIJK), "zelf een signaal in deze match"),
        (replace(ask(VT, SCHOOL), gebeurtenis=Gebeurtenis.ACUUT), "een deelregel voor deze gebeurtenis"),
        (replace(ask(PARLAN, VT), gebeurtenis=Gebeurtenis.ACUUT), "een ander niveau van zekerheid"),
    ],
    ids=[
        "school-of-raad",
        "school-of-vt",
        "officer",
        "told-soort-not-in-rule",
        "own-soort-not-in-rule",
        "own-soort-unknown",
        "nothing-of-its-own",
        "radar-only-with-own-signal",
        "radar-with-unknown-own-soort",
        "less-certain",
        "acute-of-a-school",
        "acute-and-certain",
    ],
)
def test_refuses_with_what_is_lacking_and_nothing_else(vraag: Vraag, needed: str) -> None:
    besluit = beslis(NHN, vraag)
    assert besluit.reden.startswith("Geen deelregel van het convenant staat dit toe; nodig is ")
    assert besluit.reden.endswith(".")
    assert needed in besluit.reden
    assert besluit == refuse(NHN, besluit.reden)


@pytest.mark.parametrize(
    ("vraag", "reden"),
    [
        (ask(PARLAN, PARLAN), "eigen signaal"),
        (ask(STRANGER, PARLAN), "doet niet mee"),
        (ask(PARLAN, STRANGER), "doet niet mee"),
        (ask(PARLAN, WIJKTEAM, "onbekend"), "kent deze signaalsoort niet"),
        (replace(ask(PARLAN, WIJKTEAM), op=date(2025, 12, 31)), "geldt niet"),
        (replace(ask(PARLAN, WIJKTEAM), op=date(2030, 1, 1)), "geldt niet"),
        (replace(ask(STRANGER, STRANGER, "onbekend"), op=date(2030, 1, 1)), "geldt niet"),
    ],
    ids=["itself", "receiver-unknown", "other-unknown", "soort-unknown", "too-early", "too-late", "everything-wrong"],
)
def test_refuses_a_question_that_falls_outside_the_convenant(vraag: Vraag, reden: str) -> None:
    besluit = beslis(NHN, vraag)
    assert reden in besluit.reden
    assert besluit == refuse(NHN, besluit.reden)


def test_names_the_grounds_of_every_field() -> None:
    besluit = beslis(NHN, ask(VT, PARLAN))
    assert besluit.grondslag == "meldcode, wmo-veilig-thuis"
    assert [v.artikel for v in besluit.grounds_for(Veld.CONTACT)] == ["4.7", "5.1", "5.2"]
    assert [v.artikel for v in besluit.grounds_for(Veld.SIGNAALSOORT)] == ["5.2"]
    assert besluit.reden.startswith("Artikel 4.7: ")


def test_a_rule_without_fields_grants_nothing() -> None:
    empty = replace(artikel("4.1"), velden=frozenset())
    besluit = beslis(with_regels(empty), ask(PARLAN, WIJKTEAM))
    assert besluit == refuse(NHN, besluit.reden)
    assert "die velden noemt" in besluit.reden


def test_of_two_rules_the_one_that_gets_furthest_says_what_is_lacking() -> None:
    other_event = replace(artikel("4.1"), gebeurtenissen=frozenset({Gebeurtenis.ACUUT}))
    in_another_phase = replace(artikel("4.1"), artikel="4.2", fasen=frozenset({Fase.HERSTEL}))
    for regels in ((other_event, in_another_phase), (in_another_phase, other_event)):
        assert "de fase van de casus bekend is" in beslis(with_regels(*regels), ask(PARLAN, WIJKTEAM)).reden


def test_a_rule_with_fasen_grants_in_these_only() -> None:
    convenant = with_regels(replace(artikel("4.1"), fasen=frozenset({Fase.HERSTEL, Fase.TERUGVAL})))
    granted = {
        fase for fase in (None, *Fase) if beslis(convenant, replace(ask(PARLAN, WIJKTEAM), fase=fase)).toegestaan
    }
    assert granted == {Fase.HERSTEL, Fase.TERUGVAL}


def test_without_its_grondslag_a_rule_grants_nothing() -> None:
    without = replace(NHN, grondslagen=tuple(g for g in NHN.grondslagen if g.code != "avg-algemeen-belang"))
    besluit = beslis(without, ask(PARLAN, WIJKTEAM))
    assert besluit == refuse(NHN, besluit.reden)
    assert "nodig is een grondslag voor deze signaalsoort en deze ontvanger" in besluit.reden


def test_no_article_of_the_example_is_held_back_by_its_grondslag() -> None:
    for regel in NHN.deelregels:
        grondslag = NHN.grondslag(regel.grondslag)
        assert grondslag is not None
        for partij in NHN.partijen:
            if any(toepassing.regel == regel and toepassing.over for toepassing in NHN.toepassingen(partij.oin)):
                assert all(grondslag.covers(soort, partij) for soort in regel.signaalsoorten), regel.artikel


def test_a_radarmelding_is_for_the_radar_alone() -> None:
    everything = frozenset(soort.code for soort in NHN.signaalsoorten)
    convenant = with_regels(replace(artikel("4.1"), signaalsoorten=everything), artikel("5.2"))
    assert beslis(convenant, ask(PARLAN, WIJKTEAM)).toegestaan
    besluit = beslis(convenant, ask(PARLAN, WIJKTEAM, "radarmelding"))
    assert not besluit.toegestaan
    assert "radarmelding" in besluit.reden
    assert beslis(convenant, ask(VT, WIJKTEAM, "radarmelding")).artikel == "5.2"
