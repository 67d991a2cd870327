"""What may one party learn of another, and why."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from convenant.beleid import beslis
from convenant.errors import OnbekendePartij, OnbekendeSignaalsoort
from convenant.laden import convenant_from_document, parse_convenant
from convenant.model import Convenant
from convenant.types import Fase, Gebeurtenis, Niveau, Oin, Veld
from convenant.uitleg.gevallen import Geval, Keuze, gevallen
from convenant.uitleg.leg_uit import Uitleg, leg_uit, vraag_van
from convenant.uitleg.leg_uit_tekst import uitleg_tekst
from convenant.voorbeelden import example_text

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
OP = date(2026, 9, 1)


def _explained(uitleg: Uitleg) -> dict[Geval, frozenset[Veld]]:
    return {
        Geval(*geval): frozenset(antwoord.velden)
        for antwoord in uitleg.antwoorden
        for deel in antwoord.omstandigheden
        for geval in product(deel.gebeurtenissen, deel.niveaus, deel.signaalsoorten, deel.eigen, deel.fasen)
    }


def test_says_of_every_case_what_the_rules_decide() -> None:
    nhn = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    for ontvanger, over in product(nhn.partijen[::3], nhn.partijen[::4]):
        if ontvanger == over:
            continue
        decided = {
            geval: beslis(nhn, vraag_van(geval, ontvanger.oin, over.oin, OP)).velden
            for geval in gevallen(nhn, ontvanger.oin, over.oin, Keuze())
        }
        assert _explained(leg_uit(nhn, ontvanger=ontvanger.oin, over=over.oin, op=OP)) == decided


def test_names_field_article_law_and_reason(convenant: Convenant) -> None:
    tekst = uitleg_tekst(
        leg_uit(
            convenant,
            ontvanger=WIJKTEAM,
            over=SCHOOL,
            gebeurtenis=Gebeurtenis.MATCH,
            niveau=Niveau.ZEKER,
            signaalsoort="zorg",
            eigen_signaalsoorten=frozenset({"zorg"}),
            op=OP,
        )
    )
    assert tekst.split("\n\n")[:2] == [
        "Wat mag Wijkteam horen van School?\nConvenant test-2026, versie 1, op 1 september 2026.",
        "Bij een match (zeker), over een signaal zorg, als Wijkteam zelf een signaal zorg heeft:\n"
        "  Ja: de naam van de organisatie.\n"
        "  Niet: waar die te bereiken is, de soort van het signaal, de dag waarop het signaal is ingediend,\n"
        "    de contactkaart van de professional, wie de regie heeft, wat de organisatie na de match deed of\n"
        "    hoe het met de hulp staat.\n"
        "  Artikel 4.1: Zij stemmen af.\n"
        "    Grondslag: Jeugdwet, artikel 7.1.4.1. Mag.",
    ]


def test_what_is_not_granted_is_no_with_the_reason(convenant: Convenant) -> None:
    tekst = uitleg_tekst(
        leg_uit(convenant, ontvanger=SCHOOL, over=WIJKTEAM, eigen_signaalsoorten=frozenset({"verzuim"}), op=OP)
    )
    assert "Ja:" not in tekst
    assert "Niets.\n  Geen deelregel van het convenant staat dit toe; nodig is" in tekst


def test_says_each_article_with_its_own_fields_when_there_are_more(document: dict[str, Any]) -> None:
    document["deelregels"].append(
        document["deelregels"][1] | {"artikel": "5.2", "velden": ["kaart"], "toelichting": "De kaart."}
    )
    convenant = convenant_from_document(document, bron="test")
    uitleg = leg_uit(convenant, ontvanger=VT, over=SCHOOL, eigen_signaalsoorten=frozenset(), op=OP)
    assert [(grond.artikel, grond.velden) for grond in uitleg.antwoorden[0].gronden] == [
        ("5.1", (Veld.ORGANISATIE, Veld.CONTACT)),
        ("5.2", (Veld.KAART,)),
    ]
    assert "Artikel 5.2 (de contactkaart van de professional): De kaart." in uitleg_tekst(uitleg)


def test_answers_come_in_one_order_and_grants_come_first(convenant: Convenant) -> None:
    uitleg = leg_uit(convenant, ontvanger=VT, over=SCHOOL, op=OP)
    assert uitleg == leg_uit(convenant, ontvanger=VT, over=SCHOOL, op=OP)
    granted = [antwoord.toegestaan for antwoord in uitleg.antwoorden]
    assert granted == sorted(granted, reverse=True)
    assert granted[0]


def test_whoever_may_not_signal_cannot_be_learned_of(document: dict[str, Any]) -> None:
    document["partijen"][1]["rollen"] = ["privacy"]
    document["deelregels"] = document["deelregels"][1:]
    convenant = convenant_from_document(document, bron="test")
    tekst = uitleg_tekst(leg_uit(convenant, ontvanger=VT, over=WIJKTEAM, op=OP))
    assert "Niets: Wijkteam mag geen signalen indienen." in tekst


def test_a_day_outside_the_period_grants_nothing(convenant: Convenant) -> None:
    tekst = uitleg_tekst(leg_uit(convenant, ontvanger=VT, over=SCHOOL, op=date(2030, 1, 1)))
    assert "Niets.\n  Het convenant geldt niet op deze dag; nodig is een versie die dan geldt." in tekst


def test_a_misspelt_question_is_refused(convenant: Convenant) -> None:
    with pytest.raises(OnbekendePartij):
        leg_uit(convenant, ontvanger=VT, over=Oin("00000099000000077000"), op=OP)
    with pytest.raises(OnbekendeSignaalsoort):
        leg_uit(convenant, ontvanger=VT, over=SCHOOL, signaalsoort="zorgg", op=OP)
    with pytest.raises(OnbekendeSignaalsoort):
        leg_uit(convenant, ontvanger=VT, over=SCHOOL, eigen_signaalsoorten=frozenset({"zorgg"}), op=OP)


def test_says_in_which_phase_when_a_rule_names_any(document: dict[str, Any]) -> None:
    document["deelregels"][0]["fasen"] = ["herstel", "terugval"]
    convenant = convenant_from_document(document, bron="test")
    tekst = uitleg_tekst(leg_uit(convenant, ontvanger=WIJKTEAM, over=SCHOOL, op=OP))
    assert "zelf een signaal zorg heeft, in de fase\n  herstel of terugval:\n  Ja: de naam" in tekst
    tekst = uitleg_tekst(leg_uit(convenant, ontvanger=WIJKTEAM, over=SCHOOL, fase=Fase.STABILISATIE, op=OP))
    assert "Ja:" not in tekst


def test_says_what_stands_in_the_notification_itself(document: dict[str, Any]) -> None:
    document["berichten"] = [
        {"ontvangers": {"rollen": ["radar"]}, "gebeurtenissen": ["match"], "velden": ["organisatie"]}
    ]
    convenant = convenant_from_document(document, bron="test")
    tekst = uitleg_tekst(leg_uit(convenant, ontvanger=VT, over=SCHOOL, op=OP))
    assert "  In de notificatie zelf: de naam van de organisatie. De rest haalt Veilig Thuis op." in tekst
