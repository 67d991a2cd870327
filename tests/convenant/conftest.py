"""A small convenant that is right, for tests that make one thing wrong."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

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
