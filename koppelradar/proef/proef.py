"""Starts the sandbox and tells the supplier how to get in."""

import shlex
import time
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from client_sdk.configuratie import load_configuratie
from convenant.pg.ingebed import EmbeddedPostgres, require_fit
from convenant.types import Oin
from koppelradar.errors import OmgevingFout, ProcesFout
from koppelradar.omgeving import (
    Proefomgeving,
    is_proefomgeving,
    make_proefomgeving,
    read_proefomgeving,
    running_diensten,
)
from koppelradar.omgeving.model import MATCHER
from koppelradar.processen import ends_like_ctrl_c, free_port, is_free, running
from koppelradar.proef.testpersonen import TESTPERSONEN, UITLEG

LEVERANCIER = Oin("00000099000000061000")
TEGENPARTIJ = Oin("00000099000000011000")
_ORGANISATIES = (LEVERANCIER, TEGENPARTIJ)
_TICK_SECONDS = 0.5


def run(folder: Path, *, poort: int | None) -> None:
    """Run the sandbox in `folder` until Ctrl-C or SIGTERM; a new folder is filled, one of before is taken up again.

    Raises OmgevingFout, or StartFout when PostgreSQL cannot live there.
    """
    known = _check_known(folder, poort) if is_proefomgeving(folder) else None
    if known is None:
        _check_new(folder, poort)
    with (
        suppress(KeyboardInterrupt),
        ends_like_ctrl_c(),
        EmbeddedPostgres(folder / MATCHER) as postgres,
    ):
        omgeving = known or make_proefomgeving(
            folder,
            postgres,
            organisaties=_ORGANISATIES,
            poort=poort or free_port(),
            sleutelhouder_poorten=(free_port(),),
        )
        _run(omgeving, postgres, folder)


def _run(omgeving: Proefomgeving, postgres: EmbeddedPostgres, folder: Path) -> None:
    log = folder / "tegenpartij.log"
    command = [str(omgeving.configuraties[TEGENPARTIJ])]
    with (
        running_diensten(omgeving, postgres, folder) as diensten,
        running(command, log=log, module="koppelradar.proef.tegenpartij") as ander,
    ):
        _explain(omgeving, folder)
        while diensten.all_run and ander.poll() is None:
            time.sleep(_TICK_SECONDS)
        logs = ", ".join(map(str, (*diensten.logs, log)))
        raise ProcesFout(f"Een onderdeel van de proefomgeving is gestopt. Kijk in {logs}.")


def _check_known(folder: Path, poort: int | None) -> Proefomgeving:
    omgeving = read_proefomgeving(folder, organisaties=_ORGANISATIES)
    if poort not in {None, omgeving.matcher.port}:
        raise OmgevingFout(
            f"De proefomgeving in {folder} gebruikt poort {omgeving.matcher.port}. Laat --poort weg, of kies een "
            "nieuwe map."
        )
    for used in (omgeving.matcher.port, *(houder.port for houder in omgeving.sleutelhouders)):
        if not is_free(used):
            raise OmgevingFout(
                f"Poort {used} van de proefomgeving in {folder} is in gebruik. Draait zij nog? Stop die dan, of kies "
                "met --map een nieuwe map."
            )
    return omgeving


def _check_new(folder: Path, poort: int | None) -> None:
    # Before anything is written, so that the same folder can be named again.
    if poort is not None and not is_free(poort):
        raise OmgevingFout(f"Poort {poort} is al in gebruik. Kies met --poort een andere, of laat --poort weg.")
    require_fit(folder)
    _make_empty(folder)


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
        ("sleutelhouder", omgeving.sleutelhouders[0].basis_url),
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
