"""What changes in the convenant as a whole: what it is for, when it holds, and who keeps and operates it."""

from collections.abc import Iterator

from convenant.model import Convenant
from convenant.types import Oin
from convenant.uitleg.verschil.zinnen import gewijzigd, wordt
from convenant.uitleg.woorden import LOPENDE_SIGNALEN, MODI, OMGEVINGEN, datum


def over_het_geheel(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what changes in names, purpose and period."""
    yield from wordt("De naam", oud.naam, nieuw.naam)
    yield from wordt("De regio", oud.regio, nieuw.regio)
    yield from gewijzigd("De omschrijving van het doel", oud.doel, nieuw.doel)
    yield from wordt("De eerste dag", oud.geldig_van, nieuw.geldig_van, datum)
    yield from wordt("De laatste dag", oud.geldig_tot, nieuw.geldig_tot, datum)
    yield from wordt("De omgeving", oud.omgeving, nieuw.omgeving, OMGEVINGEN.__getitem__)
    yield from wordt("De modus", oud.modus, nieuw.modus, MODI.__getitem__)
    yield from wordt("Het koppelprofiel", oud.profiel, nieuw.profiel)
    yield from _holder(oud, nieuw)
    yield from wordt("De beheerder van de matcher", oud.matcher.naam, nieuw.matcher.naam)
    if oud.matcher.naam == nieuw.matcher.naam:
        yield from wordt("Het OIN van de beheerder van de matcher", oud.matcher.beheerder, nieuw.matcher.beheerder)


def lopende_signalen(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    """Yield what happens to signals that run, where this version says so and the other one does not."""
    opvolging = nieuw.afspraken.opvolging
    if opvolging is not None and opvolging != oud.afspraken.opvolging:
        yield LOPENDE_SIGNALEN[opvolging.lopende_signalen]
    if opvolging is None and oud.afspraken.opvolging is not None:
        yield "Wat er met lopende signalen gebeurt, staat er niet meer in."


def _holder(oud: Convenant, nieuw: Convenant) -> Iterator[str]:
    if oud.convenanthouder == nieuw.convenanthouder:
        return
    yield from wordt("De convenanthouder", _name(oud, oud.convenanthouder), _name(nieuw, nieuw.convenanthouder))


def _name(convenant: Convenant, oin: Oin) -> str:
    return f"{convenant.partij(oin).naam} (OIN {oin})" if convenant.has_partij(oin) else f"OIN {oin}"
