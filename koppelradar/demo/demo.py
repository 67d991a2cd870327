"""Plays the demo and sums it up."""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from client_sdk.dienst import Clientnotificatie, Koppelradar
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.types import Oin
from koppelradar.demo.febrl import FebrlPersoon, read_febrl, write_import_file
from koppelradar.demo.kennis import Kennis, dump, search_diensten
from koppelradar.demo.opvolging import play_opvolging, set_clock
from koppelradar.demo.registers import (
    Importresultaat,
    Koppelkwaliteit,
    clients_by_match,
    import_at_the_same_time,
    measure,
)
from koppelradar.demo.scherm import Scherm
from koppelradar.demo.twijfel import play_twijfel
from koppelradar.demo.verhaal import DEELNEMERS, GGZ, SCHOOL, VEILIG_THUIS, WIJKTEAM, describe, steps
from koppelradar.omgeving import Proefomgeving, make_proefomgeving, open_venster, running_diensten
from koppelradar.omgeving.diensten import sleutelhouder_name
from koppelradar.omgeving.model import MATCHER
from koppelradar.processen import ends_like_ctrl_c, free_port

_MAX_SHOWN_ERRORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Samenvatting:
    """The figures of one run; `seconden` is wall-clock time of the whole."""

    signalen: int
    matches: int
    precisie_zeker: float
    recall: float
    namen_bij_diensten: int
    geplant_gevonden: int
    gezocht: int
    signalen_per_seconde: int
    mogelijke_matches: int
    soorten_notificaties: int
    notificaties: Mapping[str, int]
    seconden: float

    def to_json(self) -> str:
        """One JSON object on one line."""
        return json.dumps(
            {name: getattr(self, name) for name in self.__slots__}
            | {"precisie_zeker": round(self.precisie_zeker, 6), "recall": round(self.recall, 6)}
        )


@dataclass(frozen=True, slots=True)
class _Registers:
    resultaat: Importresultaat
    kwaliteit: Koppelkwaliteit
    notificaties: Mapping[str, int]
    matches: set[str]
    mogelijk: int


def play(*, as_json: bool = False) -> Samenvatting:
    """Play the demo on this machine and return the figures. Raises OmgevingFout, StartFout or KoppelradarFout."""
    started = time.perf_counter()
    bronnen = read_febrl()
    with ends_like_ctrl_c(), tempfile.TemporaryDirectory(prefix="koppelradar-demo-") as name:
        folder = Path(name)
        with EmbeddedPostgres(folder / MATCHER) as postgres:
            omgeving = _make(folder, postgres)
            scherm = Scherm(Console(), omgeving.convenant)
            scherm.kop("PostgreSQL, de matcher en de sleutelhouder draaien als eigen processen op deze computer.")
            with running_diensten(omgeving, postgres, folder) as diensten:
                registers = _play_registers(omgeving, postgres, bronnen, folder, scherm)
                verhaal, verhaal_matches = _play_story(omgeving, scherm)
                twijfel = play_twijfel(omgeving, scherm)
                werkerlog = folder / "werker.log"
                opvolging = play_opvolging(omgeving, postgres, werkerlog, scherm)
            kennis = _search(omgeving, postgres, [*diensten.logs, werkerlog, postgres.log], bronnen, scherm)
    samenvatting = Samenvatting(
        signalen=registers.resultaat.ingediend + verhaal + twijfel.signalen + opvolging.signalen,
        matches=len(registers.matches | verhaal_matches | twijfel.matches | opvolging.matches),
        precisie_zeker=registers.kwaliteit.precisie,
        recall=registers.kwaliteit.recall,
        namen_bij_diensten=kennis.bij_diensten,
        geplant_gevonden=kennis.geplant,
        gezocht=kennis.gezocht,
        signalen_per_seconde=round(registers.resultaat.ingediend / registers.resultaat.seconden),
        mogelijke_matches=registers.mogelijk,
        soorten_notificaties=len(opvolging.soorten),
        notificaties=registers.notificaties,
        seconden=round(time.perf_counter() - started, 1),
    )
    _sum_up(samenvatting, scherm)
    if as_json:
        sys.stdout.write(samenvatting.to_json() + "\n")
    return samenvatting


