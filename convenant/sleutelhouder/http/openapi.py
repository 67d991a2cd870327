"""How the sleutelhouder presents its interface."""

from convenant.web.openapi import Beschrijving

API_VERSIE = "1.0.0"
"""Semantic version of the HTTP interface, not of the software."""

_TAGS = [
    {"name": "Alarmen", "description": "Wie veel meer vraagt dan zij indient."},
    {"name": "Beheer", "description": "Of de dienst leeft en kan werken."},
    {"name": "Budget", "description": "Eigen verbruik, en VENSTERS voor een heel register."},
    {"name": "Evalueren", "description": "Blind rekenen met de geheime sleutels."},
    {"name": "Inloggen", "description": "Toegangstokens en openbare sleutels."},
]
_BESCHRIJVING = (
    "Rekent met een geheime sleutel aan geblindeerde punten, zonder te zien wat erin zit (RFC 9497, "
    "ristretto255-SHA512, modus 1), en telt wie hoeveel vraagt. Namen, geboortedatums en koppeltokens komen hier "
    "nooit langs."
)

BESCHRIJVING = Beschrijving(titel="Koppelradar sleutelhouder", tekst=_BESCHRIJVING, tags=_TAGS, versie=API_VERSIE)
