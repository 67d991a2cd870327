"""What changes for whom between two versions."""

import copy
import json
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.beleid import beslis
from convenant.document import ConvenantDocument
from convenant.laden import convenant_from_document, document_from_yaml, parse_convenant
from convenant.model import Convenant
from convenant.types import Oin
from convenant.uitleg.gevallen import Keuze, gevallen
from convenant.uitleg.leg_uit import vraag_van
from convenant.uitleg.verschil import verschil, verschil_tekst
from convenant.uitleg.verschil.weten import over_weten
from convenant.voorbeelden import example_text
from tests.convenant.conftest import SCHOOL, VT, WIJKTEAM, partij, right_document
from tests.convenant.uitleg.documenten import full_document

Change = Callable[[dict[str, Any]], Any]

_OTHER_KEY = "gU0tz45mRY52_ADdN4eTX3pslfnOqqugxPyMleICUMc"
_ANOTHER_KEY = "aEcatgVJuHYqGiSirusLdsXz7K5uE2_OZeWOfK42vIQ"


def _set(pad: str, waarde: Any) -> Change:
    """Return a change that sets one value, by its dotted path."""
    *delen, laatste = pad.split(".")

    def change(document: dict[str, Any]) -> None:
        plek: Any = document
        for deel in delen:
            plek = plek[int(deel) if deel.isdigit() else deel]
        plek[int(laatste) if laatste.isdigit() else laatste] = waarde

    return change


def _drop(lijst: str, plek: int) -> Change:
    return lambda document: document[lijst].pop(plek)


def _add(lijst: str, ding: dict[str, Any]) -> Change:
    return lambda document: document[lijst].append(ding)


def _model(document: dict[str, Any]) -> Convenant:
    # Without the checks of sense, so that one thing can change and nothing with it.
    return ConvenantDocument.model_validate_json(json.dumps(document)).to_model(content_hash="sha256:0")


def _sentences(change: Change) -> list[str]:
    nieuw = full_document()
    change(nieuw)
    gevonden = verschil(_model(full_document()), _model(nieuw))
    return [zin for onderdeel in gevonden.onderdelen for zin in onderdeel.zinnen]


