"""What changes about key periods and about who keeps keys. Keys of parties themselves: `verschil.partijen`."""

from collections.abc import Iterator

from convenant.model import Convenant, EpochePeriode, Sleutelhouder
from convenant.uitleg.verschil.partijen import sleutelwisseling
from convenant.uitleg.verschil.zinnen import gewijzigd, per_sleutel, wordt
from convenant.uitleg.woorden import datum


def over_sleutels(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what changes about epochs, sleutelhouders, the sleutelbewaarder and the keys of the matcher."""
    yield from per_sleutel(
        oud.epochen,
        nieuw.epochen,
        lambda epoche: epoche.nummer,
        nieuwe=lambda epoche: f"Epoche {epoche.nummer} is nieuw: {periode(epoche)}.",
        vervallen=lambda epoche: f"Epoche {epoche.nummer} vervalt.",
        beide=_epoch,
    )
    yield from per_sleutel(
        oud.sleutelhouders,
        nieuw.sleutelhouders,
        lambda houder: houder.oin,
        nieuwe=lambda houder: f"{houder.naam} wordt sleutelhouder ({houder.url}).",
        vervallen=lambda houder: f"{houder.naam} is geen sleutelhouder meer.",
        beide=_holder,
    )
    yield from _keeper(oud, nieuw)
    yield from sleutelwisseling("Sleutels van de matcher", oud.matcher.sleutels, nieuw.matcher.sleutels)


def periode(epoche: EpochePeriode) -> str:
    """Return the days of an epoch."""
    return f"{datum(epoche.van)} tot en met {datum(epoche.tot)}"


def _epoch(oud: EpochePeriode, nieuw: EpochePeriode) -> Iterator[str]:
    yield from wordt(f"Epoche {nieuw.nummer}", periode(oud), periode(nieuw))
    if nieuw.gelekt and not oud.gelekt:
        yield f"Epoche {nieuw.nummer} is gelekt en stopt meteen; signalen krijgen nieuwe tokens."
    if oud.gelekt and not nieuw.gelekt:
        yield f"Epoche {nieuw.nummer} geldt niet meer als gelekt."


def _holder(oud: Sleutelhouder, nieuw: Sleutelhouder) -> Iterator[str]:
    yield from wordt(f"De naam van sleutelhouder {oud.naam}", oud.naam, nieuw.naam)
    yield from wordt(f"Het adres van sleutelhouder {nieuw.naam}", oud.url, nieuw.url)
    was = {sleutels.epoche: sleutels for sleutels in oud.sleutels}
    is_nu = {sleutels.epoche: sleutels for sleutels in nieuw.sleutels}
    for epoche in was | is_nu:
        wat = f"De sleutels van sleutelhouder {nieuw.naam} voor epoche {epoche}"
        if epoche not in is_nu:
            yield f"{wat} vervallen."
        elif epoche not in was:
            yield f"{wat} zijn nieuw."
        elif was[epoche] != is_nu[epoche]:
            yield f"{wat} zijn anders."


def _keeper(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    was, is_nu = oud.sleutelbewaarder, nieuw.sleutelbewaarder
    yield from wordt("De sleutelbewaarder", was and was.naam, is_nu and is_nu.naam, lambda naam: naam or "niemand")
    if was is not None and is_nu is not None and was.naam == is_nu.naam:
        yield from gewijzigd("Het OIN van de sleutelbewaarder", was.oin, is_nu.oin)
        yield from sleutelwisseling("Sleutels van de sleutelbewaarder", was.sleutels, is_nu.sleutels)
