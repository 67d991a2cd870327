"""A small convenant that is right, for tests that make one thing wrong."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from convenant.errors import Bevinding, OngeldigConvenant
from convenant.laden import convenant_from_document, dump_yaml
from convenant.model import Convenant

Change = Callable[[dict[str, Any]], None]

VT = "00000099000000001000"
WIJKTEAM = "00000099000000002000"
SCHOOL = "00000099000000003000"
HOLDER = "00000099000000009000"

# Public halves only (Ed25519).
_KEYS = (
    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "TnDGW4vVv9Fx_NbFA9MFvliU5_pcytak5p4iVzlpCKs",
    "7EFWxSC4B_4HV8-9JiCZDPo7VJ2ExMmLOUdNU09ZoaU",
)


def partij(oin: str, naam: str, sector: str, rollen: list[str], x: str) -> dict[str, Any]:
    """Return a party of the document."""
    return {
        "oin": oin,
        "naam": naam,
        "sector": sector,
        "rollen": rollen,
        "omvang": 1000,
        "sleutels": [{"kid": f"{naam.lower().replace(' ', '-')}-1", "kty": "OKP", "crv": "Ed25519", "x": x}],
        "contact": {"afdeling": "Meldpunt", "telefoon": "000-0000000", "email": "meldpunt@example.nl"},
    }


def _wederkerig() -> dict[str, Any]:
    return {
        "artikel": "4.1",
        "gebeurtenissen": ["match"],
        "niveaus": ["zeker"],
        "tussen": [{"sectoren": ["maatschappelijke-ondersteuning"]}, {"sectoren": ["onderwijs"]}],
        "signaalsoorten": ["zorg"],
        "velden": ["organisatie"],
        "grondslag": "jeugdwet",
        "toelichting": "Zij stemmen af.",
    }


def _eenrichting() -> dict[str, Any]:
    return {
        "artikel": "5.1",
        "gebeurtenissen": ["match"],
        "niveaus": ["zeker"],
        "ontvanger": {"rollen": ["radar"]},
        "over": {"rollen": ["signaleerder"]},
        "zonderEigenSignaal": True,
        "signaalsoorten": "alle",
        "velden": ["organisatie", "contact"],
        "grondslag": "jeugdwet",
        "toelichting": "De radar.",
    }


def right_document() -> dict[str, Any]:
    """Return a document without a fault."""
    return {
        "schemaversie": 1,
        "convenant": "test-2026",
        "versie": 1,
        "naam": "Testconvenant",
        "regio": "Nergens",
        "doel": "Afstemmen.",
        "omgeving": "proef",
        "modus": "hmac",
        "profiel": "nl-1",
        "geldigVan": "2026-01-01",
        "geldigTot": "2027-12-31",
        "convenanthouder": VT,
        "matcher": {"beheerder": HOLDER, "naam": "Beheerder"},
        "grondslagen": [
            {
                "code": "jeugdwet",
                "wet": "Jeugdwet",
                "artikel": "7.1.4.1",
                "omschrijving": "Mag.",
                "signaalsoorten": "alle",
                "ontvangers": {"alle": True},
            }
        ],
        "epochen": [
            {"nummer": 1, "van": "2026-01-01", "tot": "2026-12-31"},
            {"nummer": 2, "van": "2027-01-01", "tot": "2027-12-31"},
        ],
        "partijen": [
            partij(VT, "Veilig Thuis", "veilig-thuis", ["signaleerder", "radar"], _KEYS[0]) | {"vereist": True},
            partij(WIJKTEAM, "Wijkteam", "maatschappelijke-ondersteuning", ["signaleerder"], _KEYS[1]),
            partij(SCHOOL, "School", "onderwijs", ["signaleerder"], _KEYS[2]),
        ],
        "signaalsoorten": [
            {
                "code": "zorg",
                "omschrijving": "Zorg.",
                "leeftijdTot": 23,
                "bewaartermijnMaanden": 24,
                "betrokkenenGeinformeerd": "verplicht",
                "indieners": {"alle": True},
            },
            {
                "code": "verzuim",
                "omschrijving": "Verzuim.",
                "bewaartermijnMaanden": 12,
                "betrokkenenGeinformeerd": "niet-verplicht",
                "indieners": {"sectoren": ["onderwijs"]},
            },
        ],
        "deelregels": [_wederkerig(), _eenrichting()],
        "plafonds": [
            {
                "partijen": {"alle": True},
                "signalen": {"perDuizend": 100, "minstens": 10},
                "mogelijkeMatches": {"perDuizend": 100, "minstens": 10},
                "bevragingen": {"perDuizend": 0, "minstens": 0},
            }
        ],
    }


def right_overdracht(**changes: Any) -> dict[str, Any]:
    """Return an agreement on handing over that is right in the document with agreements."""
    return {
        "artikel": "7.1",
        "doelgroepen": ["jeugd"],
        "zwaarten": ["middelzwaar"],
        "momenten": ["beoordeling"],
        "ontvangers": {"sectoren": ["maatschappelijke-ondersteuning"]},
        "wijze": "warm",
        "wijzeToelichting": "In een gesprek.",
        "termijn": "overdracht",
        "ontvangstbevestiging": "bevestiging",
        "gedeeld": ["aanleiding"],
        "nietGedeeld": ["melder"],
        "advies": "Altijd.",
        "terugmelding": "Als de hulp stopt.",
        "monitoring": "na-overdracht",
        "informeert": "samen",
        "zichtOpVeiligheid": "Vanaf de bevestiging de ontvanger.",
        "grondslag": "jeugdwet",
        "toelichting": "Het wijkteam neemt over.",
    } | changes


def document_with_afspraken() -> dict[str, Any]:
    """Return a document without a fault in which the parties agreed something on every subject."""
    document = right_document()
    document["partijen"][1]["functies"] = ["teamleider"]
    termijn = {"artikel": "6.1", "eenheid": "werkdagen", "omschrijving": "x"}
    return document | {
        "versie": 2,
        "opvolging": {"versie": 1, "hash": "sha256:" + "0" * 64, "lopendeSignalen": "nieuwe-regels"},
        "toetreding": [
            {"artikel": "2.1", "sectoren": ["onderwijs"], "rollen": ["signaleerder"], "toelichting": "Scholen."}
        ],
        "informeren": {
            "artikel": "3.1",
            "trappen": [{"vanaf": 0, "wie": ["ouders"]}, {"vanaf": 16, "wie": ["jeugdige"]}],
            "uitzonderingen": [{"code": "onveilig", "omschrijving": "Het is niet veilig."}],
        },
        "archivering": {"artikel": "8.1", "maanden": 12, "toelichting": "x"},
        "vrijeDagen": ["2026-05-15"],
        "termijnen": [
            termijn | {"code": "overdracht", "aantal": 5},
            termijn | {"code": "bevestiging", "aantal": 2},
        ],
        "monitoring": [
            {
                "code": "na-overdracht",
                "artikel": "6.2",
                "momentenMaanden": [3, 12],
                "door": {"rollen": ["radar"]},
                "toelichting": "x",
            }
        ],
        "escalatie": [_trede(0), _trede(5)],
        "berichten": [{"ontvangers": {"alle": True}, "gebeurtenissen": ["match"], "velden": ["organisatie"]}],
        "overdracht": [right_overdracht()],
    }


def _trede(na_werkdagen: int) -> dict[str, Any]:
    partijen = {"sectoren": ["maatschappelijke-ondersteuning"]}
    return {
        "artikel": "6.3",
        "naWerkdagen": na_werkdagen,
        "partijen": partijen,
        "functie": "teamleider",
        "toelichting": "x",
    }


def put(*pad: str | int, value: Any) -> Change:
    """Return the change that writes a value at that place."""

    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        document[pad[-1]] = value

    return change


def drop(*pad: str | int) -> Change:
    """Return the change that takes a value out."""

    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        del document[pad[-1]]

    return change


def add(naam: str, *items: Any) -> Change:
    """Return the change that adds items to a list of the document."""

    def change(document: Any) -> None:
        document.setdefault(naam, []).extend(items)

    return change


def findings(document: dict[str, Any], *changes: Change) -> dict[str, str]:
    """Return what is wrong with the document after these changes: path and message; empty when nothing is.

    Raises `ValueError` when one path has two findings, so that a test sees every one of them.
    """
    changed = copy.deepcopy(document)
    for change in changes:
        change(changed)
    try:
        convenant_from_document(changed, bron="test")
    except OngeldigConvenant as fout:
        return dict(_once(fout.bevindingen))
    return {}


def _once(bevindingen: tuple[Bevinding, ...]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for bevinding in bevindingen:
        if bevinding.pad in seen:
            raise ValueError(f"two findings at {bevinding.pad}")
        seen.add(bevinding.pad)
        yield bevinding.pad, bevinding.melding


@pytest.fixture
def document() -> dict[str, Any]:
    """A document without a fault, free to change."""
    return right_document()


@pytest.fixture(scope="session")
def fresh_document() -> Callable[[], dict[str, Any]]:
    """Make a document without a fault, for tests that need more than one."""
    return right_document


@pytest.fixture
def convenant(document: dict[str, Any]) -> Convenant:
    """The convenant of the document without a fault."""
    return convenant_from_document(document, bron="test")


@pytest.fixture
def changed(document: dict[str, Any]) -> Callable[[Change], str]:
    """Give the YAML of the document after one change."""

    def change(function: Change) -> str:
        result = copy.deepcopy(document)
        function(result)
        return dump_yaml(result)

    return change