_CHANGES: dict[str, tuple[Change, str]] = {
    "naam": (_set("naam", "Nieuw"), "De naam wordt Nieuw (was Testconvenant)."),
    "regio": (_set("regio", "Ergens"), "De regio wordt Ergens (was Nergens)."),
    "doel": (_set("doel", "Helpen."), "De omschrijving van het doel is gewijzigd."),
    "begin": (_set("geldigVan", "2025-12-01"), "De eerste dag wordt 1 december 2025 (was 1 januari 2026)."),
    "einde": (_set("geldigTot", "2028-12-31"), "De laatste dag wordt 31 december 2028 (was 31 december 2027)."),
    "omgeving": (_set("omgeving", "productie"), "De omgeving wordt productie (was proef met verzonnen personen)."),
    "modus": (_set("modus", "voprf"), "De modus wordt voprf"),
    "houder": (
        _set("convenanthouder", SCHOOL),
        f"De convenanthouder wordt School (OIN {SCHOOL}) (was Veilig Thuis (OIN {VT})).",
    ),
    "beheerder": (_set("matcher.naam", "Ander"), "De beheerder van de matcher wordt Ander (was Beheerder)."),
    "partij-weg": (_drop("partijen", 2), "School doet niet meer mee"),
    "partij-naam": (_set("partijen.2.naam", "Nieuwe School"), "De naam van School wordt Nieuwe School (was School)."),
    "partij-sector": (
        _set("partijen.2.sector", "kinderopvang"),
        "De sector van School wordt kinderopvang (was onderwijs).",
    ),
    "partij-rol": (_set("partijen.2.rollen", ["signaleerder", "regisseur"]), "Rollen van School: erbij regisseur."),
    "partij-gemeente": (_set("partijen.2.gemeenten", ["Urk"]), "Gemeenten van School: erbij Urk."),
    "partij-functie": (_set("partijen.2.functies", ["leraar"]), "Functies bij School: erbij leraar."),
    "partij-omvang": (_set("partijen.2.omvang", 5), "Het aantal personen dat School bedient wordt 5 (was 1000)."),
    "partij-contact": (
        _set("partijen.2.contact.afdeling", "Balie"),
        "Het contactpunt van School wordt Balie, 000-0000000, meldpunt@example.nl (was Meldpunt,",
    ),
    "partij-vereist": (
        _set("partijen.2.vereist", True),
        "Het convenant geldt voortaan alleen zolang School het heeft ondertekend.",
    ),
    "partij-niet-vereist": (
        _set("partijen.0.vereist", False),
        "Het convenant geldt voortaan ook zonder ondertekening van Veilig Thuis.",
    ),
    "sleutel": (
        _set("partijen.2.sleutels.0.x", _OTHER_KEY),
        "Sleutels van School: onder de naam school-1 staat een andere sleutel. Ga na of dat klopt.",
    ),
    "sleutel-kid": (_set("partijen.2.sleutels.0.kid", "school-2"), "Sleutels van School: erbij school-2."),
    "toetreding": (
        _set("toetreding.0.sectoren", ["kinderopvang"]),
        "Sectoren die mogen toetreden (artikel 2.1): erbij kinderopvang.",
    ),
    "toetreding-weg": (_set("toetreding", []), "Toetreden kan niet meer op grond van artikel 2.1"),
    "artikel-weg": (_drop("deelregels", 0), "Artikel 4.1 vervalt: Zij stemmen af."),
    "artikel-toelichting": (
        _set("deelregels.0.toelichting", "Anders."),
        "De toelichting bij artikel 4.1 is gewijzigd.",
    ),
    "artikel-velden": (_set("deelregels.0.velden", ["contact"]), "Wat artikel 4.1 verleent is gewijzigd."),
    "grondslag": (_set("grondslagen.0.artikel", "7.1.4.2"), "Grondslag jeugdwet wordt Jeugdwet, artikel 7.1.4.2"),
    "grondslag-soorten": (
        _set("grondslagen.0.signaalsoorten", ["zorg"]),
        "Signaalsoorten bij grondslag jeugdwet: zorg (was elke soort).",
    ),
    "grondslag-ontvangers": (
        _set("grondslagen.0.ontvangers", {"rollen": ["radar"]}),
        "Wie iets mag horen op grondslag jeugdwet: partijen met de rol radar (was alle partijen).",
    ),
    "bewaartermijn": (
        _set("signaalsoorten.0.bewaartermijnMaanden", 12),
        "De bewaartermijn van zorg wordt 12 maanden (was 24 maanden).",
    ),
    "leeftijd": (_set("signaalsoorten.1.leeftijdTot", 18), "Leeftijdsgrens van verzuim: tot 18 jaar (was geen)."),
    "plicht": (
        _set("signaalsoorten.1.betrokkenenGeinformeerd", "verplicht"),
        "Informatieplicht bij verzuim: vooraf informeren is verplicht (was vooraf informeren is niet verplicht).",
    ),
    "indieners": (
        _set("signaalsoorten.1.indieners", {"alle": True}),
        "Wie verzuim mag indienen: alle partijen (was partijen in de sector onderwijs).",
    ),
    "soort-weg": (_drop("signaalsoorten", 1), "Verzuim vervalt: zulke signalen kunnen niet meer worden ingediend."),
    "lopend": (
        _set("opvolging", {"versie": 1, "hash": f"sha256:{'0' * 64}", "lopendeSignalen": "beeindigen"}),
        "Lopende signalen eindigen op het moment dat deze versie gaat gelden.",
    ),
    "informeren": (
        _set("informeren.trappen.1.wie", ["jeugdige", "ouders"]),
        "Wie er vanaf 16 jaar geïnformeerd wordt: de ouders en de jeugdige zelf (was de jeugdige zelf).",
    ),
    "informeren-leeftijd": (
        _set("informeren.trappen.1.vanaf", 12),
        "Wie er vanaf 12 jaar geïnformeerd wordt: de jeugdige zelf (was de ouders).",
    ),
    "uitzondering": (_set("informeren.uitzonderingen", []), "Geen grond meer om later te informeren: Bij gevaar."),
    "archivering": (
        _set("archivering.maanden", 1),
        "Bewaren in het eigen systeem: 1 maand na het einde van het signaal (was 12 maanden na",
    ),
    "archivering-waarom": (_set("archivering.toelichting", "X."), "Bewaren in het eigen systeem is gewijzigd."),
    "vrije-dag": (_set("vrijeDagen", []), "Vrije dagen: vervallen 15 mei 2026."),
    "termijn": (_set("termijnen.0.aantal", 1), "Termijn snel wordt 1 werkdag (was 2 werkdagen)."),
    "termijn-weg": (_drop("termijnen", 1), "Termijn bericht vervalt (1 week)."),
    "monitoring": (
        _set("monitoring.0.momentenMaanden", [6]),
        "Monitoring na-hulp: na 6 maanden, door partijen met de rol radar (was na 3 en 12 maanden, door",
    ),
    "escalatie": (
        _set("escalatie.0.naWerkdagen", 5),
        "De trede van artikel 8.1: na 5 werkdagen naar intern begeleider bij partijen in de sector onderwijs (was",
    ),
    "escalatie-weg": (_set("escalatie", []), "De trede van artikel 8.1 vervalt"),
    "berichten": (
        _set("berichten.0.velden", ["contact"]),
        "Wat er in notificaties aan partijen met de rol radar staat: alleen waar die te bereiken is (was alleen",
    ),
    "overdracht-wie": (
        _set("overdracht.0.ontvangers", {"sectoren": ["onderwijs"]}),
        "Overdracht, artikel 9.1, wie neemt over: Partijen in de sector onderwijs. (Was: Partijen in de sector",
    ),
    "overdracht-zwaarte": (
        _set("overdracht.0.zwaarten", ["licht"]),
        "Overdracht, artikel 9.1, meldingen: Een lichte melding over jeugd, na de veiligheidsbeoordeling (was Een mid",
    ),
    "overdracht-gemeente": (
        _set("overdracht.0.gemeenten", ["Urk"]),
        "Overdracht, artikel 9.1, gemeenten: erbij Urk.",
    ),
    "overdracht-niet-mee": (
        _set("overdracht.0.nietGedeeld", ["medische-gegevens"]),
        "Overdracht, artikel 9.1, gaat niet mee: Medische gegevens. (Was: Wie de melder is.)",
    ),
    "overdracht-via": (
        _set("overdracht.0.via", "het overleg"),
        "Overdracht, artikel 9.1, via: Het overleg. (Was: Niets.)",
    ),
    "overdracht-weg": (_set("overdracht", []), "Overdracht, artikel 9.1 vervalt (Zeewolde): Naar het wijkteam."),
    "plafond": (
        _set("plafonds.0.signalen.minstens", 9),
        "Nieuwe signalen per maand voor alle partijen: 100 per duizend",
    ),
    "alarm": (
        _set("alarm", {"factor": 4, "vrij": 10}),
        "De sleutelhouder slaat alarm: meer dan 4 punten per signaal in een maand, boven de eerste 10 (was nooit).",
    ),
    "budget": (
        _set("budgetten", [{"partijen": {"alle": True}, "perMinuut": 1, "perDag": 2, "perMaand": 3}]),
        "Budget bij de sleutelhouder voor",
    ),
    "epoche": (_set("epochen.1.tot", "2027-11-30"), "Epoche 2 wordt 1 januari 2027 tot en met 30 november 2027"),
    "epoche-gelekt": (_set("epochen.0.gelekt", True), "Epoche 1 is gelekt en stopt meteen"),
    "epoche-weg": (_drop("epochen", 1), "Epoche 2 vervalt."),
    "bewaarder": (
        _set(
            "sleutelbewaarder",
            {"naam": "Notaris", "sleutels": [{"kid": "n", "kty": "OKP", "crv": "Ed25519", "x": _OTHER_KEY}]},
        ),
        "De sleutelbewaarder wordt Notaris (was niemand).",
    ),
}


