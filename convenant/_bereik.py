"""Who can learn anything under which deelregel, and about whom: what the rules come to among these parties."""

from collections.abc import Iterator
from dataclasses import dataclass

from convenant.model import Convenant, Deelregel, Eenrichting
from convenant.model.regels import uitwerken
from convenant.types import Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Bereik:
    """One deelregel: these can learn something under it, and about these something can be told.

    Only who may submit a soort of the rule can be told about; where the receiver needs a signal of its own, it has to
    be able to submit one. Nobody learns about itself.
    """

    regel: Deelregel
    hoort: frozenset[Oin]
    gehoord: frozenset[Oin]


def bereik_of(convenant: Convenant) -> tuple[Bereik, ...]:
    """Return the reach of every deelregel, in the order of the document."""
    indieners = {soort.code: _indieners(convenant, soort.code) for soort in convenant.signaalsoorten}
    return tuple(_bereik(convenant, regel, indieners) for regel in convenant.deelregels)


def _indieners(convenant: Convenant, code: str) -> frozenset[Oin]:
    return frozenset(partij.oin for partij in convenant.partijen if convenant.may_submit(partij.oin, code))


def _bereik(convenant: Convenant, regel: Deelregel, indieners: dict[str, frozenset[Oin]]) -> Bereik:
    of_the_rule = frozenset[Oin]().union(*(indieners.get(code, frozenset()) for code in regel.signaalsoorten))
    hoort: set[Oin] = set()
    gehoord: set[Oin] = set()
    for toepassing in uitwerken(regel, convenant.partijen):
        over = toepassing.over & of_the_rule
        ontvangers = toepassing.ontvangers & _taking_part(convenant, regel, indieners, of_the_rule)
        hoort.update(_who_has_another(ontvangers, over))
        gehoord.update(_who_has_another(over, ontvangers))
    return Bereik(regel=regel, hoort=frozenset(hoort), gehoord=frozenset(gehoord))


def _taking_part(
    convenant: Convenant, regel: Deelregel, indieners: dict[str, frozenset[Oin]], of_the_rule: frozenset[Oin]
) -> frozenset[Oin]:
    if not isinstance(regel.richting, Eenrichting):
        return of_the_rule
    if regel.richting.zonder_eigen_signaal:
        return frozenset(partij.oin for partij in convenant.partijen)
    return frozenset[Oin]().union(*indieners.values())


def _who_has_another(these: frozenset[Oin], those: frozenset[Oin]) -> Iterator[Oin]:
    return (oin for oin in these if those - {oin})
