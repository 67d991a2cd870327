"""Starts the sandbox and tells the supplier how to get in."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.markup import escape

from client_sdk.configuratie import load_configuratie
from convenant.types import Oin
from koppelradar.errors import OmgevingFout, ProcesFout
from koppelradar.omgeving import Proefomgeving, make_proefomgeving
from koppelradar.processen import free_port, running, running_matcher
from koppelradar.proef.testpersonen import TESTPERSONEN, UITLEG
from matcher.ingebed import EmbeddedPostgres

LEVERANCIER = Oin("00000099000000061000")
TEGENPARTIJ = Oin("00000099000000011000")
_TICK_SECONDS = 0.5


def run(folder: Path, *, poort: int | None) -> None:
    """Run the sandbox in `folder`, which must be new or empty, until Ctrl-C or SIGTERM. Raises OmgevingFout."""
    if folder.exists() and any(folder.iterdir()):
        raise OmgevingFout(f"De map {folder} is niet leeg. Kies met --map een nieuwe map, of gooi deze eerst weg.")
    folder.mkdir(parents=True, exist_ok=True)
    poort = poort or free_port()
    omgeving = make_proefomgeving(folder, organisaties=(LEVERANCIER, TEGENPARTIJ), poort=poort)
    logs = folder / "matcher.log", folder / "tegenpartij.log"
    with (
        EmbeddedPostgres(omgeving.matcher.datamap) as postgres,
        running_matcher(omgeving.matcher, postgres.prepare(), log=logs[0]) as matcher,
        running(
            [str(omgeving.configuraties[TEGENPARTIJ])], log=logs[1], module="koppelradar.proef.tegenpartij"
        ) as ander,
    ):
        _explain(omgeving, folder)
        with _until_stopped() as stopped:
            while not stopped.wait(_TICK_SECONDS):
                if matcher.poll() is not None or ander.poll() is not None:
                    raise ProcesFout(f"Een onderdeel van de proefomgeving is gestopt. Kijk in {logs[0]} en {logs[1]}.")


def _explain(omgeving: Proefomgeving, folder: Path) -> None:
    console = Console(soft_wrap=True)
    configuratie = load_configuratie(omgeving.configuraties[LEVERANCIER])
    url = omgeving.matcher.basis_url
    console.print("[bold]De proefomgeving draait.[/bold] Stop met Ctrl-C. Gebruik alleen verzonnen personen.\n")
    rows = (
        ("matcher", url),
        ("beschrijving", f"{url}/openapi.json"),
        ("token-endpoint", omgeving.matcher.token_url),
        ("client_id (OIN)", f"{LEVERANCIER} ({omgeving.convenant.partij(LEVERANCIER).naam})"),
        ("ondertekensleutel", str(configuratie.ondertekensleutel)),
        ("convenant", f"{configuratie.convenant} ({omgeving.convenant.id})"),
        ("SDK-configuratie", str(omgeving.configuraties[LEVERANCIER])),
        ("logbestanden", f"{folder}/*.log"),
    )
    for label, value in rows:
        console.print(f"  {label:<18} {escape(value)}")
    console.print("\n[bold]Personen die de tegenpartij kent[/bold] (signaalsoort zorg-om-kind)\n")
    for testpersoon in TESTPERSONEN:
        persoon = testpersoon.persoon
        name = " ".join(filter(None, (persoon.voornamen, persoon.voorvoegsel, persoon.geslachtsnaam)))
        console.print(f"  {escape(name):<26} {persoon.geboortedatum}  {UITLEG[testpersoon.gedrag]}")
    console.print(
        f"\n[bold]Probeer[/bold]\n\n  export KOPPELRADAR_CONFIGURATIE={omgeving.configuraties[LEVERANCIER]}\n"
        "  koppelradar signaal indienen --soort zorg-om-kind\n  koppelradar notificaties --wacht 10\n"
    )


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    stopped = threading.Event()

    def on_signal(_: int, __: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