@pytest.mark.parametrize(("change", "zin"), _CHANGES.values(), ids=_CHANGES.keys())
def test_says_what_changed(change: Change, zin: str) -> None:
    assert any(gezegd.startswith(zin) for gezegd in _sentences(change)), _sentences(change)


def test_no_change_is_one_sentence(convenant: Convenant) -> None:
    assert verschil(convenant, convenant).onderdelen == ()
    assert verschil_tekst(verschil(convenant, convenant)) == "Er verandert niets: dit is twee keer hetzelfde convenant."


def test_another_order_and_a_rule_in_two_parts_change_nothing_for_anybody(document: dict[str, Any]) -> None:
    oud = convenant_from_document(document, bron="oud")
    nieuw = copy.deepcopy(document) | {"versie": 2}
    nieuw["partijen"].reverse()
    nieuw["deelregels"][0]["tussen"].reverse()
    radar = nieuw["deelregels"].pop()
    for velden, artikel in ((["organisatie"], "5.1"), (["contact"], "5.2")):
        nieuw["deelregels"].append(radar | {"velden": velden, "artikel": artikel})
    assert not list(over_weten(oud, _model(nieuw)))
    nieuw = copy.deepcopy(document) | {"versie": 2}
    nieuw["signaalsoorten"].reverse()
    assert verschil_tekst(verschil(oud, _model(nieuw))).startswith("Er verandert voor niemand iets")


def test_a_newcomer_like_others_is_said_to_be_so_and_not_spelt_out(document: dict[str, Any]) -> None:
    oud = convenant_from_document(document, bron="oud")
    document["partijen"].append(
        partij("00000099000000004000", "Tweede School", "onderwijs", ["signaleerder"], _OTHER_KEY)
    )
    tekst = verschil_tekst(verschil(oud, convenant_from_document(document, bron="nieuw")))
    assert "Tweede School komt erbij (onderwijs, rol: signaleerder)." in tekst
    assert "Voor haar gelden dezelfde regels als voor School." in tekst.replace("\n    ", " ")
    assert "Wie wat hoort" not in tekst


