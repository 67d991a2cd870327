"""The command `beleid`: how many decisions of the convenant one core makes per second.

Every round has questions of its own, drawn at random, most of which are refused. Beside it stands the least that an
answer costs: building the same Besluit when it is known already. Both are timed right after each other in processor
time, and their ratio is the median of the ratios per round, so that it says more than the speed of a busy machine.
"""

import gc
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Annotated, Final

import typer

from convenant.beleid import Besluit, Vraag, beslis
from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.types import Fase, Gebeurtenis, Niveau
from convenant.voorbeelden import example_text
from koppelradar.bench.ruw import write_ruw

RONDEN: Final = 10
_VOORBEELD: Final = "noord-holland-noord"
_RUW_KOLOMMEN: Final = ("ronde", "vragen", "toegestaan", "beslissen_s", "bouwen_s")


@dataclass(frozen=True, slots=True)
class Beleidsronde:
    """What one round took, in seconds of processor time; `toegestaan` counts the answers that grant something."""

    vragen: int
    toegestaan: int
    beslissen_s: float
    bouwen_s: float

    @property
    def per_s(self) -> float:
        """Decisions per second."""
        return self.vragen / self.beslissen_s

    @property
    def verhouding(self) -> float:
        """How many answers are decided in the time in which one is only built; below 1."""
        return self.bouwen_s / self.beslissen_s


def beleid(
    aantal: Annotated[int, typer.Option("--aantal", min=RONDEN, help="Stel zoveel verschillende vragen.")] = 200_000,
    zaad: Annotated[int, typer.Option("--zaad", min=0, help="Getal dat bepaalt welke vragen u krijgt.")] = 1,
    ruw: Annotated[Path | None, typer.Option("--ruw", help="Schrijf de tijden per ronde in dit CSV-bestand.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Sluit af met één regel JSON met de cijfers.")] = False,
) -> None:
    """Meet hoeveel beslissingen over wie wat mag weten één processorkern per seconde neemt.

    De vragen zijn willekeurig en gaan over het voorbeeldconvenant Noord-Holland Noord. Ernaast staat wat het kost om
    dezelfde antwoorden te maken zonder iets te beslissen.
    """
    ronden = measure(parse_convenant(example_text(_VOORBEELD), bron=_VOORBEELD), aantal=aantal, zaad=zaad)
    for line in _table(ronden):
        typer.echo(line)
    if ruw:
        rows = enumerate(ronden, start=1)
        write_ruw(ruw, _RUW_KOLOMMEN, ((i, r.vragen, r.toegestaan, r.beslissen_s, r.bouwen_s) for i, r in rows))
    if as_json:
        typer.echo(json.dumps(result(ronden)))


def draw_vragen(convenant: Convenant, chance: random.Random) -> Iterator[Vraag]:
    """Yield without end any question about two parties on a day on which the convenant is in force."""
    oins = [partij.oin for partij in convenant.partijen]
    soorten = [soort.code for soort in convenant.signaalsoorten]
    days = (convenant.geldig_tot - convenant.geldig_van).days
    gebeurtenissen, niveaus, fasen = list(Gebeurtenis), list(Niveau), [None, *Fase]
    while True:
        ontvanger, over = chance.sample(oins, 2)
        yield Vraag(
            gebeurtenis=chance.choice(gebeurtenissen),
            niveau=chance.choice(niveaus),
            ontvanger=ontvanger,
            over=over,
            signaalsoort=chance.choice(soorten),
            eigen_signaalsoorten=frozenset(chance.sample(soorten, chance.randint(0, len(soorten)))),
            op=_day(convenant.geldig_van, chance.randint(0, days)),
            fase=chance.choice(fasen),
        )


def _day(first: date, later: int) -> date:
    return first + timedelta(days=later)


def measure(convenant: Convenant, *, aantal: int, zaad: int) -> tuple[Beleidsronde, ...]:
    """Return the rounds, over which the questions are dealt out; a round before them warms up and is not counted."""
    vragen = draw_vragen(convenant, random.Random(zaad))  # noqa: S311 - which questions are asked is no secret
    each = -(-aantal // RONDEN)
    return tuple(_round(convenant, [next(vragen) for _ in range(each)]) for _ in range(RONDEN + 1))[1:]


def _round(convenant: Convenant, vragen: Sequence[Vraag]) -> Beleidsronde:
    besluiten, beslissen_s = _timed(lambda: [beslis(convenant, vraag) for vraag in vragen])
    _, bouwen_s = _timed(lambda: [_rebuilt(besluit) for besluit in besluiten])
    return Beleidsronde(len(vragen), sum(besluit.toegestaan for besluit in besluiten), beslissen_s, bouwen_s)


def _timed(work: Callable[[], list[Besluit]]) -> tuple[list[Besluit], float]:
    gc.collect()  # nobody clears away what another left, while the clock runs
    begin = process_time()
    return work(), process_time() - begin


def _rebuilt(besluit: Besluit) -> Besluit:
    return Besluit(
        toegestaan=besluit.toegestaan,
        velden=besluit.velden,
        artikel=besluit.artikel,
        grondslag=besluit.grondslag,
        reden=besluit.reden,
        verleend=besluit.verleend,
        convenant=besluit.convenant,
        versie=besluit.versie,
    )


def result(ronden: Sequence[Beleidsronde]) -> dict[str, float]:
    """Return the figures as they go into JSON; speeds per second of processor time, medians over the rounds."""
    vragen = sum(ronde.vragen for ronde in ronden)
    return {
        "vragen": vragen,
        "deel_toegestaan": sum(ronde.toegestaan for ronde in ronden) / vragen,
        "beslissingen_per_s": median(ronde.per_s for ronde in ronden),
        "alleen_bouwen_per_s": median(ronde.vragen / ronde.bouwen_s for ronde in ronden),
        "tegen_alleen_bouwen": median(ronde.verhouding for ronde in ronden),
    }


def _table(ronden: Sequence[Beleidsronde]) -> Iterator[str]:
    figures = result(ronden)
    share = f"{figures['deel_toegestaan']:.1%}".replace(".", ",")
    yield f"{figures['vragen']:.0f} willekeurige vragen in {len(ronden)} ronden; {share} mag. Mediaan van één kern."
    yield ""
    yield f"{'beslissingen per seconde':50}{figures['beslissingen_per_s']:>10.0f}"
    yield f"{'dezelfde antwoorden maken, zonder te beslissen':50}{figures['alleen_bouwen_per_s']:>10.0f}"
    yield f"{'verhouding':50}{figures['tegen_alleen_bouwen']:>10.2f}".replace(".", ",")
