"""Three ways to an outcome y: with the secret key, by asking a sleutelhouder within a budget, and without limit.

Who holds the secret key has no need to blind: `outcome` gives what `Blindronde` gives, in a quarter of the time.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha512
from typing import Final

from convenant.model import Budget
from convenant.sleutelhouder.domein.budget import MINUUT, empty_stand, shortages
from convenant.voprf import Evaluatie, OprfSleutel, PubliekeOprfSleutel, Punt, Uitvoer, blind_batch, evaluate, finalize
from convenant.voprf import groep as ristretto
from convenant.voprf.groep import Scalar
from convenant.voprf.suite import LABEL_FINALIZE, prefixed

_OPENING: Final = datetime(2026, 1, 12, 8, tzinfo=UTC)

Oprfsleutels = Mapping[str, OprfSleutel]
"""The secret keys of an epoch, by code."""


def outcome(scalar: Scalar | None, invoer: bytes, punt: Punt) -> Uitvoer:
    """Return y of an input whose point (`hash_to_group`) is known; without a scalar, that of a key of 1."""
    evaluated = punt if scalar is None else ristretto.multiply(scalar, punt)
    return Uitvoer(sha512(prefixed(invoer, evaluated) + LABEL_FINALIZE).digest())


class Vrager(ABC):
    """Something that turns masked inputs of one code into outcomes."""

    @abstractmethod
    def vraag(self, code: str, invoeren: Sequence[bytes]) -> Sequence[bytes]:
        """Return the outcomes in the order of the inputs."""


class Sleutelvrager(Vrager):
    """Who holds the OPRF keys asks nobody. Outcomes are kept: five attackers share one dictionary."""

    def __init__(self, sleutels: Oprfsleutels) -> None:
        self._scalars = {code: sleutel.scalar for code, sleutel in sleutels.items()}
        self._bekend: dict[tuple[str, bytes], Uitvoer] = {}

    def vraag(self, code: str, invoeren: Sequence[bytes]) -> tuple[Uitvoer, ...]:
        """Return the outcomes in the order of the inputs."""
        return tuple(self._outcome(code, invoer) for invoer in invoeren)

    def _outcome(self, code: str, invoer: bytes) -> Uitvoer:
        known = self._bekend.get((code, invoer))
        if known is None:
            known = outcome(self._scalars[code], invoer, ristretto.hash_to_group(invoer))
            self._bekend[code, invoer] = known
        return known


class Loket:
    """The counter of a sleutelhouder on one day: blind evaluations until the budget of a code is spent.

    It counts with the sleutelhouder's own rules. Whoever asks sees evaluations and public keys only, and waits where a
    minute is full.
    """

    def __init__(self, sleutels: Oprfsleutels, budget: Budget) -> None:
        self._sleutels = sleutels
        self._budget = budget
        self._op = dict.fromkeys(sleutels, _OPENING)
        self._standen = dict.fromkeys(sleutels, empty_stand(_OPENING))

    @property
    def publiek(self) -> Mapping[str, PubliekeOprfSleutel]:
        """The keys that the convenant pins."""
        return {code: sleutel.publiek for code, sleutel in self._sleutels.items()}

    @property
    def gevraagd(self) -> Mapping[str, int]:
        """The points of today, per code."""
        return {code: stand.dag_aantal for code, stand in self._standen.items()}

    @property
    def minuten(self) -> int:
        """How many minutes the questions took; those of different codes go side by side."""
        return (max(self._op.values()) - _OPENING) // MINUUT + 1

    def ruimte(self, code: str) -> int:
        """Return how many more points of a code it evaluates today."""
        stand = self._standen[code]
        return min(self._budget.per_dag - stand.dag_aantal, self._budget.per_maand - stand.maand_aantal)

    def evalueer(self, code: str, punten: Sequence[Punt]) -> Evaluatie:
        """Return an evaluation of each point. Raises BudgetOp, and evaluates nothing, when there are too many."""
        if len(punten) > self.ruimte(code):
            raise BudgetOp
        for begin in range(0, len(punten), self._budget.per_minuut):
            self._count(code, len(punten[begin : begin + self._budget.per_minuut]))
        return evaluate(self._sleutels[code], punten)

    def _count(self, code: str, aantal: int) -> None:
        op = self._op[code]
        stand = self._standen[code].at(op)
        tekorten = shortages(stand, self._budget, aantal, op=op)
        if tekorten:
            op += timedelta(seconds=max(tekort.seconden for tekort in tekorten))
            stand = stand.at(op)
        self._op[code] = op
        self._standen[code] = stand.add(aantal, uit_venster=0, op=op)


class BudgetOp(Exception):
    """The budget of a code is spent: the sleutelhouder answers no more today."""


@dataclass(frozen=True)
class Loketvrager(Vrager):
    """An organisation that asks a sleutelhouder, as the SDK does: blind, check the proof, take the blinding off."""

    loket: Loket = field(repr=False)

    def ruimte(self, code: str) -> int:
        """Return how many more inputs of a code it takes today."""
        return self.loket.ruimte(code)

    def vraag(self, code: str, invoeren: Sequence[bytes]) -> tuple[Uitvoer, ...]:
        """Return the outcomes in the order of the inputs. Raises BudgetOp."""
        if not invoeren:
            return ()
        blinderingen = blind_batch(invoeren)
        evaluatie = self.loket.evalueer(code, [blindering.punt for blindering in blinderingen])
        return finalize(blinderingen, evaluatie, self.loket.publiek[code])
