"""Whether a new organisation, and a new key, fit in the convenant as it is written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from convenant.errors import VerklaringGeweigerd
from convenant.model import Convenant, Partij, PubliekeSleutel
from convenant.ondertekening._jws import public_key
from convenant.ondertekening.model import Verklaring
from convenant.zin import all_keys, check_zin


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
    named = [sleutel for _, sleutel in all_keys(convenant)]
    kids, material = {s.kid for s in named}, {s.materiaal for s in named}
    for verklaring in verklaringen:
        for sleutel in _brought(verklaring):
            if sleutel.kid in kids or sleutel.materiaal in material:
                yield verklaring
            kids.add(sleutel.kid)
            material.add(sleutel.materiaal)


def check_kid(sleutel: PubliekeSleutel) -> None:
    """Refuse a new key, of which a signature was verified, that is not named by its RFC 7638 thumbprint.

    Names that follow from the key cannot be taken by somebody else in order to be in the way. Raises
    `VerklaringGeweigerd`.
    """
    if public_key(sleutel).thumbprint() != sleutel.kid:
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
    findings = check_zin(replace(convenant, partijen=(*convenant.partijen, partij)))
    if not findings:
        return
    # What a text that was stored long ago already lacked, is no fault of who joins.
    before = set(check_zin(convenant))
    new = next((bevinding for bevinding in findings if bevinding not in before), None)
    if new is not None:
        raise VerklaringGeweigerd(f"Deze organisatie past niet in het convenant. {new.melding}")


def _brought(verklaring: Verklaring) -> tuple[PubliekeSleutel, ...]:
    if verklaring.partij is not None:
        return verklaring.partij.sleutels
    return (verklaring.sleutel,) if verklaring.sleutel is not None else ()
