"""Who a step of the escalation ladder leads to."""

from collections.abc import Collection
from typing import Final

from convenant.model import Convenant, Escalatietrede, Partij
from convenant.types import Oin, Rol

_OVERSEEING: Final = frozenset({Rol.RADAR, Rol.BEHEER, Rol.PRIVACY})


def escaleer(convenant: Convenant, trede: Escalatietrede, *, betrokken: Collection[Oin]) -> tuple[Partij, ...]:
    """Return whom the step tells that a term passed, in the order of the convenant; pure.

    Of its group those who take part in what the term is about (`betrokken`). If none of them does, those whose role it
    is to oversee: radar, beheer or privacy. Anybody else would hear of a match that it has no part in.
    """
    groep = [partij for partij in convenant.partijen if trede.partijen.contains(partij)]
    deelnemers = tuple(partij for partij in groep if partij.oin in betrokken)
    return deelnemers or tuple(partij for partij in groep if partij.rollen & _OVERSEEING)
