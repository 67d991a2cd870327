"""Server-sent events, read strictly (WHATWG HTML, 9.2.6), without I/O.

Written here and not taken from a library: what our matcher sends is three kinds of line and a comment, this is forty
lines, and the libraries there are hand an event over without a bound on its size and wrap the HTTP client, which our
conversations do not let anybody do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from client_sdk.errors import OngeldigAntwoord

MAX_EVENT_BYTES: Final = 256 * 1024
"""Four times the most that a CloudEvent may be."""

_TOO_LARGE: Final = "De matcher gaf een gebeurtenis die te groot is. Meld dit aan de beheerder."
_UNREADABLE: Final = "De stroom van de matcher bevat iets anders dan gebeurtenissen. Meld dit aan de beheerder."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroomgebeurtenis:
    """One event; `data` is its lines, joined."""

    id: str
    event: str
    data: bytes = field(repr=False)


class Stroomlezer:
    """Puts events together from chunks that may end anywhere. One for each connection: what was cut off is lost."""

    def __init__(self) -> None:
        self._rest = b""
        self._fields: dict[bytes, list[bytes]] = {}
        self._size = 0
        self._first = True

    def feed(self, chunk: bytes) -> Iterator[Stroomgebeurtenis]:
        """Yield the events that this chunk completes. Raises OngeldigAntwoord for what is none, or is too large."""
        # A CR at the end may be half of a CRLF: it waits for what follows.
        text = self._rest + chunk
        held = text[-1:] if text.endswith(b"\r") else b""
        *lines, rest = _lines(text[: len(text) - len(held)])
        self._rest = rest + held
        if len(self._rest) > MAX_EVENT_BYTES:
            raise OngeldigAntwoord(_TOO_LARGE)
        for line in lines:
            event = self._line(line)
            if event is not None:
                yield event

    def _line(self, line: bytes) -> Stroomgebeurtenis | None:
        if self._first:
            self._first, line = False, line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            return self._dispatch()
        name, _, value = line.partition(b":")
        if not name:
            return None  # a comment: the heartbeat
        self._size += len(line)
        if self._size > MAX_EVENT_BYTES:
            raise OngeldigAntwoord(_TOO_LARGE)
        self._fields.setdefault(name, []).append(value.removeprefix(b" "))
        return None

    def _dispatch(self) -> Stroomgebeurtenis | None:
        fields, self._fields, self._size = self._fields, {}, 0
        if b"data" not in fields:
            return None
        try:
            return Stroomgebeurtenis(
                id=fields.get(b"id", [b""])[-1].decode("ascii"),
                event=fields.get(b"event", [b"message"])[-1].decode("ascii"),
                data=b"\n".join(fields[b"data"]),
            )
        except UnicodeDecodeError:
            raise OngeldigAntwoord(_UNREADABLE) from None


def _lines(text: bytes) -> list[bytes]:
    # Not splitlines: of bytes that splits at other characters too, and drops an empty last line.
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
