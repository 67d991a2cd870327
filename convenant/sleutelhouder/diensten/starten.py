"""What must be true before the first request is served."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from convenant.model import Convenant
from convenant.pg import convenanten, herkenning
from convenant.pg.database import Database, table_of
from convenant.sleutelhouder.diensten.kern import Sleutelring
from convenant.sleutelhouder.domein.epoche import Epochesleutels
from convenant.sleutelhouder.domein.kluis import Kluis, Plaats
from convenant.sleutelhouder.errors import OngeldigeKluis
from convenant.sleutelhouder.opslag import sleutels
from convenant.sleutelhouder.opslag.opzet import TOEPASSING_ROL
from convenant.sleutelhouder.opslag.sleutels import Opgeslagen
from convenant.sleutelhouder.opslag.tabellen import ConvenantRij
from convenant.types import ConvenantId, Epoche, Oin, Omgeving
from convenant.voprf import OprfSleutel
from convenant.web.convenanten import load_folder
from convenant.web.errors import StartFout

_CONVENANTEN = table_of(ConvenantRij)
_ADD_ONLY = ("logboek", "alarm", "goedkeuring")


async def open_database(
    database: Database, folder: Path, *, oin: Oin, kluis: Kluis, omgeving: Omgeving, op: datetime
) -> tuple[Mapping[ConvenantId, Convenant], Sleutelring]:
    """Check that database, keys, rights and agreements belong together; the convenanten in force, and all keys.

    Raises StartFout, which says what to do: also when a key is not the one that a convenant pins, because then every
    answer would be refused by every organisation, or worse, believed by one that does not look.
    """
    loaded = load_folder(folder, omgeving=omgeving, instelling="KOPPELRADAR_SLEUTELHOUDER_CONVENANTEN")
    async with database.transaction() as connection:
        await herkenning.require_migrated(connection, "logboek", commando="koppelradar sleutelhouder migreer")
        await herkenning.require_append_only(connection, _ADD_ONLY, dienst="sleutelhouder", rol=TOEPASSING_ROL)
        for convenant, document in loaded:
            await convenanten.keep(connection, _CONVENANTEN, convenant, document, op=op)
        stored = await convenanten.latest(connection, _CONVENANTEN)
        opgeslagen = await sleutels.find(connection)
    ring = open_sleutels(opgeslagen, kluis)
    # A convenant that went on with another sleutelhouder, and left the folder, is no business of this one any more.
    in_map = {convenant.id for convenant, _ in loaded}
    ours = [convenant for convenant in stored if convenant.id in in_map or _names(convenant, oin)]
    for convenant in ours:
        check_pinned(convenant, oin, ring.get(convenant.id, {}))
    return {convenant.id: convenant for convenant in ours}, ring


def open_sleutels(opgeslagen: Iterable[Opgeslagen], kluis: Kluis) -> Sleutelring:
    """All keys, opened. Raises StartFout when one does not open, or does not belong to its public half."""
    ring: dict[ConvenantId, dict[Epoche, tuple[dict[str, bytes], dict[str, OprfSleutel]]]] = {}
    for rij in opgeslagen:
        publiek, geheim = ring.setdefault(rij.convenant, {}).setdefault(rij.epoche, ({}, {}))
        publiek[rij.code] = rij.publiek
        if rij.geheim is not None:
            geheim[rij.code] = _open(rij, rij.geheim, kluis)
    return {
        convenant: {epoche: Epochesleutels(*sleutels) for epoche, sleutels in epochen.items()}
        for convenant, epochen in ring.items()
    }


def check_pinned(convenant: Convenant, oin: Oin, epochen: Mapping[Epoche, Epochesleutels]) -> None:
    """Raise StartFout unless the convenant names this sleutelhouder, with the keys that it has."""
    houder = next((houder for houder in convenant.sleutelhouders if houder.oin == oin), None)
    if houder is None:
        raise StartFout(
            f"Convenant {convenant.id} noemt deze sleutelhouder (OIN {oin}) niet. Controleer "
            "KOPPELRADAR_SLEUTELHOUDER_OIN, of haal het convenant uit de map."
        )
    for gepind in houder.sleutels:
        eigen = epochen.get(gepind.epoche)
        if eigen is None:
            raise StartFout(
                f"Voor epoche {gepind.epoche} van convenant {convenant.id} zijn hier geen sleutels. Zet de database "
                f"terug waarin ze staan, of maak nieuwe: koppelradar sleutelhouder epoche maak {convenant.id} "
                f"{gepind.epoche}. Zet de punten die dan verschijnen in een nieuwe versie van het convenant."
            )
        if dict(gepind.punten) != eigen.publiek:
            raise StartFout(
                f"De sleutels van epoche {gepind.epoche} zijn niet die van convenant {convenant.id} versie "
                f"{convenant.versie}. Is dit de goede database? Zo ja, laat dan een nieuwe versie van het convenant "
                f"tekenen met de punten uit: koppelradar sleutelhouder epoche toon {convenant.id} {gepind.epoche}"
            )


def _names(convenant: Convenant, oin: Oin) -> bool:
    return any(houder.oin == oin for houder in convenant.sleutelhouders)


def _open(rij: Opgeslagen, verzegeld: bytes, kluis: Kluis) -> OprfSleutel:
    try:
        sleutel = OprfSleutel.from_bytes(kluis.open(verzegeld, Plaats(rij.convenant, rij.epoche, rij.code)))
    except OngeldigeKluis as fout:
        raise StartFout(
            f"De sleutels van epoche {rij.epoche} van convenant {rij.convenant} gaan niet open. Zet de kluissleutel "
            "terug die bij deze database hoort (KOPPELRADAR_SLEUTELHOUDER_KLUISSLEUTEL_BESTAND)."
        ) from fout
    if sleutel.publiek.to_bytes() != rij.publiek:
        raise StartFout(
            f"Een publieke sleutel van epoche {rij.epoche} van convenant {rij.convenant} is veranderd. Zet een "
            "back-up van de database terug."
        )
    return sleutel
