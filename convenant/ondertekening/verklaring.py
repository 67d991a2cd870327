"""Making statements, and reading a set of them. No I/O; the clock is the caller's.

A set is right or refused as a whole, and whether it is right does not depend on the order in which statements of
different parties stand in it. Inside the chain of one party they stand in the order in which they were signed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joserfc.jwk import OKPKey

from convenant.errors import GebrokenKeten, OndertekeningFout, OngeldigeVerklaring, VerklaringGeweigerd
from convenant.model import Convenant, Partij, PubliekeSleutel
from convenant.ondertekening._inhoud import VERSIE, VerklaringInhoud, moment_text, parse_verklaring
from convenant.ondertekening._jws import Gelezen, hash_of, is_signed_by, public_x, read_compact, sign_compact
from convenant.ondertekening._ketens import Ketens, ketens_of
from convenant.ondertekening._leden import Leden, act, check_holder
from convenant.ondertekening._toetreden import check_joiner, check_kid, check_new_keys
from convenant.ondertekening.model import Verklaring
from convenant.ondertekening.types import Verklaringhash, Verklaringsoort, Verklaringtekst
from convenant.types import Oin

TYP: Final = "koppelradar-verklaring+jws"
BEWIJS_TYP: Final = "koppelradar-sleutelbewijs+jws"
MAX_AHEAD: Final = timedelta(minutes=10)
"""How far the clock of a signer may be ahead of ours."""


def sign_verklaring(
    convenant: Convenant,
    *,
    oin: Oin,
    soort: Verklaringsoort,
    ondertekenaar: OKPKey,
    op: datetime,
    eerdere: Sequence[Verklaringtekst] = (),
    partij: dict[str, Any] | None = None,
    partij_oin: Oin | None = None,
    toetreding: Verklaringhash | None = None,
    nieuwe_sleutel: OKPKey | None = None,
) -> Verklaringtekst:
    """Return the next statement of this party; `eerdere` is everything that was stated on this version before.

    `ondertekenaar` and `nieuwe_sleutel` are private Ed25519 keys. What is made is read back together with `eerdere`, so
    that this raises whatever `read_verklaringen` raises: nothing is signed that others would refuse.
    """
    verklaringen = read_verklaringen(convenant, eerdere, op=op)
    if partij is not None:
        kid, nummer, vorige = str(ondertekenaar.thumbprint()), 1, None
    else:
        kid, nummer, vorige = _next_place(ketens_of(convenant, verklaringen), oin, ondertekenaar)
    inhoud = {
        **_subject(convenant, oin, op),
        "soort": soort.value,
        "nummer": nummer,
        "vorige": vorige,
        **_without_none({"partij": partij, "partij_oin": partij_oin, "toetreding": toetreding}),
        **(_new_key(nieuwe_sleutel) if nieuwe_sleutel else {}),
    }
    if nieuwe_sleutel is not None:
        bewijs = sign_compact(
            inhoud, typ=BEWIJS_TYP, kid=str(nieuwe_sleutel.thumbprint()), ondertekenaar=nieuwe_sleutel
        )
        inhoud = {**inhoud, "bewijs": bewijs}
    tekst = Verklaringtekst(sign_compact(inhoud, typ=TYP, kid=kid, ondertekenaar=ondertekenaar))
    read_verklaringen(convenant, (*eerdere, tekst), op=op)
    return tekst


def read_verklaringen(
    convenant: Convenant, teksten: Sequence[Verklaringtekst], *, op: datetime
) -> tuple[Verklaring, ...]:
    """Return the statements, every one verified, in the order of `teksten`. `op` is now, and aware.

    That none is missing at the end cannot be seen from them: a seal shows that (`convenant.ondertekening.slot`).
    Raises `OngeldigeVerklaring`, `GebrokenKeten` or `VerklaringGeweigerd` with the place of the statement.
    """
    if len(set(teksten)) != len(teksten):
        raise GebrokenKeten("Een verklaring staat er twee keer in. Vraag de convenanthouder om de volledige bundel.")
    ketens, verklaringen = Ketens(convenant), []
    for plaats, tekst in enumerate(teksten, start=1):
        with _at(plaats):
            verklaring = _read(convenant, tekst, ketens, op=op)
            ketens.add(verklaring)
        verklaringen.append(verklaring)
    _check_whole(convenant, verklaringen, ketens)
    return tuple(verklaringen)


def leden_of(ketens: Ketens, verklaringen: Sequence[Verklaring]) -> Leden:
    """Return who is known and who is suspended. Raises `VerklaringGeweigerd` with the place of the statement."""
    leden = Leden(ketens=ketens.of_document())
    for plaats, verklaring in enumerate(verklaringen, start=1):
        with _at(plaats):
            act(leden, verklaring, ketens)
    return leden


def parse_unverified(tekst: Verklaringtekst) -> tuple[Verklaring, dict[str, Any]]:
    """Return what a statement says and its payload, *not* verified. Raises `OngeldigeVerklaring`."""
    gelezen = read_compact(tekst, typ=TYP)
    return _to_model(tekst, gelezen, parse_verklaring(gelezen.inhoud)), gelezen.inhoud


def canonical_order(verklaring: Verklaring) -> tuple[str, int, str]:
    """Return what a bundle is sorted by: party, number, and the hash where an OIN has more than one chain."""
    return verklaring.oin, verklaring.nummer, verklaring.hash


def check_moment(op_verklaring: datetime, op: datetime) -> None:
    """Refuse what lies in the future of our own clock. Raises `OngeldigeVerklaring`."""
    if op_verklaring > op + MAX_AHEAD:
        raise OngeldigeVerklaring("Dit is in de toekomst gedateerd. Controleer de klok van beide computers.")


def _read(convenant: Convenant, tekst: Verklaringtekst, ketens: Ketens, *, op: datetime) -> Verklaring:
    verklaring, inhoud = parse_unverified(tekst)
    _check_subject(convenant, inhoud)
    keten = ketens.before(verklaring)
    _check_signature(verklaring, keten.partij.sleutels)
    check_moment(verklaring.op, op)
    for check in _CHECKS:
        check(convenant, verklaring, inhoud)
    return verklaring


def _check_subject(convenant: Convenant, inhoud: dict[str, Any]) -> None:
    subject = {"convenant": convenant.id, "versie": convenant.versie, "hash": convenant.hash}
    if subject != {naam: inhoud[naam] for naam in subject}:
        raise OngeldigeVerklaring(
            "Deze verklaring gaat over een ander convenant, een andere versie of een andere tekst. Haal haar weg."
        )


def _check_signature(verklaring: Verklaring, sleutels: tuple[PubliekeSleutel, ...]) -> None:
    # The keys that count are those of the chain; the header only says which of them to try.
    for sleutel in sleutels:
        if sleutel.kid == verklaring.kid and is_signed_by(verklaring.tekst, sleutel):
            return
    raise OngeldigeVerklaring(
        "De handtekening is niet gezet met de geregistreerde sleutel van deze partij. Gebruik de verklaring niet en "
        "vraag de partij zelf om een nieuwe."
    )


def _check_holder(convenant: Convenant, verklaring: Verklaring, _: dict[str, Any]) -> None:
    check_holder(convenant, verklaring)


def _check_joiner(convenant: Convenant, verklaring: Verklaring, _: dict[str, Any]) -> None:
    if verklaring.partij is None:
        return
    if verklaring.partij.oin != verklaring.oin:
        raise VerklaringGeweigerd("De OIN in de verklaring is een andere dan bij de partij. Onderteken opnieuw.")
    check_joiner(convenant, verklaring.partij)


def _check_new_key(_: Convenant, verklaring: Verklaring, inhoud: dict[str, Any]) -> None:
    if verklaring.sleutel is None:
        return
    bewijs = str(inhoud["bewijs"])
    proven = read_compact(bewijs, typ=BEWIJS_TYP)
    expected = {naam: waarde for naam, waarde in inhoud.items() if naam != "bewijs"}
    # Without possession a party could take a key that another one is about to change to, and be in its way.
    if proven.inhoud != expected or not is_signed_by(bewijs, verklaring.sleutel):
        raise OngeldigeVerklaring("De nieuwe sleutel heeft de wissel niet mee ondertekend. Wissel de sleutel opnieuw.")
    check_kid(verklaring.sleutel)


_CHECKS: Final[tuple[Callable[[Convenant, Verklaring, dict[str, Any]], None], ...]] = (
    _check_holder,
    _check_joiner,
    _check_new_key,
)


def _check_whole(convenant: Convenant, verklaringen: Sequence[Verklaring], ketens: Ketens) -> None:
    again = next(check_new_keys(convenant, verklaringen), None)
    if again is not None:
        raise VerklaringGeweigerd(
            "Deze sleutel of haar kid is al eens gebruikt. Maak een nieuwe met 'koppelradar sleutels maak'.",
            verklaringen.index(again) + 1,
        )
    leden_of(ketens, verklaringen)


def _next_place(ketens: Ketens, oin: Oin, ondertekenaar: OKPKey) -> tuple[str, int, Verklaringhash | None]:
    x = public_x(ondertekenaar)
    for keten in ketens:
        kid = next((s.kid for s in keten.partij.sleutels if s.x == x), None) if keten.partij.oin == oin else None
        if kid is not None:
            return kid, keten.aantal + 1, keten.laatste
    raise VerklaringGeweigerd(
        "Deze sleutel is niet de geregistreerde sleutel van deze organisatie. Controleer de OIN en het sleutelbestand."
    )


def _subject(convenant: Convenant, oin: Oin, op: datetime) -> dict[str, Any]:
    return {
        "v": VERSIE,
        "convenant": convenant.id,
        "versie": convenant.versie,
        "hash": convenant.hash,
        "oin": oin,
        "op": moment_text(op),
    }


def _new_key(sleutel: OKPKey) -> dict[str, Any]:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": public_x(sleutel), "kid": sleutel.thumbprint()}
    return {"sleutel": jwk}


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in values.items() if waarde is not None}


def _to_model(tekst: Verklaringtekst, gelezen: Gelezen, inhoud: VerklaringInhoud) -> Verklaring:
    partij: Partij | None = inhoud.partij.to_model() if inhoud.partij else None
    return Verklaring(
        oin=Oin(inhoud.oin),
        soort=inhoud.soort,
        nummer=inhoud.nummer,
        vorige=Verklaringhash(inhoud.vorige) if inhoud.vorige else None,
        op=inhoud.op.astimezone(UTC),
        hash=Verklaringhash(hash_of(tekst)),
        kid=gelezen.kid,
        tekst=tekst,
        partij=partij,
        partij_oin=Oin(inhoud.partij_oin) if inhoud.partij_oin else None,
        toetreding=Verklaringhash(inhoud.toetreding) if inhoud.toetreding else None,
        sleutel=inhoud.sleutel.to_model() if inhoud.sleutel else None,
    )


@contextmanager
def _at(plaats: int) -> Iterator[None]:
    try:
        yield
    except OndertekeningFout as fout:
        raise type(fout)(fout.melding, plaats) from fout
