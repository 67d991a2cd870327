"""Every attack on one world: without the missing key, and with it. An attack counts only when the key makes it succeed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from convenant.model import Budget
from convenant.types import Modus, Oin
from koppelradar.bench.aanval import frequentie, hengelen, peilen, structuur, woordenboek
from koppelradar.bench.aanval.buit import Buit
from koppelradar.bench.aanval.dagen import Dagcijfers, day_of_alarm, days_needed
from koppelradar.bench.aanval.hengelen import Deelname, hengel
from koppelradar.bench.aanval.oordeel import Oordeel, judge_bekenden, judge_namen
from koppelradar.bench.aanval.peilen import peil
from koppelradar.bench.aanval.voprf import Loket, Loketvrager, Oprfsleutels, Sleutelvrager
from koppelradar.bench.aanval.wereld import VANDAAG, Opzet, Wereld, running_wereld
from koppelradar.bench.aanval.woordenlijst import Woordenlijst, make_woordenlijst
from koppelradar.bench.bevolking import Inwoner
from koppelradar.bench.bevolking.kans import Kans

NODIG: Final = 0.99
"""The part of the persons that an attacker has to name when it is given the missing key (ONTWERP, section 9)."""

_DUMP: Final = "database, pepper, K"
_OPRF: Final = "OPRF-sleutels"
_OP_EEN_DUMP: Final = {"woordenboek": woordenboek, "frequentie": frequentie, "structuur": structuur}
_EIGEN_STROOM: Final = 0x4E6E


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One attack. `personen` bear a key and were signalled; `dag` is there for an attack that a budget limits."""

    naam: str
    heeft: str
    ontbreekt: str
    personen: int
    zonder: Oordeel = field(repr=False)
    met: Oordeel = field(repr=False)
    toeval: float
    dag: Dagcijfers | None = None
    moet_nul: bool = False

    @property
    def telt(self) -> bool:
        """Whether the attack succeeds with the missing key, so that failing without it means something."""
        return self.met.herkend >= NODIG * self.personen

    @property
    def houdt(self) -> bool:
        """Whether nothing was found that must not be found (guarantee 2)."""
        return not (self.moet_nul and self.zonder.namingen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meting:
    """All attacks on one world. `zonder_sleutel` counts the persons who bear no key and cannot be found at all."""

    bevolking: int
    opzet: Opzet
    signalen: int
    zonder_sleutel: int
    regels: tuple[Regel, ...]

    @property
    def geslaagd(self) -> bool:
        """Whether every attack counts and what must hold does."""
        return all(regel.telt and regel.houdt for regel in self.regels)


def measure(
    inwoners: Sequence[Inwoner], opzet: Opzet, *, meld: Callable[[str], None], oprf: Oprfsleutels | None = None
) -> Meting:
    """Return the outcome of every attack; `meld` is told in Dutch what is going on.

    Raises BevolkingFout when the sizes cannot go together, StartFout when PostgreSQL does not start.
    """
    meld("signalen indienen in modus voprf")
    lijst = make_woordenlijst(inwoners, vandaag=VANDAAG)
    with running_wereld(inwoners, opzet, oprf=oprf) as wereld:
        regels = list(_attacks(wereld, lijst, opzet, meld))
        zonder_sleutel = len(wereld.personen - wereld.dragers)
        signalen = len(wereld.waarheid)
    meld("signalen indienen in modus hmac")
    with running_wereld(inwoners, opzet, modus=Modus.HMAC) as wereld:
        meld("woordenboek (modus hmac)")
        regels.append(_in_hmac(wereld, lijst))
    return Meting(
        bevolking=len(inwoners),
        opzet=opzet,
        signalen=signalen,
        zonder_sleutel=zonder_sleutel,
        regels=tuple(regels),
    )


def _attacks(wereld: Wereld, lijst: Woordenlijst, opzet: Opzet, meld: Callable[[str], None]) -> Iterator[Regel]:
    assert wereld.oprf is not None  # noqa: S101 - a world in mode voprf has keys
    sleutel = Sleutelvrager(wereld.oprf)
    buit = wereld.buit(_dief(wereld))
    for naam in _OP_EEN_DUMP:
        meld(naam)
        yield _on_dump(naam, wereld, buit, lijst, sleutel)
    budgetten = _budgetten(wereld)
    for oin in budgetten:
        meld("peilen")
        yield _probing(wereld, wereld.oprf, oin, buit, lijst, sleutel)
    order = _shuffled(len(lijst.personen), opzet.zaad)
    for oin, budget in budgetten.items():
        meld("hengelen")
        # Everybody fishes for others: invented signals would meet each other.
        fished, order = order[: budget.per_dag], order[budget.per_dag :]
        yield _fishing(wereld, wereld.oprf, oin, buit, lijst, sleutel, fished)


def _dief(wereld: Wereld) -> Oin:
    return wereld.signaleerders[-1]


def _on_dump(naam: str, wereld: Wereld, buit: Buit, lijst: Woordenlijst, sleutel: Sleutelvrager) -> Regel:
    aanval = _OP_EEN_DUMP[naam]
    zonder = judge_namen(aanval.val_aan(buit, lijst, None), wereld.waarheid)
    return Regel(
        naam=naam,
        heeft=_DUMP,
        ontbreekt=_OPRF,
        personen=len(wereld.dragers),
        zonder=zonder,
        met=judge_namen(aanval.val_aan(buit, lijst, sleutel), wereld.waarheid),
        toeval=zonder.by_chance(len(lijst.personen)),
        moet_nul=aanval is woordenboek,
    )


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


def _probing(
    wereld: Wereld, oprf: Oprfsleutels, oin: Oin, buit: Buit, lijst: Woordenlijst, sleutel: Sleutelvrager
) -> Regel:
    budget = _budget(wereld, oin)
    loket = Loket(oprf, budget)
    peiling = peil(buit, lijst, Loketvrager(loket))
    zonder = judge_namen(peiling.namen, wereld.waarheid)
    sector = wereld.convenant.partij(oin).sector.value
    return Regel(
        naam=f"peilen ({sector})",
        heeft=f"{_DUMP}, budget",
        ontbreekt=_OPRF,
        personen=len(wereld.dragers),
        zonder=zonder,
        met=judge_namen(peilen.val_aan(buit, lijst, sleutel), wereld.waarheid),
        toeval=zonder.by_chance(len(lijst.personen)),
        dag=_dag(wereld, oin, loket, getest=peiling.getest, herkend=zonder.herkend, signalen=0, lijst=lijst),
    )


def _fishing(
    wereld: Wereld,
    oprf: Oprfsleutels,
    oin: Oin,
    buit: Buit,
    lijst: Woordenlijst,
    sleutel: Sleutelvrager,
    order: Sequence[int],
) -> Regel:
    loket = Loket(oprf, _budget(wereld, oin))
    deelname = Deelname(geheimen=wereld.geheimen(oin), loket=loket, matcher=wereld.matcher)
    vangst = hengel(deelname, lijst, order)
    zonder = judge_bekenden(vangst.bekenden, wereld.waarheid)
    return Regel(
        naam=f"hengelen ({wereld.convenant.partij(oin).sector.value})",
        heeft="K, budget, matcher",
        ontbreekt=f"{_OPRF}, dump",
        personen=len(wereld.dragers),
        zonder=zonder,
        met=judge_bekenden(hengelen.val_aan(buit, lijst, sleutel), wereld.waarheid),
        toeval=len(zonder.namingen) * len(wereld.personen) / len(lijst.personen),
        dag=_dag(wereld, oin, loket, getest=vangst.getest, herkend=zonder.herkend, signalen=vangst.getest, lijst=lijst),
    )


def _dag(
    wereld: Wereld, oin: Oin, loket: Loket, *, getest: int, herkend: int, signalen: int, lijst: Woordenlijst
) -> Dagcijfers:
    budget = _budget(wereld, oin)
    punten = max(loket.gevraagd.values(), default=0)
    return Dagcijfers(
        sector=wereld.convenant.partij(oin).sector.value,
        getest=getest,
        herkend=herkend,
        punten_per_code=punten,
        minuten=loket.minuten,
        dagen=days_needed(len(lijst.personen), per_dag=max(getest, 1), budget=budget),
        alarm=day_of_alarm(wereld.convenant.alarm, punten=punten, signalen=signalen, budget=budget),
    )


def _budget(wereld: Wereld, oin: Oin) -> Budget:
    return wereld.convenant.budget_of(oin) or Budget(per_minuut=1, per_dag=0, per_maand=0)


def _budgetten(wereld: Wereld) -> Mapping[Oin, Budget]:
    """Return one organisation for each budget that the convenant gives."""
    eerste: dict[Budget, Oin] = {}
    for oin in wereld.signaleerders:
        eerste.setdefault(_budget(wereld, oin), oin)
    return {oin: budget for budget, oin in eerste.items() if budget.per_dag}


def _shuffled(aantal: int, zaad: int) -> list[int]:
    kans = Kans(zaad ^ _EIGEN_STROOM)
    order = list(range(aantal))
    for place in range(aantal - 1, 0, -1):
        other = kans.below(place + 1)
        order[place], order[other] = order[other], order[place]
    return order


def as_json(meting: Meting) -> dict[str, Any]:
    """Return the figures as they are written in JSON."""
    return {
        "bevolking": meting.bevolking,
        "signalen": meting.signalen,
        "organisaties": meting.opzet.organisaties,
        "fouten": meting.opzet.fouten,
        "zaad": meting.opzet.zaad,
        "zonder_sleutel": meting.zonder_sleutel,
        "geslaagd": meting.geslaagd,
        "aanvallen": [_regel_json(regel) for regel in meting.regels],
    }


def _regel_json(regel: Regel) -> dict[str, Any]:
    dag = regel.dag
    figures = {
        "naam": regel.naam,
        "heeft": regel.heeft,
        "ontbreekt": regel.ontbreekt,
        "personen": regel.personen,
        "herkend": regel.zonder.herkend,
        "onterecht": regel.zonder.onterecht,
        "toeval": regel.toeval,
        "met_sleutel": regel.met.herkend,
        "met_sleutel_onterecht": regel.met.onterecht,
    }
    if dag is None:
        return figures
    return figures | {
        "per_dag": {
            "sector": dag.sector,
            "getest": dag.getest,
            "herkend": dag.herkend,
            "punten_per_code": dag.punten_per_code,
            "minuten": dag.minuten,
            "dagen_voor_allen": dag.dagen,
            "alarm_op_dag": dag.alarm,
        }
    }
