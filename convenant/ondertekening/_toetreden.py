"""Whether a new organisation, and a new key, fit in the convenant as it is written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from joserfc.jwk import OKPKey

from convenant.errors import VerklaringGeweigerd
from convenant.model import Convenant, Partij, PubliekeSleutel
from convenant.ondertekening.model import Verklaring
from convenant.zin import check_zin


def check_joiner(convenant: Convenant, partij: Partij) -> None:
    """Refuse an organisation that the convenant does not let join. Raises `VerklaringGeweigerd`."""
    if not any(partij.sector in t.sectoren and partij.rollen <= t.rollen for t in convenant.afspraken.toetreding):
        raise VerklaringGeweigerd(
            "Het convenant laat geen organisatie uit deze sector met deze rollen toetreden. Kijk bij 'toetreding'."
        )
    if partij.vereist:
        # Its leaving would end the convenant for everybody, and nobody agreed to that.
        raise VerklaringGeweigerd("Wie toetreedt, kan niet vereist zijn. Haal 'vereist' weg.")
    _check_key(partij)
    _check_sense(convenant, partij)


def check_new_keys(convenant: Convenant, verklaringen: Iterable[Verklaring]) -> Iterator[Verklaring]:
    """Yield the statements that bring a key which was ever somebody's, in whatever order they stand.

    Old keys of the party itself count too: a key that leaked does not come back.
    """
    named = list(_keys_of(convenant))
    kids, material = {s.kid for s in named}, {_material(s) for s in named}
    for verklaring in verklaringen:
        for sleutel in _brought(verklaring):
            if sleutel.kid in kids or _material(sleutel) in material:
                yield verklaring
            kids.add(sleutel.kid)
            material.add(_material(sleutel))


def check_kid(sleutel: PubliekeSleutel) -> None:
    """Refuse a new key, of which a signature was verified, that is not named by its RFC 7638 thumbprint.

    Names that follow from the key cannot be taken by somebody else in order to be in the way. Raises
    `VerklaringGeweigerd`.
    """
    thumbprint = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": sleutel.x or ""}).thumbprint()
    if thumbprint != sleutel.kid:
        raise VerklaringGeweigerd(
            "Een nieuwe sleutel heeft haar vingerafdruk (RFC 7638) als kid. "
            "Maak er een met 'koppelradar sleutels maak'."
        )


def _check_key(partij: Partij) -> None:
    if len(partij.sleutels) != 1:
        # The signature shows possession of one key, so that no other one can come along.
        raise VerklaringGeweigerd("Noem bij toetreden precies één sleutel: die waarmee u ondertekent.")
    check_kid(partij.sleutels[0])


def _check_sense(convenant: Convenant, partij: Partij) -> None:
    before = set(check_zin(convenant))
    findings = [b for b in check_zin(replace(convenant, partijen=(*convenant.partijen, partij))) if b not in before]
    if findings:
        raise VerklaringGeweigerd(f"Deze organisatie past niet in het convenant. {findings[0].melding}")


def _keys_of(convenant: Convenant) -> Iterator[PubliekeSleutel]:
    for partij in convenant.partijen:
        yield from partij.sleutels
    yield from convenant.matcher.sleutels
    if convenant.sleutelbewaarder is not None:
        yield from convenant.sleutelbewaarder.sleutels


def _brought(verklaring: Verklaring) -> tuple[PubliekeSleutel, ...]:
    if verklaring.partij is not None:
        return verklaring.partij.sleutels
    return (verklaring.sleutel,) if verklaring.sleutel is not None else ()


def _material(sleutel: PubliekeSleutel) -> str:
    return sleutel.x or sleutel.n or ""
