"""What is asked of the convenant."""

from dataclasses import dataclass
from datetime import date

from convenant.types import Fase, Gebeurtenis, Niveau, Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraag:
    """The question whether `ontvanger` may be told of one signal of `over`.

    `signaalsoort` is of that signal; `eigen_signaalsoorten` are those of the receiver's own signals in the
    same match, empty when it has none. `op` is the day of telling, in Europe/Amsterdam. `fase` is that of the casus,
    None when nobody knows: rules that hold in some phases only then grant nothing.
    """

    gebeurtenis: Gebeurtenis
    niveau: Niveau
    ontvanger: Oin
    over: Oin
    signaalsoort: str
    eigen_signaalsoorten: frozenset[str]
    op: date
    fase: Fase | None = None
