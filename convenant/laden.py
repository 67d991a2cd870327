"""From text to a `Convenant`, and from a document back to text.

All problems of one stage are reported together, with path and line: first what stops the reading
(`convenant._yaml`), then the shape (`convenant.document`), then, for a document of the right shape, the sense
(`convenant.zin`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from convenant._meldingen import findings
from convenant._yaml import MAX_BYTES, GelezenDocument, read_yaml
from convenant.canoniek import canonical_bytes, content_hash
from convenant.document import ConvenantDocument
from convenant.errors import Bevinding, OngeldigConvenant
from convenant.model import Convenant
from convenant.schema import json_schema
from convenant.zin import check_zin

__all__ = [
    "convenant_from_document",
    "document_from_yaml",
    "dump_yaml",
    "json_schema",
    "load_convenant",
    "parse_convenant",
    "stored_convenant",
]

_LINE_BREAKS: Final = frozenset("\x85\u2028\u2029")
_UNREADABLE: Final = "Dit bestand is niet te openen. Controleer het pad en of u het mag lezen."
_NOT_UTF8: Final = "Dit bestand is geen tekst in UTF-8. Sla het op als UTF-8."


class _PlainDumper(yaml.SafeDumper):
    """Writes a value out each time, because the loader refuses anchors, and escapes rare line breaks."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return True: never write an anchor."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Return a scalar; PyYAML would write these line breaks bare, and they would come back as spaces."""
        style = '"' if _LINE_BREAKS.intersection(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_PlainDumper.add_representer(str, _PlainDumper.represent_str)


def _line_of(pad: str, regels: Mapping[str, int]) -> int | None:
    """Return the line of the path, or of the nearest part of the document around it."""
    while pad and pad not in regels:
        pad = pad.rpartition(".")[0]
    return regels.get(pad)


def _located(bevindingen: tuple[Bevinding, ...], regels: Mapping[str, int]) -> tuple[Bevinding, ...]:
    return tuple(Bevinding(b.pad, _line_of(b.pad, regels), b.melding) for b in bevindingen)


def _in_order(bevindingen: tuple[Bevinding, ...]) -> tuple[Bevinding, ...]:
    return tuple(sorted(bevindingen, key=lambda bevinding: bevinding.regel or 0))


def _read_shape(document: dict[str, Any], bron: str) -> tuple[ConvenantDocument | None, tuple[Bevinding, ...]]:
    try:
        # Through JSON, because there pydantic's strict mode takes lists and dates for what they are.
        return ConvenantDocument.model_validate_json(canonical_bytes(document)), ()
    except ValidationError as fout:
        return None, findings(fout, document)
    except OngeldigConvenant as fout:
        raise OngeldigConvenant(bron, fout.bevindingen) from fout


def _checked(gelezen: GelezenDocument, bron: str) -> Convenant:
    document, regels, eerder = gelezen.document, gelezen.regels, tuple(gelezen.bevindingen)
    vorm, problemen = _read_shape(document, bron)
    al_gemeld = {bevinding.pad for bevinding in eerder}
    nieuw = tuple(b for b in _located(problemen, regels) if b.pad not in al_gemeld)
    if vorm is None or eerder:
        raise OngeldigConvenant(bron, _in_order((*eerder, *nieuw)))
    convenant = vorm.to_model(content_hash=content_hash(document))
    if zin := check_zin(convenant):
        raise OngeldigConvenant(bron, _in_order(_located(zin, regels)))
    return convenant


def _read_file(path: Path) -> str:
    bron = path.name
    try:
        with path.open("rb") as bestand:
            # One byte more than allowed is enough to see that it is too much.
            return bestand.read(MAX_BYTES + 1).decode()
    except OSError as fout:
        raise OngeldigConvenant(bron, (Bevinding("", None, _UNREADABLE),)) from fout
    except UnicodeDecodeError:
        # Without its cause, which holds the bytes.
        raise OngeldigConvenant(bron, (Bevinding("", None, _NOT_UTF8),)) from None


def document_from_yaml(text: str, *, bron: str) -> dict[str, Any]:
    """Return the document as JSON values, unchecked but for the YAML itself; dates are text.

    Raises `OngeldigConvenant` for no YAML, doubled keys, empty values, anchors, aliases, tags and over 1 MiB.
    """
    gelezen = read_yaml(text, bron=bron)
    if gelezen.bevindingen:
        raise OngeldigConvenant(bron, tuple(gelezen.bevindingen))
    return gelezen.document


def stored_convenant(document: dict[str, Any], *, bron: str) -> Convenant:
    """Return the convenant of a document that `convenant_from_document` let through before; its sense is not checked.

    What was signed stays what it is, also when a later release asks more of a new text. Raises `OngeldigConvenant` for
    another shape.
    """
    vorm, problemen = _read_shape(document, bron)
    if vorm is None:
        raise OngeldigConvenant(bron, problemen)
    return vorm.to_model(content_hash=content_hash(document))


def convenant_from_document(document: dict[str, Any], *, bron: str) -> Convenant:
    """Return the convenant of a document of JSON values; findings have no lines.

    Raises `OngeldigConvenant`.
    """
    return _checked(GelezenDocument(document=document), bron)


def parse_convenant(text: str, *, bron: str) -> Convenant:
    """Return the checked convenant; that the parties signed it is not checked.

    `bron` names the source in errors. Raises `OngeldigConvenant` with every problem of the first stage that
    has any.
    """
    return _checked(read_yaml(text, bron=bron), bron)


def load_convenant(path: Path | str) -> Convenant:
    """Return the checked convenant in a UTF-8 file; see `parse_convenant`. Raises `OngeldigConvenant`."""
    path = Path(path)
    return parse_convenant(_read_file(path), bron=path.name)


def dump_yaml(document: dict[str, Any]) -> str:
    """Return YAML that `document_from_yaml` reads back to an equal document; comments are not kept."""
    return yaml.dump(document, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=100)
