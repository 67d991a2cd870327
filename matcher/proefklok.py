"""Simulated time, for trying out what takes months. For a trial environment only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from convenant.web.errors import StartFout


@dataclass(slots=True)
class Proefklok:
    """The clock of the machine plus the whole number of seconds in a file, which is read anew at each call.

    While the file cannot be read, as when it is just being written, the last number counts.
    """

    bestand: Path
    klok: Callable[[], datetime]
    _seconds: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Read the number for the first time. Raises StartFout when there is none."""
        try:
            self._seconds = self._read()
        except (OSError, ValueError) as fout:
            raise StartFout(
                f"De proefklok in {self.bestand} is niet te lezen. Zet er een geheel aantal seconden in, zoals 0."
            ) from fout

    def __call__(self) -> datetime:
        """The simulated moment."""
        try:
            self._seconds = self._read()
            return self.klok() + timedelta(seconds=self._seconds)
        except (OSError, ValueError, OverflowError):
            return self.klok() + timedelta(seconds=self._seconds)

    def _read(self) -> int:
        return int(self.bestand.read_text(encoding="ascii"))
