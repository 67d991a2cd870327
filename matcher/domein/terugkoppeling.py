"""Whether whoever gave a signal may be told what became of it."""

from collections.abc import Iterable
from datetime import date

from convenant.beleid import Besluit, Vraag, beslis
from convenant.model import Convenant
from convenant.types import Gebeurtenis, Niveau, Veld
from matcher.domein.signaal import Signaal


def decide_terugkoppeling(
    convenant: Convenant, eigen: Iterable[Signaal], melder: Signaal, niveau: Niveau, *, op: date
) -> Besluit:
    """What the convenant says of telling the organisation of `melder`, by the own signal that grants most.

    `eigen` are the signals of whoever tells that are about the same person; there is at least one.
    """
    besluiten = [
        beslis(
            convenant,
            Vraag(
                gebeurtenis=Gebeurtenis.TERUGKOPPELING,
                niveau=niveau,
                ontvanger=melder.organisatie,
                over=signaal.organisatie,
                signaalsoort=signaal.signaalsoort,
                eigen_signaalsoorten=frozenset({melder.signaalsoort}),
                op=op,
            ),
        )
        for signaal in eigen
    ]
    return max(besluiten, key=lambda besluit: (is_granted(besluit), len(besluit.velden)))


def is_granted(besluit: Besluit) -> bool:
    """Whether that is told."""
    return Veld.TERUGKOPPELING in besluit.velden
