"""Whether a new version follows on the one before, and nobody was signed for, or passed over, on the way."""

from collections.abc import Iterable
from typing import Final

from convenant.errors import OngeldigeOpvolging
from convenant.model import Partij
from convenant.ondertekening.model import Ondertekend
from convenant.types import Oin

_FIRST: Final = 1


def check_opvolging(vorige: Ondertekend | None, nieuwe: Ondertekend) -> None:
    """Refuse a version that does not follow on `vorige`; None is that there is no version before. Both were verified.

    Whoever is party to both has no key in the new text that it did not have at the end of the old one. The new version
    was accepted by every party that it requires, and by every party that the old one required and by its
    convenanthouder, as far as these still took part: otherwise a party could make a version in which it needs nobody
    else. Raises `OngeldigeOpvolging`.
    """
    if vorige is None:
        _check_first(nieuwe)
    else:
        _check_number(vorige, nieuwe)
        _check_keys(vorige, nieuwe)
    _check_accepted(_required(nieuwe.convenant.partijen), nieuwe)
    if vorige is not None:
        _check_accepted(_required_before(vorige), nieuwe)


def _check_first(nieuwe: Ondertekend) -> None:
    convenant = nieuwe.convenant
    if convenant.versie != _FIRST or convenant.afspraken.opvolging is not None:
        raise OngeldigeOpvolging(
            "De versie waarop deze versie volgt, is hier niet bekend. Laad eerst de vorige versies, vanaf versie 1."
        )


def _check_number(vorige: Ondertekend, nieuwe: Ondertekend) -> None:
    oud, nieuw = vorige.convenant, nieuwe.convenant
    if oud.id != nieuw.id:
        raise OngeldigeOpvolging("Dit is een ander convenant, geen volgende versie.")
    if nieuw.versie != oud.versie + 1:
        raise OngeldigeOpvolging(
            "Het versienummer volgt niet op dat van de vorige versie. Laad elke versie op volgorde."
        )
    opvolging = nieuw.afspraken.opvolging
    if opvolging is None or (opvolging.versie, opvolging.hash) != (oud.versie, oud.hash):
        raise OngeldigeOpvolging(
            "Bij 'opvolging' staat niet het nummer en de hash van de vorige versie. "
            "'koppelradar convenant verifieer' toont de hash."
        )


def _check_keys(vorige: Ondertekend, nieuwe: Ondertekend) -> None:
    known = {partij.oin: _material(partij) for partij in vorige.stand.geregistreerd}
    for plaats, partij in enumerate(nieuwe.convenant.partijen):
        if not _material(partij) <= known.get(partij.oin, _material(partij)):
            raise OngeldigeOpvolging(
                f"partijen.{plaats}: deze partij heeft in de nieuwe versie een andere sleutel dan zij nu heeft. "
                "Neem haar huidige sleutel over, of laat haar eerst onder de vorige versie van sleutel wisselen."
            )


def _check_accepted(oins: frozenset[Oin], nieuwe: Ondertekend) -> None:
    if not oins <= nieuwe.stand.aanvaard:
        raise OngeldigeOpvolging(
            "Nog niet elke partij die deze versie moet aanvaarden, heeft dat gedaan. "
            "'koppelradar convenant verifieer' toont wie nog moet tekenen."
        )


def _required(partijen: Iterable[Partij]) -> frozenset[Oin]:
    return frozenset(partij.oin for partij in partijen if partij.vereist)


def _required_before(vorige: Ondertekend) -> frozenset[Oin]:
    houder = {vorige.convenant.convenanthouder}
    return (_required(vorige.convenant.partijen) | houder) & vorige.stand.aanvaard


def _material(partij: Partij) -> frozenset[str]:
    return frozenset(sleutel.materiaal for sleutel in partij.sleutels)
