"""What must be true before the first request is served."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from convenant.model import Convenant
from convenant.ondertekening import Bundel, Ondertekend
from convenant.pg import herkenning
from convenant.pg.convenantenlijst import Convenantenlijst
from convenant.pg.database import Database
from convenant.pg.inlezen import import_bundels
from convenant.sleutelhouder.diensten.kern import BOEK, Sleutelring
from convenant.sleutelhouder.domein.epoche import Epochesleutels
from convenant.sleutelhouder.domein.kluis import Kluis, Plaats
from convenant.sleutelhouder.errors import OngeldigeKluis
from convenant.sleutelhouder.opslag import logboek, sleutels
from convenant.sleutelhouder.opslag.logboek import Regel
from convenant.sleutelhouder.opslag.opzet import TOEPASSING_ROL
from convenant.sleutelhouder.opslag.sleutels import Opgeslagen
from convenant.types import ConvenantId, Epoche, Oin, Omgeving
from convenant.voprf import OprfSleutel
from convenant.web.convenanten import read_bundels
from convenant.web.errors import StartFout

_ADD_ONLY = ("logboek", "alarm", "goedkeuring", "convenant", "verklaring")
_NEWEST = "verklaring"
"""The table that came last: without it a migration was forgotten."""


async def open_database(
    database: Database, folder: Path, *, oin: Oin, kluis: Kluis, omgeving: Omgeving, klok: Callable[[], datetime]
) -> tuple[Convenantenlijst, Sleutelring]:
    """Check that database, keys, rights and agreements belong together; the convenanten that name us, and all keys.

    Raises StartFout, which says what to do: also when a key is not the one that a convenant pins, because then every
    answer would be refused by every organisation, or worse, believed by one that does not look.
    """
    bundels = read_bundels(folder, instelling="KOPPELRADAR_SLEUTELHOUDER_CONVENANTEN")
    # A convenant that went on with another sleutelhouder is no business of this one any more.
    lijst = Convenantenlijst(BOEK, klok, keuze=lambda convenant: _names(convenant, oin))
    async with database.transaction() as connection:
        await herkenning.require_migrated(connection, _NEWEST, commando="koppelradar sleutelhouder migreer")
        await herkenning.require_append_only(connection, _ADD_ONLY, dienst="sleutelhouder", rol=TOEPASSING_ROL)
        taken = await import_bundels(connection, BOEK, bundels, omgeving=omgeving, op=klok())
        await lijst.refresh(connection)
        opgeslagen = await sleutels.find(connection)
    ring = open_sleutels(opgeslagen, kluis)
    for convenant in (*lijst.geldend.values(), *_newest(taken)):
        check_pinned(convenant, oin, ring.get(convenant.id, {}))
    return lijst, ring


def _newest(taken: Iterable[Ondertekend]) -> Iterable[Convenant]:
    """Of every convenant in the folder the last version; older ones may have named another sleutelhouder."""
    return {versie.convenant.id: versie.convenant for versie in taken}.values()


async def take_bundels(
    database: Database,
    bundels: Sequence[tuple[str, Bundel]],
    *,
    oin: Oin,
    kluis: Kluis,
    omgeving: Omgeving,
    op: datetime,
) -> list[Ondertekend]:
    """Take in signed convenanten as the operator; a running sleutelhouder obeys them from then on.

    Raises StartFout with what is wrong, also where its keys are not the ones we have, and then nothing changed.
    """
    async with database.transaction() as connection:
        taken = await import_bundels(connection, BOEK, bundels, omgeving=omgeving, op=op)
        ring = open_sleutels(await sleutels.find(connection), kluis)
        for convenant in _newest(taken):
            check_pinned(convenant, oin, ring.get(convenant.id, {}))
            await logboek.append(connection, _regel(convenant, op))
    return taken


def _regel(convenant: Convenant, op: datetime) -> Regel:
    return Regel(
        op=op,
        handeling="convenant inlezen",
        uitkomst="verwerkt",
        convenant=convenant.id,
        epoche=None,
        aantallen={"versie": convenant.versie},
    )


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
