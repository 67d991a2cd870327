"""What an organisation embeds in its own system: identity to koppeltokens, signals in, notifications out.

`Koppelradar.open(load_configuratie(path), account=...)` is where to start.
"""

from client_sdk.client import AsyncMatcherClient, Match, MatcherClient, Notificatie, Partijmelding
from client_sdk.configuratie import Configuratie, load_configuratie
from client_sdk.dienst import Clientmatch, Clientnotificatie, Indiening, Koppelradar, Uitkomst
from client_sdk.errors import (
    ConfiguratieFout,
    InvoerFout,
    KoppelradarFout,
    LeeftijdsgrensFout,
    MatcherFout,
    MatcherOnbereikbaar,
    NietIngelogd,
    OnbekendSignaal,
    OngeldigAntwoord,
    OngeldigClientnummer,
    OngeldigCsv,
    OngeldigPersoon,
    RegisterBeschadigd,
    RegisterFout,
    RegisterVergrendeld,
    SleutelFout,
    VerzoekGeweigerd,
)
from client_sdk.importeren import ImportVerslag, RijFout, import_csv
from client_sdk.persoon import Persoon
from client_sdk.register import Register, Signaal, SignaalStatus

__all__ = [
    "AsyncMatcherClient",
    "Clientmatch",
    "Clientnotificatie",
    "Configuratie",
    "ConfiguratieFout",
    "ImportVerslag",
    "Indiening",
    "InvoerFout",
    "Koppelradar",
    "KoppelradarFout",
    "LeeftijdsgrensFout",
    "Match",
    "MatcherClient",
    "MatcherFout",
    "MatcherOnbereikbaar",
    "NietIngelogd",
    "Notificatie",
    "OnbekendSignaal",
    "OngeldigAntwoord",
    "OngeldigClientnummer",
    "OngeldigCsv",
    "OngeldigPersoon",
    "Partijmelding",
    "Persoon",
    "Register",
    "RegisterBeschadigd",
    "RegisterFout",
    "RegisterVergrendeld",
    "RijFout",
    "Signaal",
    "SignaalStatus",
    "SleutelFout",
    "Uitkomst",
    "VerzoekGeweigerd",
    "import_csv",
    "load_configuratie",
]
