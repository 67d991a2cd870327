"""Every attack on one world: without the missing key, and with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from convenant.model import Budget
from convenant.types import Modus, Oin
from koppelradar.bench.aanval import frequentie, hengelen, peilen, structuur, woordenboek
from koppelradar.bench.aanval.buit import CODES, Buit
from koppelradar.bench.aanval.dagen import Dagcijfers, day_of_alarm, days_needed, silent_points
from koppelradar.bench.aanval.hengelen import Deelname, Lokaas, composed, hengel, whole
from koppelradar.bench.aanval.namen import Namen
from koppelradar.bench.aanval.oordeel import Oordeel, judge_bekenden, judge_namen
from koppelradar.bench.aanval.peilen import peil
from koppelradar.bench.aanval.regel import Meting, Regel
from koppelradar.bench.aanval.voprf import Loket, Loketvrager, Oprfsleutels, Sleutelvrager, Vrager
from koppelradar.bench.aanval.wereld import VANDAAG, Opzet, Wereld, running_wereld
from koppelradar.bench.aanval.woordenlijst import Woordenlijst, make_woordenlijst
from koppelradar.bench.bevolking import Inwoner
from koppelradar.bench.bevolking.kans import Kans

_DUMP: Final = "database, pepper, K"
_OPRF: Final = "OPRF-sleutels"
_WOORDENBOEK: Final = "woordenboek"
_EIGEN_STROOM: Final = 0x4E6E

_Aanval = Callable[[Buit, Woordenlijst, Vrager | None], Namen]
_OP_EEN_DUMP: Final[Mapping[str, _Aanval]] = {
    _WOORDENBOEK: woordenboek.val_aan,
    "frequentie": frequentie.val_aan,
    "structuur": structuur.val_aan,
    "structuur (past op één huishouden)": structuur.val_zeker_aan,
}


def measure(
    inwoners: Sequence[Inwoner], opzet: Opzet, *, meld: Callable[[str], None], oprf: Oprfsleutels | None = None
) -> Meting:
    """Return the outcome of every attack; `meld` is told in Dutch what is going on.

    `oprf` replaces the keys of the sleutelhouder, to plant a weakness. Raises BevolkingFout when the sizes cannot go
    together, StartFout when PostgreSQL does not start.
    """
    meld("signalen indienen in modus voprf")
    lijst = make_woordenlijst(inwoners, vandaag=VANDAAG)
    with running_wereld(inwoners, opzet, oprf=oprf) as wereld:
        regels = list(_Aanvallen.on(wereld, lijst, opzet).run(meld))
    meld("signalen indienen in modus hmac")
    with running_wereld(inwoners, opzet, modus=Modus.HMAC) as zwak:
        meld("woordenboek (modus hmac)")
        regels.append(_in_hmac(zwak, lijst))
    return Meting(
        bevolking=len(inwoners),
        opzet=opzet,
        signalen=len(wereld.waarheid),
        zonder_sleutel=len(wereld.personen - wereld.dragers),
        regio=_regio(wereld),
        regels=tuple(regels),
    )


@dataclass(frozen=True)
class _Aanvallen:
    """The attacks on one world, which they share the dump and the dictionary of."""

    wereld: Wereld
    oprf: Oprfsleutels = field(repr=False)
    lijst: Woordenlijst
    buit: Buit
    sleutel: Vrager = field(repr=False)
    zaad: int

    @classmethod
    def on(cls, wereld: Wereld, lijst: Woordenlijst, opzet: Opzet) -> "_Aanvallen":
        assert wereld.oprf is not None  # noqa: S101 - a world in mode voprf has keys
        return cls(wereld, wereld.oprf, lijst, wereld.buit(_dief(wereld)), Sleutelvrager(wereld.oprf), opzet.zaad)

    def run(self, meld: Callable[[str], None]) -> Iterator[Regel]:
        for naam, aanval in _OP_EEN_DUMP.items():
            meld(naam)
            yield self._on_dump(naam, aanval)
        budgetten = _budgetten(self.wereld)
        for oin, budget in budgetten.items():
            meld(f"peilen ({self._sector(oin)})")
            yield self._peilen(oin, budget)
        order = _shuffled(len(self.lijst.personen), self.zaad)
        for oin, budget in budgetten.items():
            meld(f"hengelen ({self._sector(oin)})")
            # Everybody fishes for others: invented signals would meet each other.
            fished, order = order[: budget.per_dag], order[budget.per_dag :]
            yield self._hengelen(oin, budget, "", whole(self.lijst, fished))
        for oin, budget in sorted(budgetten.items(), key=lambda item: item[1].per_dag):
            most = budget.per_dag * len(CODES)
            if most <= len(order):
                meld(f"samengesteld hengelen ({self._sector(oin)})")
                fished, order = order[:most], order[most:]
                yield self._hengelen(oin, budget, "samengesteld ", composed(self.lijst, fished))

    def _on_dump(self, naam: str, aanval: _Aanval) -> Regel:
        zonder = self._judged(aanval(self.buit, self.lijst, None))
        return Regel(
            naam=naam,
            heeft=_DUMP,
            ontbreekt=_OPRF,
            personen=len(self.wereld.dragers),
            zonder=zonder,
            met=self._judged(aanval(self.buit, self.lijst, self.sleutel)),
            toeval=zonder.by_chance(len(self.lijst.personen)),
            moet_nul=naam == _WOORDENBOEK,
        )

    def _peilen(self, oin: Oin, budget: Budget) -> Regel:
        loket = Loket(self.oprf, budget)
        peiling = peil(self.buit, self.lijst, Loketvrager(loket))
        zonder = self._judged(peiling.namen)
        return Regel(
            naam=f"peilen ({self._sector(oin)})",
            heeft=f"{_DUMP}, budget",
            ontbreekt=_OPRF,
            personen=len(self.wereld.dragers),
            zonder=zonder,
            met=self._judged(peilen.val_aan(self.buit, self.lijst, self.sleutel)),
            toeval=zonder.by_chance(len(self.lijst.personen)),
            dag=self._dag(oin, loket, budget, getest=peiling.getest, herkend=zonder.herkend, met_signaal=False),
        )

    def _hengelen(self, oin: Oin, budget: Budget, soort: str, lokazen: Sequence[Lokaas]) -> Regel:
        loket = Loket(self.oprf, budget)
        deelname = Deelname(geheimen=self.wereld.geheimen(oin), loket=loket, matcher=self.wereld.matcher)
        # What was fished before counts for a month of its own.
        self.wereld.matcher.begin_month()
        vangst = hengel(deelname, self.lijst, lokazen)
        maand = replace(budget, per_maand=budget.per_dag) if vangst.geknepen else budget
        zonder = judge_bekenden(vangst.bekenden, self.wereld.waarheid)
        return Regel(
            naam=f"{soort}hengelen ({self._sector(oin)})",
            heeft="K, budget, matcher",
            ontbreekt=f"{_OPRF}, database, pepper",
            personen=len(self.wereld.dragers),
            zonder=zonder,
            met=judge_bekenden(hengelen.val_aan(self.buit, self.lijst, self.sleutel), self.wereld.waarheid),
            toeval=len(zonder.namingen) * len(self.wereld.personen) / len(self.lijst.personen),
            dag=self._dag(oin, loket, maand, getest=vangst.getest, herkend=zonder.herkend, met_signaal=True),
        )

    def _dag(
        self, oin: Oin, loket: Loket, budget: Budget, *, getest: int, herkend: int, met_signaal: bool
    ) -> Dagcijfers:
        punten = max(*loket.gevraagd.values(), 1)
        alarm = self.wereld.convenant.alarm
        stil = silent_points(alarm, signalen_per_punt=int(met_signaal), budget=budget)
        return Dagcijfers(
            sector=self._sector(oin),
            getest=getest,
            herkend=herkend,
            punten_per_code=punten,
            minuten=loket.minuten,
            dagen=days_needed(len(self.lijst.personen), per_dag=max(getest, 1), budget=budget),
            dagen_regio=days_needed(_regio(self.wereld), per_dag=max(getest, 1), budget=budget),
            alarm=day_of_alarm(alarm, punten=punten, signalen=punten if met_signaal else 0, budget=budget),
            stil_per_maand=stil * getest // punten,
        )

    def _sector(self, oin: Oin) -> str:
        return self.wereld.convenant.partij(oin).sector.value

    def _judged(self, namen: Namen) -> Oordeel:
        return judge_namen(namen, self.wereld.waarheid)


def _in_hmac(wereld: Wereld, lijst: Woordenlijst) -> Regel:
    oordeel = judge_namen(woordenboek.val_aan(wereld.buit(_dief(wereld)), lijst, None), wereld.waarheid)
    return Regel(
        naam="woordenboek (modus hmac)",
        heeft=_DUMP,
        ontbreekt="niets",
        personen=len(wereld.dragers),
        zonder=oordeel,
        met=oordeel,
        toeval=oordeel.by_chance(len(lijst.personen)),
    )


def _dief(wereld: Wereld) -> Oin:
    return wereld.signaleerders[-1]


def _regio(wereld: Wereld) -> int:
    return max(partij.omvang for partij in wereld.convenant.partijen)


def _budgetten(wereld: Wereld) -> Mapping[Oin, Budget]:
    """Return one organisation for each budget that the convenant gives."""
    eerste: dict[Budget, Oin] = {}
    for oin in wereld.signaleerders:
        budget = wereld.convenant.budget_of(oin)
        if budget is not None:
            eerste.setdefault(budget, oin)
    return {oin: budget for budget, oin in eerste.items()}


def _shuffled(aantal: int, zaad: int) -> list[int]:
    kans = Kans(zaad ^ _EIGEN_STROOM)
    order = list(range(aantal))
    for place in range(aantal - 1, 0, -1):
        other = kans.below(place + 1)
        order[place], order[other] = order[other], order[place]
    return order
