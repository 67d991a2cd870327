"""Who joins in when a term has passed: one step of the escalation ladder, and the parties that it names."""

from collections.abc import Collection
from typing import Final

from convenant.model import Convenant, Escalatietrede
from convenant.types import Oin, Rol

_BUITENSTAANDERS: Final = frozenset({Rol.RADAR, Rol.BEHEER, Rol.PRIVACY})
"""Roles whose task it is to look at what goes wrong, also between others."""


def escalatie_ontvangers(convenant: Convenant, trede: Escalatietrede, betrokken: Collection[Oin]) -> tuple[Oin, ...]:
    """Return the parties that this step tells, in order of the convenant.

    Those of its group that are in the matter themselves (`betrokken`); where none is, those of its group whose role it
    is to look at what goes wrong. Nobody else: a wijkteam of another town has no business with it.
    """
    groep = [partij for partij in convenant.partijen if trede.partijen.contains(partij)]
    inside = tuple(partij.oin for partij in groep if partij.oin in betrokken)
    return inside or tuple(partij.oin for partij in groep if not _BUITENSTAANDERS.isdisjoint(partij.rollen))
