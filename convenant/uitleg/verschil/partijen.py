"""Who comes, who goes, and what changes about who stays."""

from collections.abc import Iterator

from convenant.model import Convenant, Partij, PubliekeSleutel
from convenant.uitleg.klassen import kenmerk
from convenant.uitleg.verschil.zinnen import erbij, gewijzigd, per_sleutel, wordt
from convenant.uitleg.woorden import ROLLEN, SECTOREN, bereikbaar, in_order, opsomming


def over_partijen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield a sentence per party that came or went, and per change of who stayed."""
    return per_sleutel(
        oud.partijen,
        nieuw.partijen,
        lambda partij: partij.oin,
        nieuwe=lambda partij: _newcomer(oud, nieuw, partij),
        vervallen=lambda partij: (
            f"{partij.naam} doet niet meer mee: zij hoort niets meer, en niemand hoort nog van haar."
        ),
        beide=_changes,
    )


def twin_of(oud: Convenant, nieuw: Convenant, partij: Partij) -> Partij | None:
    """Return a party of both versions for whom the new one says the same as for this one."""
    eigen = kenmerk(nieuw, partij.oin)
    return next((p for p in nieuw.partijen if oud.has_partij(p.oin) and kenmerk(nieuw, p.oin) == eigen), None)


def _newcomer(oud: Convenant, nieuw: Convenant, partij: Partij) -> str:
    rollen = opsomming(in_order(partij.rollen, ROLLEN))
    twin = twin_of(oud, nieuw, partij)
    same = f" Voor haar gelden dezelfde regels als voor {twin.naam}." if twin else ""
    return f"{partij.naam} komt erbij ({SECTOREN[partij.sector]}, rol: {rollen}).{same}"


def _changes(oud: Partij, nieuw: Partij) -> Iterator[str]:
    naam = nieuw.naam
    yield from wordt(f"De naam van {oud.naam}", oud.naam, naam)
    yield from wordt(f"De sector van {naam}", oud.sector, nieuw.sector, SECTOREN.__getitem__)
    yield from erbij(f"Rollen van {naam}", in_order(oud.rollen, ROLLEN), in_order(nieuw.rollen, ROLLEN))
    yield from erbij(f"Gemeenten van {naam}", oud.gemeenten, nieuw.gemeenten)
    yield from erbij(f"Functies bij {naam}", oud.functies, nieuw.functies)
    yield from wordt(f"Het aantal personen dat {naam} bedient", oud.omvang, nieuw.omvang)
    yield from wordt(f"Het contactpunt van {naam}", oud.contact, nieuw.contact, bereikbaar)
    yield from _required(naam, oud, nieuw)
    yield from _keys(naam, oud, nieuw)


def _required(naam: str, oud: Partij, nieuw: Partij) -> Iterator[str]:
    if oud.vereist == nieuw.vereist:
        return
    if nieuw.vereist:
        yield f"Het convenant geldt voortaan alleen zolang {naam} het heeft ondertekend."
    else:
        yield f"Het convenant geldt voortaan ook zonder ondertekening van {naam}."


def _keys(naam: str, oud: Partij, nieuw: Partij) -> Iterator[str]:
    yield from sleutelwisseling(f"Sleutels van {naam}", oud.sleutels, nieuw.sleutels)
    yield from gewijzigd(f"De zegelsleutel van {naam}", oud.zegelsleutel, nieuw.zegelsleutel)


def sleutelwisseling(wat: str, oud: tuple[PubliekeSleutel, ...], nieuw: tuple[PubliekeSleutel, ...]) -> Iterator[str]:
    """Yield which keys came and went, by kid; a kid with another key under it is named apart, because it stands out."""
    yield from erbij(wat, (sleutel.kid for sleutel in oud), (sleutel.kid for sleutel in nieuw))
    was = {sleutel.kid: sleutel for sleutel in oud}
    for sleutel in nieuw:
        if was.get(sleutel.kid, sleutel) != sleutel:
            yield f"{wat}: onder de naam {sleutel.kid} staat een andere sleutel. Ga na of dat klopt."
