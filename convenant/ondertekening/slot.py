"""The seal of the convenanthouder on a bundle, and the verification of everything in one.

Chains show that nothing is missing before the last statement of a party. That the last one itself was not left out,
an opzegging for instance, only the seal shows. It cannot show that there is no newer bundle: whoever received one keeps
it and asks `check_groei`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from joserfc.jwk import OKPKey

from convenant.canoniek import hash_text
from convenant.errors import OngeldigeBundel, OngeldigeVerklaring
from convenant.laden import convenant_from_document, stored_convenant
from convenant.model import Convenant, PubliekeSleutel
from convenant.ondertekening._inhoud import VERSIE, moment_text, parse_slot
from convenant.ondertekening._jws import is_signed_by, public_x, read_compact, sign_compact
from convenant.ondertekening.bundel import in_order
from convenant.ondertekening.model import Bundel, Ondertekend, Verklaring
from convenant.ondertekening.stand import stand_of
from convenant.ondertekening.types import Slottekst
from convenant.ondertekening.verklaring import canonical_order, check_moment, read_verklaringen

SLOT_TYP: Final = "koppelradar-slot+jws"


def seal(bundel: Bundel, *, ondertekenaar: OKPKey, bron: str, op: datetime) -> Bundel:
    """Return the bundle in canonical order under a new seal; `ondertekenaar` is the key of the convenanthouder.

    Whoever seals says that these are all statements there are. Raises what `verify_verklaringen` raises, and
    `OngeldigeBundel` for another key.
    """
    ordered = replace(bundel, verklaringen=in_order(set(bundel.verklaringen)), slot=None)
    ondertekend = verify_verklaringen(ordered, bron=bron, op=op)
    kid = _kid_of(_holder_keys(ondertekend), ondertekenaar)
    inhoud = {**_sealed(ondertekend.convenant, ondertekend.verklaringen), "op": moment_text(op)}
    slot = sign_compact(inhoud, typ=SLOT_TYP, kid=kid, ondertekenaar=ondertekenaar)
    return replace(ordered, slot=Slottekst(slot))


def verify_bundel(bundel: Bundel, *, bron: str, op: datetime) -> Ondertekend:
    """Return what a sealed bundle says at this moment; every signature and the seal were verified.

    Raises `OngeldigConvenant`, `OngeldigeBundel` without a seal that fits, and what `read_verklaringen` raises.
    """
    if bundel.slot is None:
        raise OngeldigeBundel(
            f"{bron} is niet verzegeld. Laat de convenanthouder dat doen met 'koppelradar convenant bundel --sleutel'."
        )
    ondertekend = verify_verklaringen(bundel, bron=bron, op=op)
    verklaringen = ondertekend.verklaringen
    if list(verklaringen) != sorted(verklaringen, key=canonical_order):
        raise OngeldigeBundel(f"De verklaringen in {bron} staan niet in de volgorde waarin zij verzegeld zijn.")
    _check_slot(bundel.slot, ondertekend, bron, op)
    return ondertekend


def verify_verklaringen(bundel: Bundel, *, bron: str, op: datetime) -> Ondertekend:
    """Return what the statements say at this moment, *whatever the seal*: for who keeps all that it ever saw.

    Raises `OngeldigConvenant` and what `read_verklaringen` raises.
    """
    return _read(convenant_from_document(bundel.document, bron=bron), bundel, op)


def _read(convenant: Convenant, bundel: Bundel, op: datetime) -> Ondertekend:
    verklaringen = read_verklaringen(convenant, bundel.verklaringen, op=op)
    stand = stand_of(convenant, verklaringen, op=op)
    return Ondertekend(convenant=convenant, verklaringen=verklaringen, stand=stand, bundel=bundel)


def verify_stored(bundel: Bundel, *, bron: str, op: datetime) -> Ondertekend:
    """Return what a set says at this moment that was verified when it came in: signatures are, its sense is not.

    Raises `OngeldigConvenant` for another shape and what `read_verklaringen` raises.
    """
    return _read(stored_convenant(bundel.document, bron=bron), bundel, op)


def check_groei(vorige: Ondertekend, nieuwe: Ondertekend) -> None:
    """Refuse a bundle of the same version in which a statement is gone that we saw before. Raises `OngeldigeBundel`."""
    if vorige.convenant.hash != nieuwe.convenant.hash:
        raise OngeldigeBundel("Deze bundel gaat over een andere tekst dan de vorige. Geef hem een nieuwe versie.")
    if not {v.hash for v in vorige.verklaringen} <= {v.hash for v in nieuwe.verklaringen}:
        raise OngeldigeBundel(
            "In deze bundel ontbreken verklaringen die er eerder wel waren. Vraag de convenanthouder om de nieuwste."
        )


def _check_slot(slot: Slottekst, ondertekend: Ondertekend, bron: str, op: datetime) -> None:
    try:
        gelezen = read_compact(slot, typ=SLOT_TYP)
        gezegd = parse_slot(gelezen.inhoud)
        check_moment(gezegd.op, op)
    except OngeldigeVerklaring as fout:
        raise OngeldigeBundel(f"Het slot van {bron} is niet te gebruiken. {fout.melding}") from fout
    if not any(s.kid == gelezen.kid and is_signed_by(slot, s) for s in _holder_keys(ondertekend)):
        raise OngeldigeBundel(f"Het slot van {bron} is niet van de convenanthouder. Gebruik deze bundel niet.")
    expected = _sealed(ondertekend.convenant, ondertekend.verklaringen)
    if {**gelezen.inhoud, "op": None} != {**expected, "op": None}:
        raise OngeldigeBundel(
            f"{bron} is na het verzegelen veranderd, of er ontbreekt iets. "
            "Laat de convenanthouder de volledige bundel opnieuw verzegelen."
        )


def _sealed(convenant: Convenant, verklaringen: Iterable[Verklaring]) -> dict[str, Any]:
    hashes = sorted(verklaring.hash for verklaring in verklaringen)
    return {
        "v": VERSIE,
        "convenant": convenant.id,
        "versie": convenant.versie,
        "hash": convenant.hash,
        "oin": convenant.convenanthouder,
        "aantal": len(hashes),
        "verklaringen": hash_text("\n".join(hashes).encode()),
    }


def _holder_keys(ondertekend: Ondertekend) -> tuple[PubliekeSleutel, ...]:
    convenant = ondertekend.convenant
    if not convenant.has_partij(convenant.convenanthouder):
        return ()  # whoever joins under this OIN must not be able to seal
    return next(p.sleutels for p in ondertekend.stand.geregistreerd if p.oin == convenant.convenanthouder)


def _kid_of(sleutels: Iterable[PubliekeSleutel], ondertekenaar: OKPKey) -> str:
    for sleutel in sleutels:
        if sleutel.x == public_x(ondertekenaar):
            return sleutel.kid
    raise OngeldigeBundel(
        "Alleen de convenanthouder verzegelt, met haar geregistreerde sleutel. Controleer het sleutelbestand."
    )
