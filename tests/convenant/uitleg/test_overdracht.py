"""Who takes a melding over, and everything that was agreed about it."""

import copy
from itertools import product
from typing import Any

import pytest

from convenant.document import ConvenantDocument
from convenant.errors import OnbekendeGemeente
from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.overdracht import Overdrachtsvraag, find_afspraak
from convenant.types import Doelgroep, Overdrachtsmoment, Zwaarte
from convenant.uitleg.overdracht import gemeenten_of, leg_uit_overdracht
from convenant.uitleg.overdracht_tekst import overdracht_tekst
from convenant.voorbeelden import example_text
from tests.convenant.uitleg.documenten import full_document

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")


def _convenant(*overdracht: dict[str, Any]) -> Convenant:
    document = full_document()
    afspraak = document["overdracht"][0]
    document["overdracht"] = [copy.deepcopy(afspraak) | anders for anders in overdracht or ({},)]
    return ConvenantDocument.model_validate(document, strict=False).to_model(content_hash="sha256:0")


def test_says_who_how_when_what_and_what_not() -> None:
    uitleg = leg_uit_overdracht(
        _convenant(),
        gemeente="zeewolde",
        doelgroep=Doelgroep.JEUGD,
        zwaarte=Zwaarte.MIDDELZWAAR,
        moment=Overdrachtsmoment.BEOORDELING,
        hulp_betrokken=False,
    )
    assert overdracht_tekst(uitleg).splitlines() == [
        "Wie neemt een middelzware melding uit Zeewolde over?",
        "Convenant test-2026, versie 1.",
        "",
        "Een middelzware melding over jeugd, na de veiligheidsbeoordeling, als er nog geen hulp betrokken is:",
        "  Wie neemt over: Wijkteam (Meldpunt, 000-0000000, meldpunt@example.nl).",
        "  Hoe: Warm. In een gesprek.",
        "  Termijn: Binnen 2 werkdagen. Overdragen.",
        "  Ontvangstbevestiging: Binnen 1 week. Bevestigen.",
        "  Gaat mee: De aanleiding.",
        "  Gaat niet mee: Wie de melder is.",
        "  Wie informeert de betrokkenen: Veilig Thuis.",
        "  Zicht op veiligheid: Het wijkteam.",
        "  Advies van Veilig Thuis: Altijd.",
        "  Terug naar Veilig Thuis: Als het niet lukt.",
        "  Monitoring: Na 3 en 12 maanden, door Veilig Thuis. Bellen.",
        "  Afspraak: Artikel 9.1: Naar het wijkteam.",
        "  Grondslag: Jeugdwet, artikel 7.1.4.1.",
        "",
        "Werkdagen tellen zonder weekend, feestdagen en de vrije dagen van dit convenant.",
    ]


def test_what_is_left_open_is_answered_for_every_case_exactly_once() -> None:
    for gemeente in gemeenten_of(NHN):
        uitleg = leg_uit_overdracht(NHN, gemeente=gemeente)
        answered = [
            (geval, antwoord.afspraak)
            for antwoord in uitleg.antwoorden
            for deel in antwoord.gevallen
            for geval in product(deel.doelgroepen, deel.zwaarten, deel.momenten, deel.hulp_betrokken)
        ]
        assert sorted(geval for geval, _ in answered) == sorted(
            product(Doelgroep, Zwaarte, Overdrachtsmoment, (False, True))
        )
        for (doelgroep, zwaarte, moment, hulp), afspraak in answered:
            vraag = Overdrachtsvraag(
                gemeente=gemeente, doelgroep=doelgroep, zwaarte=zwaarte, moment=moment, hulp_betrokken=hulp
            )
            assert find_afspraak(NHN, vraag) == afspraak


def test_what_nobody_agreed_on_is_said_so_and_comes_last() -> None:
    tekst = overdracht_tekst(leg_uit_overdracht(_convenant(), gemeente="Zeewolde", doelgroep=Doelgroep.JEUGD))
    assert tekst.index("Wie neemt over") < tekst.index("Hierover staat niets in het convenant.")


def test_the_professional_who_helps_already_can_take_over() -> None:
    convenant = _convenant({"hulpBetrokken": True, "ontvangers": None})
    tekst = overdracht_tekst(leg_uit_overdracht(convenant, gemeente="Zeewolde", hulp_betrokken=True))
    assert "Wie neemt over: De professional die al betrokken is." in tekst


def test_nobody_who_works_there_and_no_monitoring_are_said_so() -> None:
    convenant = _convenant({"ontvangers": {"sectoren": ["justitie"]}, "monitoring": None, "via": "het weekoverleg"})
    tekst = overdracht_tekst(leg_uit_overdracht(convenant, gemeente="Zeewolde"))
    assert "Geen van de partijen werkt in deze gemeente." in tekst
    assert "Monitoring: Niemand monitort." in tekst
    assert "Via: Het weekoverleg." in tekst


def test_a_misspelt_municipality_does_not_get_the_answer_of_the_region() -> None:
    with pytest.raises(OnbekendeGemeente):
        leg_uit_overdracht(_convenant({"gemeenten": []}), gemeente="Zeewlode")
