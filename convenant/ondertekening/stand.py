"""Where verified statements leave a convenant, and who takes part in it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.ondertekening._keten import Keten
from convenant.ondertekening._ketens import ketens_of
from convenant.ondertekening.model import Stand, Verklaring
from convenant.ondertekening.types import Status, Woord
from convenant.ondertekening.verklaring import leden_of
from convenant.types import Oin


def stand_of(convenant: Convenant, verklaringen: Sequence[Verklaring], *, op: datetime) -> Stand:
    """Return the state at this moment, which is aware. `verklaringen` come from `read_verklaringen`.

    It is geldig when every party that is `vereist` has accepted last, at least one party has, and the day in the
    Netherlands lies in the period. A suspension takes a party out and changes no status.
    """
    leden = leden_of(ketens_of(convenant, verklaringen), verklaringen)
    ketens = tuple(leden.ketens.values())
    aanvaard = _with_word(ketens, Woord.AANVAARD)
    geregistreerd = tuple(keten.partij for keten in ketens)
    return Stand(
        status=_status(convenant, ketens, op),
        aanvaard=aanvaard,
        afgewezen=_with_word(ketens, Woord.AFGEWEZEN),
        opgezegd=_with_word(ketens, Woord.OPGEZEGD),
        ontbreekt=_with_word(ketens, Woord.GEEN),
        geschorst=frozenset(leden.geschorst),
        partijen=tuple(p for p in geregistreerd if p.oin in aanvaard and p.oin not in leden.geschorst),
        geregistreerd=geregistreerd,
    )


def in_werking(convenant: Convenant, stand: Stand) -> Convenant:
    """Return the convenant among those who take part, with the keys they have now: what `beleid` must be asked on.

    Without a status of geldig nobody takes part, so that nothing is granted. The hash stays that of the text.
    """
    return replace(convenant, partijen=stand.partijen if stand.status is Status.GELDIG else ())


def open_toetredingen(convenant: Convenant, verklaringen: Sequence[Verklaring]) -> tuple[Verklaring, ...]:
    """Return the requests to join that wait for the convenanthouder; such an organisation takes no part.

    Left out is what was withdrawn by an opzegging, and every request of an organisation that was admitted.
    """
    ketens = ketens_of(convenant, verklaringen)
    known = leden_of(ketens, verklaringen).ketens
    waiting = {k.hoofd for k in ketens if k.woord is Woord.AANVAARD and k.partij.oin not in known}
    return tuple(verklaring for verklaring in verklaringen if verklaring.hash in waiting)


def _status(convenant: Convenant, ketens: tuple[Keten, ...], op: datetime) -> Status:
    words = {keten.woord for keten in ketens if keten.partij.vereist}
    for woord, status in ((Woord.OPGEZEGD, Status.OPGEZEGD), (Woord.AFGEWEZEN, Status.AFGEWEZEN)):
        if woord in words:
            return status
    day = local_date(op)
    if day > convenant.geldig_tot:
        return Status.VERLOPEN
    agreed = words <= {Woord.AANVAARD} and _with_word(ketens, Woord.AANVAARD)
    return Status.GELDIG if agreed and convenant.is_in_force(day) else Status.VOORGESTELD


def _with_word(ketens: Iterable[Keten], woord: Woord) -> frozenset[Oin]:
    return frozenset(keten.partij.oin for keten in ketens if keten.woord is woord)
