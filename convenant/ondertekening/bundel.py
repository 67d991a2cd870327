"""The file in which a convenant and its statements travel: JSON text, read and written. Verifies nothing."""

import json
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from convenant.canoniek import content_hash
from convenant.errors import OngeldigConvenant, OngeldigeBundel
from convenant.ondertekening._jws import MAX_CHARS
from convenant.ondertekening.model import Bundel
from convenant.ondertekening.types import Slottekst, Verklaringtekst
from convenant.ondertekening.verklaring import canonical_order, parse_unverified

MAX_BUNDEL_BYTES: Final = 16 * 1024 * 1024
MAX_VERKLARINGEN: Final = 10_000
_KENMERK: Final = "bundelversie"
_VERSIE: Final = 1


class _BundelDocument(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    bundelversie: int = Field(ge=_VERSIE, le=_VERSIE)
    document: dict[str, Any]
    verklaringen: list[str] = Field(max_length=MAX_VERKLARINGEN)
    slot: str | None = Field(default=None, max_length=MAX_CHARS)


def read_bundel(text: str, *, bron: str) -> Bundel:
    """Return what a file holds, *not* verified: see `verify_bundel`. `bron` names it in errors.

    Raises `OngeldigeBundel` for another form, a doubled or unknown field, and over 16 MiB.
    """
    if len(text) > MAX_BUNDEL_BYTES:
        raise OngeldigeBundel(f"{bron} is te groot voor een bundel. Controleer of dit het goede bestand is.")
    found = _shape(_parse(text, bron), bron)
    return Bundel(
        document=found.document,
        verklaringen=tuple(map(Verklaringtekst, found.verklaringen)),
        slot=Slottekst(found.slot) if found.slot is not None else None,
    )


def is_bundel(text: str) -> bool:
    """Return whether a text looks like a bundle rather than the YAML of a convenant."""
    return text.lstrip().startswith("{") and f'"{_KENMERK}"' in text


def dump_bundel(bundel: Bundel) -> str:
    """Return JSON that `read_bundel` reads back to an equal bundle; a line per statement, for who compares files."""
    inhoud = {
        _KENMERK: _VERSIE,
        "document": bundel.document,
        "verklaringen": list(bundel.verklaringen),
        "slot": bundel.slot,
    }
    return json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n"


def merge(een: Bundel, ander: Bundel) -> Bundel:
    """Return everything that was stated in either, once and in canonical order, *not* verified.

    The seal is kept when it is on as many statements as there are now, else it is gone: of `een` first. Raises
    `OngeldigeBundel` when the documents differ, `OngeldigeVerklaring` for a text that is no statement.
    """
    if _hash(een) != _hash(ander):
        raise OngeldigeBundel("Deze bundels gaan over verschillende teksten. Voeg alleen bundels van één versie samen.")
    union = in_order({*een.verklaringen, *ander.verklaringen})
    sealed = (bundel.slot for bundel in (een, ander) if bundel.slot and set(bundel.verklaringen) == set(union))
    return Bundel(document=een.document, verklaringen=union, slot=next(sealed, None))


def in_order(teksten: set[Verklaringtekst]) -> tuple[Verklaringtekst, ...]:
    """Return the texts in the one order in which a bundle has them. Raises `OngeldigeVerklaring`."""
    placed = sorted((parse_unverified(tekst)[0] for tekst in teksten), key=canonical_order)
    return tuple(verklaring.tekst for verklaring in placed)


def _hash(bundel: Bundel) -> str:
    try:
        return content_hash(bundel.document)
    except OngeldigConvenant:
        raise OngeldigeBundel("Het convenant in de bundel is niet te lezen. Vraag om een nieuwe bundel.") from None


def _parse(text: str, bron: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        # Without its cause, which can quote the text.
        raise OngeldigeBundel(
            f"{bron} is geen bundel: het is geen geldige JSON. Kies een bestand dat eindigt op .bundel.json."
        ) from None


def _shape(value: Any, bron: str) -> _BundelDocument:
    if isinstance(value, dict) and isinstance(value.get(_KENMERK), int) and value[_KENMERK] > _VERSIE:
        raise OngeldigeBundel(f"{bron} is van een nieuwere versie van Koppelradar. Werk Koppelradar bij.")
    try:
        return _BundelDocument.model_validate(value)
    except ValidationError:
        raise OngeldigeBundel(f"{bron} is geen bundel van Koppelradar. Controleer het bestand.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        # Two readers could each take another one of the two values.
        raise ValueError("doubled member")
    return found


def _no_constant(_: str) -> Any:
    raise ValueError("no JSON")