def _make(folder: Path, postgres: EmbeddedPostgres) -> Proefomgeving:
    made = make_proefomgeving(
        folder, postgres, organisaties=DEELNEMERS, poort=free_port(), sleutelhouder_poorten=(free_port(),)
    )
    omgeving = replace(made, matcher=made.matcher.model_copy(update={"proefklok": folder / "proefklok"}))
    set_clock(omgeving, timedelta())
    return omgeving


def _play_registers(
    omgeving: Proefomgeving,
    postgres: EmbeddedPostgres,
    bronnen: tuple[tuple[FebrlPersoon, ...], ...],
    folder: Path,
    scherm: Scherm,
) -> _Registers:
    scherm.kop(
        "Deel 1. Twee organisaties dienen tegelijk hun register van 5000 personen in (FEBRL 4, verzonnen personen)."
    )
    bestanden = {WIJKTEAM: folder / "a.csv", GGZ: folder / "b.csv"}
    for oin, bron in zip(bestanden, bronnen, strict=True):
        open_venster(omgeving, postgres, oin, len(bron))
    scherm.regel(
        "Zoveel personen in één keer past niet in het gewone budget van de sleutelhouder: twee beheerders keurden voor "
        "elke organisatie een venster goed."
    )
    for path, personen in zip(bestanden.values(), bronnen, strict=True):
        write_import_file(path, personen)
    with scherm.voortgang({oin: len(bron) for oin, bron in zip(bestanden, bronnen, strict=True)}) as show:
        resultaat = import_at_the_same_time(omgeving, bestanden, show)
    _show_imports(resultaat, scherm)
    return _read_results(omgeving, bronnen, resultaat, scherm)


def _show_imports(resultaat: Importresultaat, scherm: Scherm) -> None:
    for oin, verslag in resultaat.verslagen.items():
        scherm.regel(
            f"{scherm.naam(oin)}: {verslag.gelezen} regels, {verslag.ingediend} ingediend, "
            f"{len(verslag.fouten)} geweigerd door de eigen SDK, bijvoorbeeld:"
        )
        for fout in verslag.fouten[:_MAX_SHOWN_ERRORS]:
            scherm.regel(f"    regel {fout.regel}, {fout.kolom}: {fout.melding}")


def _read_results(
    omgeving: Proefomgeving,
    bronnen: tuple[tuple[FebrlPersoon, ...], ...],
    resultaat: Importresultaat,
    scherm: Scherm,
) -> _Registers:
    with omgeving.open(WIJKTEAM) as een, omgeving.open(GGZ) as ander:
        kanten = clients_by_match(een), clients_by_match(ander)
        kwaliteit = measure(*kanten, (bronnen[0], bronnen[1]))
        notificaties = {radar: _read_matchnieuws(dienst) for radar, dienst in ((WIJKTEAM, een), (GGZ, ander))}
        mogelijk = sum(1 for _ in een.mogelijke_matches())
    scherm.regel(
        f"{kwaliteit.gevonden} paren gevonden van {kwaliteit.werkelijk}; {kwaliteit.juist} juist "
        f"(precisie {kwaliteit.precisie:.4f}, recall {kwaliteit.recall:.4f})."
    )
    for oin, count in notificaties.items():
        scherm.regel(f"{scherm.naam(oin)} kreeg {count} notificaties van een match.")
    scherm.regel(
        f"Daarnaast zijn er {mogelijk} mogelijke matches: er verschilt iets in naam of datum. Niemand hoort er meer "
        "van tot beide kanten in hun eigen dossier hebben gekeken."
    )
    named = {scherm.naam(oin): count for oin, count in notificaties.items()}
    return _Registers(resultaat, kwaliteit, named, kanten[0].keys() | kanten[1].keys(), mogelijk)


