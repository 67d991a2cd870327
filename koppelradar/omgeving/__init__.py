"""A complete trial environment in one folder: agreement, keys, services, and an SDK configuration per organisation.

    map/
        matcher/            convenanten/, sleutels/, the PostgreSQL of this machine, logs
        sleutelhouder-1/    convenanten/, sleutels/, the keys of two beheerders
        sleutelbewaarder/   its signing key and K
        <OIN>/              koppelradar.toml, the keys of one organisation, its register

Every key is made on the spot, by the same code that makes them in a real region. There the parts lie with different
organisations; here they lie side by side, which only `omgeving: proef` allows.
"""

from koppelradar.omgeving.lezen import is_proefomgeving, read_proefomgeving
from koppelradar.omgeving.maken import VOORBEELD, make_proefomgeving
from koppelradar.omgeving.model import Proefomgeving
from koppelradar.omgeving.starten import Diensten, running_diensten
from koppelradar.omgeving.venster import open_venster

__all__ = [
    "VOORBEELD",
    "Diensten",
    "Proefomgeving",
    "is_proefomgeving",
    "make_proefomgeving",
    "open_venster",
    "read_proefomgeving",
    "running_diensten",
]
