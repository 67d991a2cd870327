"""The command `token`: what a supplier compares its own implementation of the profile with."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from client_sdk.canoniek import CanoniekePersoon, Naamdeel, canoniseer
from client_sdk.errors import KoppelradarFout, OngeldigPersoon
from client_sdk.koppelsleutels import Koppelsleutel, derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.persoon import Persoon
from client_sdk.sleutels import ConvenantSleutel, read_sleutel
from convenant.base64url import encode_base64url
from convenant.profielen import PROFIELEN
from convenant.types import ConvenantId, Epoche

_CONVENANT_ID: Final = re.compile(r"[a-z0-9-]{3,40}")
_EXIT_BAD_LINES: Final = 1
_EXIT_BAD_CALL: Final = 2
# pydantic's error types; everything that is not listed is a value of the wrong type.
_MELDINGEN: Final = {
    "missing": "Dit veld ontbreekt. Voeg het toe; leeg mag als er niets bekend is.",
    "json_invalid": "Deze regel is geen geldige JSON. Zet per regel één persoon als JSON-object.",
    "model_type": "Deze regel is geen JSON-object. Zet per regel één persoon als JSON-object.",
    "extra_forbidden": "Deze regel bevat een onbekend veld. Gebruik alleen de velden uit de helptekst.",
}
_WRONG_TYPE: Final = "Dit veld moet tekst zijn. Zet de waarde tussen aanhalingstekens."
# A key that we do not know is input like any other, so it is not repeated.
_WITHOUT_FIELD: Final = frozenset({"json_invalid", "model_type", "extra_forbidden"})


class _Regel(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geboortedatum: str
    partnernaam: str | None = None


def _stop(melding: str) -> typer.Exit:
    typer.echo(f"Fout: {melding}", err=True)
    return typer.Exit(_EXIT_BAD_CALL)


def _tokenafleiding(profiel: str, convenant: str, epoche: int, sleutelbestand: Path) -> Tokenafleiding:
    if profiel not in PROFIELEN:
        raise _stop(f"Dit profiel bestaat niet. Kies uit: {', '.join(PROFIELEN)}.")
    if not _CONVENANT_ID.fullmatch(convenant):
        raise _stop("Het id van het convenant heeft 3 tot 40 tekens: kleine letters, cijfers en streepjes.")
    if epoche < 1:
        raise _stop("Het nummer van de epoche is 1 of hoger.")
    try:
        sleutel = read_sleutel(sleutelbestand, ConvenantSleutel)
    except KoppelradarFout as error:
        raise _stop(str(error)) from error
    return Tokenafleiding(ConvenantId(convenant), Epoche(epoche), sleutel)


def _naamdelen(delen: tuple[Naamdeel, ...]) -> list[dict[str, str]]:
    return [{"voorvoegsel": deel.voorvoegsel, "naam": deel.naam} for deel in delen]


def _canoniek_json(canoniek: CanoniekePersoon) -> dict[str, Any]:
    return {
        "voornamen": list(canoniek.voornamen),
        "eersteVoornaam": canoniek.eerste_voornaam,
        "roepnaam": canoniek.roepnaam,
        "alleenVoorletters": canoniek.voorletters_only,
        "voorvoegsel": canoniek.voorvoegsel,
        "naamdelen": _naamdelen(canoniek.naamdelen),
        "partnerdelen": _naamdelen(canoniek.partnerdelen),
        "geboortedatum": str(canoniek.geboortedatum),
    }


def _koppeltoken_json(afleiding: Tokenafleiding, sleutel: Koppelsleutel) -> dict[str, str]:
    encoded = encode_base64url(afleiding.koppeltoken(sleutel.code, afleiding.mask(sleutel)))
    return {"code": sleutel.code, "koppeltoken": encoded}


def _persoon_json(line: bytes, afleiding: Tokenafleiding) -> dict[str, Any]:
    persoon = Persoon(**_Regel.model_validate_json(line).model_dump())
    canoniek = canoniseer(persoon, vandaag=date.today())
    sleutels = derive_koppelsleutels(canoniek)
    return {
        "canoniek": _canoniek_json(canoniek),
        "sleutels": [{"code": s.code, "niveau": s.niveau.value, "invoer": s.invoer} for s in sleutels],
        "koppeltokens": [_koppeltoken_json(afleiding, sleutel) for sleutel in sleutels],
    }


def _fout_json(error: OngeldigPersoon | ValidationError) -> dict[str, Any]:
    if isinstance(error, OngeldigPersoon):
        return {"fout": {"veld": error.veld, "melding": error.melding}}
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    veld = None if first["type"] in _WITHOUT_FIELD else str(first["loc"][0])
    return {"fout": {"veld": veld, "melding": _MELDINGEN.get(first["type"], _WRONG_TYPE)}}


def _results(lines: Iterable[bytes], afleiding: Tokenafleiding) -> Iterator[dict[str, Any]]:
    for regel, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            result = _persoon_json(line, afleiding)
        except (OngeldigPersoon, ValidationError) as error:
            result = _fout_json(error)
        yield {"regel": regel, **result}


def token(
    convenant: Annotated[str, typer.Option(help="Id van het convenant.")],
    epoche: Annotated[int, typer.Option(help="Nummer van de sleutelperiode.")],
    sleutelbestand: Annotated[Path, typer.Option(help="Bestand met de convenantsleutel.")],
    profiel: Annotated[str, typer.Option(help="Koppelprofiel.")] = "nl-1",
) -> None:
    """Laat zien welke koppeltokens bij een persoon horen. Alleen voor tests van leveranciers.

    LET OP: dit commando drukt namen en pseudoniemen af. Gebruik verzonnen personen en bewaar de uitvoer niet.

    Zet op de invoer per regel één persoon als JSON, met de velden voornamen, voorvoegsel, geslachtsnaam,
    geboortedatum en eventueel partnernaam. Per regel komt één regel JSON terug. Een regel die niet klopt,
    krijgt een fout; de rest gaat door en het commando eindigt met code 1.
    """
    afleiding = _tokenafleiding(profiel, convenant, epoche, sleutelbestand)
    failed = False
    for result in _results(sys.stdin.buffer, afleiding):
        failed = failed or "fout" in result
        typer.echo(json.dumps(result))
    if failed:
        raise typer.Exit(_EXIT_BAD_LINES)