def _read_matchnieuws(dienst: Koppelradar) -> int:
    return sum(1 for found in dienst.notificaties() if found.match is not None)


def _play_story(omgeving: Proefomgeving, scherm: Scherm) -> tuple[int, set[str]]:
    scherm.kop("Deel 2. Een school, een wijkteam, de GGZ en Veilig Thuis rond drie gezinnen.")
    with omgeving.open(VEILIG_THUIS) as radar:
        earlier = _read_matchnieuws(radar)
    scherm.regel(f"Veilig Thuis zag van deel 1 op zijn radar {earlier} matches, zonder te weten om wie het gaat.")
    stappen = list(steps())
    for stap in stappen:
        scherm.regel(stap.toelichting)
        with omgeving.open(stap.organisatie) as dienst:
            dienst.submit(stap.persoon, clientnummer=stap.clientnummer, signaalsoort=stap.signaalsoort)
    matches: set[str] = set()
    for oin in (SCHOOL, WIJKTEAM, GGZ, VEILIG_THUIS):
        found = [notificatie for notificatie in _notificaties(omgeving, oin) if notificatie.match]
        matches |= {notificatie.match.match.id for notificatie in found if notificatie.match}
        rows = [describe(notificatie) for notificatie in found]
        scherm.tabel(
            f"Wat {scherm.naam(oin)} te horen krijgt",
            ("wat", "eigen cliënt", "wie nog meer", "contactkaart", "artikel"),
            rows,
        )
    return len(stappen), matches


def _notificaties(omgeving: Proefomgeving, oin: Oin) -> list[Clientnotificatie]:
    with omgeving.open(oin) as dienst:
        return list(dienst.notificaties())


def _search(
    omgeving: Proefomgeving,
    postgres: EmbeddedPostgres,
    logs: list[Path],
    bronnen: tuple[tuple[FebrlPersoon, ...], ...],
    scherm: Scherm,
) -> Kennis:
    scherm.kop("Deel 5. Wat weten matcher en sleutelhouder? Databases en logbestanden worden doorzocht.")
    others = [dump(postgres, sleutelhouder_name(nummer)) for nummer in range(1, len(omgeving.sleutelhouders) + 1)]
    personen = [persoon.gezocht() for bron in bronnen for persoon in bron]
    kennis = search_diensten(postgres, logs, personen, others=others)
    scherm.regel(
        f"{kennis.doorzochte_tekens / 1e6:.1f} miljoen tekens doorzocht op namen en geboortedata van {kennis.gezocht} "
        f"personen: {kennis.bij_diensten} gevonden."
    )
    scherm.regel(
        f"In een kopie waarin zij alle {kennis.gezocht} zijn verstopt, vindt dezelfde zoektocht er {kennis.geplant}."
    )
    return kennis


def _sum_up(samenvatting: Samenvatting, scherm: Scherm) -> None:
    lines: list[tuple[str, Callable[[Samenvatting], str]]] = [
        ("signalen", lambda s: str(s.signalen)),
        ("matches", lambda s: str(s.matches)),
        ("precisie zeker (FEBRL 4)", lambda s: f"{s.precisie_zeker:.4f}"),
        ("recall (FEBRL 4)", lambda s: f"{s.recall:.4f}"),
        ("mogelijke matches (FEBRL 4)", lambda s: str(s.mogelijke_matches)),
        ("personen gevonden bij matcher en sleutelhouder", lambda s: f"{s.namen_bij_diensten} van {s.gezocht}"),
        ("verstopte personen gevonden", lambda s: f"{s.geplant_gevonden} van {s.gezocht}"),
        ("soorten berichten na de match", lambda s: str(s.soorten_notificaties)),
        ("signalen per seconde bij de import", lambda s: str(s.signalen_per_seconde)),
        ("seconden", lambda s: str(s.seconden)),
    ]
    scherm.tabel("Samenvatting", ("wat", "waarde"), [(label, value(samenvatting)) for label, value in lines])
