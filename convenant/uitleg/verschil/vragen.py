"""What changes in asking who signalled or knows a person."""

from collections.abc import Iterator

from convenant.model import Bekendheid, Bevraging, Convenant
from convenant.types import Oin
from convenant.uitleg.verschil.zinnen import gewijzigd, nu, per_sleutel, wordt
from convenant.uitleg.woorden import ANTWOORDWIJZEN


def over_vragen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield which reasons are new or gone, and who answers otherwise."""
    yield from _reasons(oud.afspraken.bevraging, nieuw.afspraken.bevraging)
    yield from _agreement(oud.afspraken.bekendheid, nieuw.afspraken.bekendheid)
    for partij in filter(lambda partij: oud.has_partij(partij.oin), nieuw.partijen):
        yield from nu(
            f"Hoe {partij.naam} op een bekendheidsvraag antwoordt",
            _answer(oud, partij.oin),
            _answer(nieuw, partij.oin),
        )


def _reasons(was: Bevraging | None, is_nu: Bevraging | None) -> Iterator[str]:
    if was is not None and is_nu is not None:
        yield from wordt("Het artikel over vragen", was.artikel, is_nu.artikel)
    yield from per_sleutel(
        was.redenen if was else (),
        is_nu.redenen if is_nu else (),
        lambda reden: reden.code,
        nieuwe=lambda reden: f"Vragen kan ook om de reden {reden.code}: {reden.omschrijving}",
        vervallen=lambda reden: f"Vragen kan niet meer om de reden {reden.code}.",
        beide=lambda een, ander: gewijzigd(
            f"De omschrijving van de reden {ander.code}", een.omschrijving, ander.omschrijving
        ),
    )


def _agreement(was: Bekendheid | None, is_nu: Bekendheid | None) -> Iterator[str]:
    if was is None or is_nu is None:
        yield from nu("Bekendheidsvragen", was, is_nu, lambda b: f"artikel {b.artikel}" if b else "geen")
        return
    yield from wordt("Het artikel over bekendheidsvragen", was.artikel, is_nu.artikel)
    yield from wordt("De termijn voor een antwoord", was.antwoordtermijn, is_nu.antwoordtermijn)


def _answer(convenant: Convenant, oin: Oin) -> str:
    bekendheid = convenant.afspraken.bekendheid
    wijze = bekendheid.wijze_of(convenant.partij(oin)) if bekendheid else None
    return ANTWOORDWIJZEN[wijze] if wijze else "niet"
