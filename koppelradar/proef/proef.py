"""Starts the sandbox and tells the supplier how to get in."""

import re
import shlex
import time
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from client_sdk.configuratie import load_configuratie
from convenant.types import Oin
from koppelradar.errors import OmgevingFout, ProcesFout
from koppelradar.omgeving import Proefomgeving, make_proefomgeving
from koppelradar.processen import ends_like_ctrl_c, free_port, is_free, running, running_matcher
from koppelradar.proef.testpersonen import TESTPERSONEN, UITLEG
from matcher.ingebed import EmbeddedPostgres

LEVERANCIER = Oin("00000099000000061000")
TEGENPARTIJ = Oin("00000099000000011000")
_TICK_SECONDS = 0.5
# The wheel with PostgreSQL hands the path of its socket to a shell, without quotes.
_UNFIT = re.compile(r"""[\s'"`$\\;&|<>()*?]""")


def run(folder: Path, *, poort: int | None) -> None:
    """Run the sandbox in `folder`, which must be new or empty, until Ctrl-C or SIGTERM. Raises OmgevingFout."""
    # Before anything is written, so that the same folder can be named again.
    if poort is not None and not is_free(poort):
        raise OmgevingFout(f"Poort {poort} is al in gebruik. Kies met --poort een andere, of laat --poort weg.")
    if _UNFIT.search(str(folder)):
        raise OmgevingFout(
            f"De map {folder} heeft een spatie of leesteken in zijn naam. Kies met --map een andere map."
        )
    _make_empty(folder)
    omgeving = make_proefomgeving(folder, organisaties=(LEVERANCIER, TEGENPARTIJ), poort=poort or free_port())
    logs = folder / "matcher.log", folder / "tegenpartij.log"
    with (
        suppress(KeyboardInterrupt),
        ends_like_ctrl_c(),
        EmbeddedPostgres(omgeving.matcher.datamap) as postgres,
        running_matcher(omgeving.matcher, postgres.prepare(), log=logs[0]) as matcher,
        running(
            [str(omgeving.configuraties[TEGENPARTIJ])], log=logs[1], module="koppelradar.proef.tegenpartij"
        ) as ander,
    ):
        _explain(omgeving, folder)
        while matcher.poll() is None and ander.poll() is None:
            time.sleep(_TICK_SECONDS)
        raise ProcesFout(f"Een onderdeel van de proefomgeving is gestopt. Kijk in {logs[0]} en {logs[1]}.")


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        filled = any(folder.iterdir())
    except OSError as fout:
        raise OmgevingFout(f"De map {folder} kan niet worden gemaakt. Kies met --map een andere map.") from fout
    if filled:
        raise OmgevingFout(f"De map {folder} is niet leeg. Kies met --map een nieuwe map, of gooi deze eerst weg.")


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
    path = escape(shlex.quote(str(omgeving.configuraties[LEVERANCIER])))
    console.print(
        f"\n[bold]Probeer[/bold]\n\n  export KOPPELRADAR_CONFIGURATIE={path}\n"
        "  koppelradar signaal indienen --soort zorg-om-kind\n  koppelradar notificaties --wacht 10\n"
    )
