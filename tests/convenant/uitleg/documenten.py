"""Documents in which every part of a convenant has something."""

from typing import Any

from tests.convenant.conftest import right_document


def full_document() -> dict[str, Any]:
    """Return a document in which every part has something."""
    return right_document() | {
        "toetreding": [{"artikel": "2.1", "sectoren": ["onderwijs"], "rollen": ["signaleerder"], "toelichting": "Ja."}],
        "informeren": {
            "artikel": "6.1",
            "trappen": [{"vanaf": 0, "wie": ["ouders"]}, {"vanaf": 16, "wie": ["jeugdige"]}],
            "uitzonderingen": [{"code": "gevaar", "omschrijving": "Bij gevaar."}],
        },
        "archivering": {"artikel": "6.2", "maanden": 12, "toelichting": "Daarom."},
        "vrijeDagen": ["2026-05-15"],
        "termijnen": [
            {"code": "snel", "artikel": "7.1", "aantal": 2, "eenheid": "werkdagen", "omschrijving": "Overdragen."},
            {"code": "bericht", "artikel": "7.2", "aantal": 1, "eenheid": "weken", "omschrijving": "Bevestigen."},
        ],
        "monitoring": [
            {
                "code": "na-hulp",
                "artikel": "7.3",
                "momentenMaanden": [3, 12],
                "door": {"rollen": ["radar"]},
                "toelichting": "Bellen.",
            }
        ],
        "escalatie": [
            {
                "artikel": "8.1",
                "naWerkdagen": 2,
                "partijen": {"sectoren": ["onderwijs"]},
                "functie": "intern begeleider",
                "toelichting": "Bellen.",
            }
        ],
        "berichten": [{"ontvangers": {"rollen": ["radar"]}, "gebeurtenissen": ["match"], "velden": ["organisatie"]}],
        "overdracht": [_overdracht()],
    }


def _overdracht() -> dict[str, Any]:
    return {
        "artikel": "9.1",
        "gemeenten": ["Zeewolde"],
        "doelgroepen": ["jeugd"],
        "zwaarten": ["middelzwaar"],
        "momenten": ["beoordeling"],
        "ontvangers": {"sectoren": ["maatschappelijke-ondersteuning"]},
        "wijze": "warm",
        "wijzeToelichting": "In een gesprek.",
        "termijn": "snel",
        "ontvangstbevestiging": "bericht",
        "gedeeld": ["aanleiding"],
        "nietGedeeld": ["melder"],
        "advies": "Altijd.",
        "terugmelding": "Als het niet lukt.",
        "monitoring": "na-hulp",
        "informeert": "veilig-thuis",
        "zichtOpVeiligheid": "Het wijkteam.",
        "grondslag": "jeugdwet",
        "toelichting": "Naar het wijkteam.",
    }
