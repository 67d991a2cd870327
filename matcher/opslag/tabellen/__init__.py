"""The tables. Migrations make them; a test holds the migrated schema against these models.

No column holds a name, birth date, address or other content (guarantee 1). Binary values are raw bytes.
"""

from matcher.opslag.tabellen.aankondiging import AankondigingRij
from matcher.opslag.tabellen.basis import METADATA, Tabel
from matcher.opslag.tabellen.bekendheid import (
    BekendheidspartijRij,
    BekendheidstokenRij,
    BekendheidstrefferRij,
    BekendheidsvraagRij,
)
from matcher.opslag.tabellen.casus import CasusgezienRij, CasuslidRij, CasusRij, TerugkoppelingRij
from matcher.opslag.tabellen.dienst import (
    ConvenantRij,
    GebruikteAssertieRij,
    IdempotentieRij,
    InstellingRij,
    LogboekBladRij,
    LogboekInhoudRij,
    NotificatieRij,
    OntvangerRij,
    VerklaringRij,
)
from matcher.opslag.tabellen.kanalen import DodeLetterRij, EmailkanaalRij, WebhookRij
from matcher.opslag.tabellen.koppeling import (
    EpochewissingRij,
    KaartomslagRij,
    KaartRij,
    KaartverzoekRij,
    KaartvrijgaveRij,
    KaartzegelRij,
    KoppelindexRij,
    MatchlidRij,
    MatchRij,
    PaarRij,
    SignaalRij,
    TellingRij,
)
from matcher.opslag.tabellen.opvolging import OpvolgingStapRij, TermijnRij

__all__ = [
    "METADATA",
    "AankondigingRij",
    "BekendheidspartijRij",
    "BekendheidstokenRij",
    "BekendheidstrefferRij",
    "BekendheidsvraagRij",
    "CasusRij",
    "CasusgezienRij",
    "CasuslidRij",
    "ConvenantRij",
    "DodeLetterRij",
    "EmailkanaalRij",
    "EpochewissingRij",
    "GebruikteAssertieRij",
    "IdempotentieRij",
    "InstellingRij",
    "KaartRij",
    "KaartomslagRij",
    "KaartverzoekRij",
    "KaartvrijgaveRij",
    "KaartzegelRij",
    "KoppelindexRij",
    "LogboekBladRij",
    "LogboekInhoudRij",
    "MatchRij",
    "MatchlidRij",
    "NotificatieRij",
    "OntvangerRij",
    "OpvolgingStapRij",
    "PaarRij",
    "SignaalRij",
    "Tabel",
    "TellingRij",
    "TermijnRij",
    "TerugkoppelingRij",
    "VerklaringRij",
    "WebhookRij",
]
