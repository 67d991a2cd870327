"""YAML as JSON with line numbers.

Why not `yaml.safe_load`: it keeps the last of two equal keys, expands anchors (a few lines can fill the
memory), reads `no` as False and 2026-01-01 as a date, and forgets the lines. Here the events of the parser
are turned into JSON values in one pass; a plain scalar is true, false, null, a decimal integer without
leading zeros, or else text. So an OIN is text, also without quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from convenant.errors import Bevinding, OngeldigConvenant

MAX_BYTES: Final = 1024 * 1024
_MAX_DEPTH: Final = 16  # a convenant has six levels

# The C parser is not in every build of PyYAML; both give the same events.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")  # what fits in the integers of RFC 8785
_SHOWABLE_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")

_ALIAS: Final = "Verwijzingen (& en *) mogen niet in een convenant. Schrijf de waarde voluit."
_TAG: Final = "Typeaanduidingen (!) mogen niet in een convenant. Haal de aanduiding weg."
_DEPTH: Final = "Het document is te diep genest."
_KEY: Final = "Een veldnaam moet gewone tekst zijn."
_DUPLICATE: Final = "Dit veld staat er twee keer. Laat er één staan."
_EMPTY: Final = "Hier ontbreekt de waarde. Vul haar in of haal het veld weg."
_NOT_A_MAPPING: Final = "Een convenant begint met velden, zoals 'convenant: voorbeeld-2026'."
_SYNTAX: Final = (
    "Dit is geen geldige YAML. Kijk op deze regel en de regel erboven naar inspringing en aanhalingstekens."
)
_TOO_LARGE: Final = "Het document is groter dan 1 MiB."
_MANY: Final = "Het bestand mag maar één document bevatten. Haal de scheiding (---) en wat erna komt weg."


@dataclass(slots=True)
class GelezenDocument:
    """Values, the line (from 1) of every dotted path, and the findings that did not stop the reading."""

    document: dict[str, Any] = field(default_factory=dict)
    regels: dict[str, int] = field(default_factory=dict)
    bevindingen: list[Bevinding] = field(default_factory=list)


class _RefusedError(Exception):
    """Stops reading; the document will not be judged any further."""

    def __init__(self, regel: int | None, melding: str, pad: str = "") -> None:
        super().__init__(melding)
        self.bevinding = Bevinding(pad, regel, melding)


def pad_of(*delen: str | int) -> str:
    """Return the dotted path; a key unlike a field name is shown as `?`, for it could be a pasted secret."""
    return ".".join(str(deel) if isinstance(deel, int) or _SHOWABLE_KEY.fullmatch(deel) else "?" for deel in delen)


class _Builder:
    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self.gelezen = GelezenDocument()

    def build(self) -> GelezenDocument:
        next(self._events)  # start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _RefusedError(None, _NOT_A_MAPPING)
        value = self._value(next(self._events), ())
        next(self._events)  # end of the document
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            raise _RefusedError(_line(end), _MANY)
        if not isinstance(value, dict):
            raise _RefusedError(1, _NOT_A_MAPPING)
        self.gelezen.document = value
        return self.gelezen

    def _value(self, event: Any, pad: tuple[str | int, ...]) -> Any:
        self.gelezen.regels.setdefault(pad_of(*pad), _line(event))
        _refuse_machinery(event, pad)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(pad)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(pad)
        value = _scalar(event)
        if value is None:
            self._report(event, pad, _EMPTY)
        return value

    def _mapping(self, pad: tuple[str | int, ...]) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            _refuse_machinery(event, pad)
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError(_line(event), _KEY, pad_of(*pad))
            key, here = event.value, (*pad, event.value)
            if key in mapping:
                self._report(event, here, _DUPLICATE)
            self.gelezen.regels.setdefault(pad_of(*here), _line(event))
            value = self._value(next(self._events), here)
            mapping.setdefault(key, value)
        return mapping

    def _sequence(self, pad: tuple[str | int, ...]) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*pad, len(items))))
        return items

    def _report(self, event: Any, pad: tuple[str | int, ...], melding: str) -> None:
        self.gelezen.bevindingen.append(Bevinding(pad_of(*pad), _line(event), melding))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refuse_machinery(event: Any, pad: tuple[str | int, ...]) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _RefusedError(_line(event), _ALIAS, pad_of(*pad))
    if event.tag is not None:
        raise _RefusedError(_line(event), _TAG, pad_of(*pad))
    if len(pad) > _MAX_DEPTH:
        raise _RefusedError(_line(event), _DEPTH)


def _scalar(event: Any) -> Any:
    plain = event.implicit[0]
    if plain and event.value in _WORDS:
        return _WORDS[event.value]
    if plain and _INTEGER.fullmatch(event.value):
        return int(event.value)
    return event.value


def _build(text: str) -> GelezenDocument:
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        raise _RefusedError(None, _TOO_LARGE)
    try:
        return _Builder(iter(yaml.parse(text, Loader=_LOADER))).build()
    except (yaml.YAMLError, UnicodeError) as fout:
        mark = getattr(fout, "problem_mark", None)
        # Without its cause: the parser quotes the line, and somebody may have pasted a private key there.
        raise _RefusedError(mark.line + 1 if mark else None, _SYNTAX) from None


def read_yaml(text: str, *, bron: str) -> GelezenDocument:
    """Return the document with its lines and lesser findings (duplicate keys, empty values).

    `bron` names the source in the error. Raises `OngeldigConvenant` for what stops the reading: no YAML,
    anchors, aliases, tags, more than one document, more than 1 MiB, or deeper than any convenant is.
    """
    try:
        return _build(text)
    except _RefusedError as fout:
        bevinding = fout.bevinding
    raise OngeldigConvenant(bron, (bevinding,))
