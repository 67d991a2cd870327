"""How the matcher presents its interface."""

from convenant.web.openapi import Beschrijving

API_VERSIE = "1.0.0"
"""Semantic version of the HTTP interface, not of the software."""

_TAGS = [
    {"name": "Bekendheidsvragen", "description": "Vragen wie iemand kent, en antwoorden uit het eigen register."},
    {"name": "Beheer", "description": "Of de dienst leeft en kan werken."},
    {"name": "Casussen en radar", "description": "CASUSSEN van wie een radar heeft, en wat er over hen is."},
    {"name": "Convenanten", "description": "Ondertekende CONVENANTEN inlezen, bekijken en erover verklaren."},
    {"name": "Epochen", "description": "Sleutelperioden, en de telling van wat is ingediend."},
    {"name": "Inloggen", "description": "Toegangstokens en openbare sleutels."},
    {"name": "Matches en notificaties", "description": "Wat het convenant over MATCHES toestaat."},
    {"name": "Opvolging", "description": "Wat organisaties na een MATCH doen, wie REGISSEUR is, en TERMIJNEN."},
    {"name": "Signalen", "description": "SIGNALEN indienen, bekijken en intrekken."},
]
_BESCHRIJVING = (
    "Organisaties die zich zorgen maken over dezelfde persoon vinden elkaar, zonder dat de matcher weet over wie het "
    "gaat. Koppeltokens staan alleen in de body van een verzoek; vrije tekst bestaat niet in deze interface."
)

BESCHRIJVING = Beschrijving(titel="Koppelradar matcher", tekst=_BESCHRIJVING, tags=_TAGS, versie=API_VERSIE)
