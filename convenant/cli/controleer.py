"""`koppelradar convenant controleer`: whether documents have the right shape and make sense."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from convenant.cli._gedeeld import print_json
from convenant.cli._lezen import read_convenant, show
from convenant.errors import Bevinding, ConvenantFout, OngeldigConvenant
from convenant.model import Convenant
from convenant.terminal import EXIT_GEWEIGERD


@dataclass(frozen=True, slots=True, kw_only=True)
class _Uitslag:
    bestand: Path
    convenant: Convenant | None = None
    fout: ConvenantFout | None = None


def controleer(
    bestanden: Annotated[
        list[Path], typer.Argument(metavar="BESTAND...", help="Een of meer convenanten: YAML of een bundel.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Uitvoer als JSON, voor andere programma's.")] = False,
) -> None:
    """Controleer of een convenant klopt: alles wat niet klopt, met plaats en regel. De afsluitcode is dan 1."""
    uitslagen = [_check(bestand) for bestand in bestanden]
    if as_json:
        print_json([_as_json(uitslag) for uitslag in uitslagen])
    else:
        for uitslag in uitslagen:
            show(_as_text(uitslag), err=uitslag.fout is not None)
    if any(uitslag.fout for uitslag in uitslagen):
        raise typer.Exit(EXIT_GEWEIGERD)


def _check(bestand: Path) -> _Uitslag:
    try:
        return _Uitslag(bestand=bestand, convenant=read_convenant(bestand))
    except ConvenantFout as fout:
        return _Uitslag(bestand=bestand, fout=fout)


def _as_text(uitslag: _Uitslag) -> str:
    convenant = uitslag.convenant
    if convenant is None:
        return str(uitslag.fout)
    return f"{uitslag.bestand.name}: {convenant.id}, versie {convenant.versie}, klopt. Hash: {convenant.hash}"


def _as_json(uitslag: _Uitslag) -> dict[str, Any]:
    convenant, fout = uitslag.convenant, uitslag.fout
    kern = {"bestand": str(uitslag.bestand), "klopt": convenant is not None}
    if convenant is not None:
        return kern | {"convenant": convenant.id, "versie": convenant.versie, "hash": convenant.hash}
    bevindingen = fout.bevindingen if isinstance(fout, OngeldigConvenant) else (Bevinding("", None, str(fout)),)
    return kern | {"bevindingen": [{"pad": b.pad, "regel": b.regel, "melding": b.melding} for b in bevindingen]}