def test_what_a_newcomer_of_another_kind_learns_is_spelt_out(document: dict[str, Any]) -> None:
    oud = convenant_from_document(document, bron="oud")
    document["partijen"].append(
        partij("00000099000000004000", "Creche", "kinderopvang", ["signaleerder"], _ANOTHER_KEY)
    )
    gezegd = list(over_weten(oud, convenant_from_document(document, bron="nieuw")))
    assert gezegd == [
        "Veilig Thuis hoort van Creche voortaan ook de naam van de organisatie en waar die te bereiken is, "
        "bij een match (zeker), met een eigen signaal of zonder."
    ]


def test_a_sector_is_named_instead_of_its_members() -> None:
    nhn = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
    document = document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld")
    for regel in document["deelregels"]:
        if "kaart" in regel["velden"] and regel["artikel"] == "4.4":
            regel["velden"].remove("kaart")
    gezegd = list(over_weten(nhn, convenant_from_document(document, bron="nieuw")))
    assert any(
        zin.startswith(
            "De organisaties in onderwijs horen van de organisaties in maatschappelijke ondersteuning en jeugdhulp "
            "niet meer de contactkaart van de professional"
        )
        for zin in gezegd
    )
    assert len(gezegd) < 6


_RULES = st.lists(
    st.fixed_dictionaries(
        {
            "artikel": st.sampled_from([f"4.{i}" for i in range(1, 9)]),
            "tussen": st.tuples(
                *[st.sampled_from(["onderwijs", "veilig-thuis", "maatschappelijke-ondersteuning"])] * 2
            ).map(lambda paar: [{"sectoren": [sector]} for sector in paar]),
            "gebeurtenissen": st.sampled_from([["match"], ["match", "acuut"]]),
            "niveaus": st.sampled_from([["waarschijnlijk"], ["mogelijk", "waarschijnlijk"]]),
            "signaalsoorten": st.sampled_from(["alle", ["zorg"], ["verzuim"]]),
            "velden": st.sampled_from([["organisatie"], ["organisatie", "contact"], ["kaart"]]),
            "grondslag": st.just("jeugdwet"),
            "toelichting": st.just("Daarom."),
        },
        optional={"fasen": st.sampled_from([["herstel"], ["herstel", "terugval"]])},
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda regel: str(regel["artikel"]),
)


def _decides(convenant: Convenant, ander: Convenant) -> dict[object, object]:
    return {
        (een, over, geval): beslis(convenant, vraag_van(geval, Oin(een), Oin(over), convenant.geldig_van)).velden
        for een, over in product((VT, WIJKTEAM, SCHOOL), repeat=2)
        if een != over
        for geval in {
            *gevallen(convenant, Oin(een), Oin(over), Keuze()),
            *gevallen(ander, Oin(een), Oin(over), Keuze()),
        }
    }


def _check_said_exactly_when_decided(oude: list[dict[str, Any]], nieuwe: list[dict[str, Any]]) -> None:
    oud, nieuw = (_model(right_document() | {"deelregels": regels}) for regels in (oude, nieuwe))
    gezegd = list(over_weten(oud, nieuw))
    assert bool(gezegd) == (_decides(oud, nieuw) != _decides(nieuw, oud))
    assert verschil(oud, nieuw) == verschil(oud, nieuw)


@given(_RULES, _RULES)
@settings(max_examples=8)
def test_something_is_said_exactly_when_some_decision_differs(
    oude: list[dict[str, Any]], nieuwe: list[dict[str, Any]]
) -> None:
    _check_said_exactly_when_decided(oude, nieuwe)


@pytest.mark.slow
@given(_RULES, _RULES)
@settings(max_examples=100, deadline=None)
def test_something_is_said_exactly_when_some_of_many_decisions_differs(
    oude: list[dict[str, Any]], nieuwe: list[dict[str, Any]]
) -> None:
    _check_said_exactly_when_decided(oude, nieuwe)


def test_says_in_which_phase(document: dict[str, Any]) -> None:
    oud = convenant_from_document(document, bron="oud")
    document["deelregels"][0]["fasen"] = ["herstel"]
    assert sorted(over_weten(oud, convenant_from_document(document, bron="nieuw"))) == [
        "School hoort van Wijkteam niet meer de naam van de organisatie, bij een match (zeker), met een eigen signaal "
        "zorg, in de fase directe veiligheid, stabiele veiligheid, stabilisatie of terugval of als de fase onbekend "
        "is.",
        "Wijkteam hoort van School niet meer de naam van de organisatie, bij een match (zeker), over een signaal zorg, "
        "met een eigen signaal, in de fase directe veiligheid, stabiele veiligheid, stabilisatie of terugval of als de "
        "fase onbekend is.",
    ]
