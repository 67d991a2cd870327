"""Signals from a CSV file, such as a school system exports.

The file is read twice: once to find everything that makes it unusable as a whole, so that nothing is
submitted from a file in the wrong encoding, and once to submit, row by row. No message repeats what a cell or
a header holds: a file without a header has a person on its first line.
"""

import csv
import difflib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from client_sdk.dienst import Indiening, Koppelradar, Uitkomst, Voortgang
from client_sdk.errors import (
    KoppelradarFout,
    LeeftijdsgrensFout,
    OngeldigClientnummer,
    OngeldigCsv,
    OngeldigPersoon,
)
from client_sdk.persoon import Persoon
from client_sdk.register import SignaalStatus

COLUMNS: Final = (
    "clientnummer",
    "voornamen",
    "voorvoegsel",
    "geslachtsnaam",
    "geboortedatum",
    "partnernaam",
    "signaalsoort",
)
_OPTIONAL: Final = frozenset({"partnernaam"})
_SEPARATORS: Final = (";", ",", "\t")
_BOM: Final = b"\xef\xbb\xbf"

OnImportProgress: TypeAlias = Callable[[int, int], None]
"""Called with the number of rows dealt with and the number of rows in the file."""


@dataclass(frozen=True, slots=True, order=True)
class RijFout:
    """Why a row was not submitted: the line in the file (from 1), the column if one is to blame, what to do."""

    regel: int
    kolom: str | None
    melding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportVerslag:
    """What became of every row; the three counts and the errors add up to `gelezen`.

    `ingediend` are new and received, `wachtend` are in the register until the matcher is there, `bestond_al`
    were received before.
    """

    gelezen: int
    ingediend: int
    wachtend: int
    bestond_al: int
    fouten: tuple[RijFout, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    separator: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    regel: int
    cells: tuple[str, ...]


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines as text. Raises OngeldigCsv with line and column where the file is not UTF-8."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield _text(line.removeprefix(_BOM) if number == 1 else line, number)
    except OSError as error:
        raise OngeldigCsv(f"Het bestand {path} kan niet worden gelezen. Controleer het pad.") from error


def _text(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8")) + 1
        # Without its cause: that one holds the line.
        raise OngeldigCsv(
            f"Het bestand is geen UTF-8: regel {number}, positie {column}. "
            "Sla het in uw rekenprogramma op als 'CSV UTF-8'."
        ) from None


def _rows(path: Path, separator: str) -> Iterator[_Row]:
    """Yield the rows that hold anything, each with the line on which it starts; the header is the first."""
    reader = csv.reader(_lines(path), delimiter=separator, strict=True)
    while True:
        regel = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Without its cause: that one can quote a cell.
            raise OngeldigCsv(
                f"Het bestand klopt niet vanaf regel {regel}. Controleer de aanhalingstekens in die regel."
            ) from None
        if any(cell.strip() for cell in cells):
            yield _Row(regel, tuple(cell.strip() for cell in cells))


def _read_layout(path: Path, *, signaalsoort_given: bool) -> _Layout:
    header = next(_lines(path), "")
    headers = {separator: _names(header, separator) for separator in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda candidate: len(set(headers[candidate]) & set(COLUMNS)))
    columns = headers[separator]
    _check_columns(columns, optional=_OPTIONAL | ({"signaalsoort"} if signaalsoort_given else set()))
    return _Layout(separator, columns)


def _names(header: str, separator: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([header], delimiter=separator), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().lower() for cell in cells)


def _check_columns(columns: tuple[str, ...], *, optional: frozenset[str]) -> None:
    problems = [_unknown(number, name) for number, name in enumerate(columns, 1) if name not in COLUMNS]
    problems += [f"kolom {name} staat er {columns.count(name)} keer" for name in COLUMNS if columns.count(name) > 1]
    problems += [f"kolom {name} ontbreekt" for name in COLUMNS if name not in columns and name not in optional]
    if problems:
        raise OngeldigCsv(f"De kopregel klopt niet: {'; '.join(problems)}. Gebruik de kolommen {', '.join(COLUMNS)}.")


def _unknown(number: int, name: str) -> str:
    near = difflib.get_close_matches(name, COLUMNS, n=1)
    return f"kolom {number} is onbekend" + (f" (bedoelt u {near[0]}?)" if near else "")


class _Import:
    """One run over the rows; collects what was wrong and on which line each submitted row stands."""

    def __init__(self, path: Path, layout: _Layout, signaalsoort: str | None) -> None:
        self._path = path
        self._layout = layout
        self._signaalsoort = signaalsoort
        self.fouten: list[RijFout] = []
        self.regels: list[int] = []

    @property
    def gelezen(self) -> int:
        return len(self.fouten) + len(self.regels)

    def indieningen(self) -> Iterator[Indiening]:
        for row in _data_rows(self._path, self._layout):
            try:
                indiening = self._indiening(row)
            except OngeldigPersoon as error:
                self.fouten.append(RijFout(row.regel, error.veld, error.melding))
                continue
            if indiening is not None:
                self.regels.append(row.regel)
                yield indiening

    def _indiening(self, row: _Row) -> Indiening | None:
        expected = len(self._layout.columns)
        if len(row.cells) != expected:
            melding = f"Deze regel heeft {len(row.cells)} velden in plaats van {expected}."
            self.fouten.append(RijFout(row.regel, None, melding))
            return None
        cells = dict(zip(self._layout.columns, row.cells, strict=True))
        persoon = Persoon(
            voornamen=cells["voornamen"],
            voorvoegsel=cells["voorvoegsel"],
            geslachtsnaam=cells["geslachtsnaam"],
            geboortedatum=cells["geboortedatum"],
            partnernaam=cells.get("partnernaam") or None,
        )
        return Indiening(
            persoon=persoon,
            clientnummer=cells["clientnummer"],
            signaalsoort=cells.get("signaalsoort") or self._signaalsoort or "",
        )


def _data_rows(path: Path, layout: _Layout) -> Iterator[_Row]:
    rows = _rows(path, layout.separator)
    next(rows, None)
    return rows


def _row_error(regel: int, uitkomst: Uitkomst) -> RijFout | None:
    if uitkomst.fout is not None:
        return RijFout(regel, _column(uitkomst.fout), _sentence(uitkomst.fout))
    if uitkomst.signaal is not None and uitkomst.signaal.status is SignaalStatus.GEWEIGERD:
        return RijFout(regel, None, f"De matcher weigerde dit signaal ({uitkomst.signaal.reden}).")
    return None


def _column(fout: KoppelradarFout) -> str:
    if isinstance(fout, OngeldigPersoon):
        return fout.veld
    if isinstance(fout, OngeldigClientnummer):
        return "clientnummer"
    return "geboortedatum" if isinstance(fout, LeeftijdsgrensFout) else "signaalsoort"


def _sentence(fout: KoppelradarFout) -> str:
    return fout.melding if isinstance(fout, OngeldigPersoon) else str(fout)


def _kind(uitkomst: Uitkomst) -> str:
    if uitkomst.signaal is not None and uitkomst.signaal.status is SignaalStatus.WACHTEND:
        return "wachtend"
    return "bestond_al" if uitkomst.bestond_al else "ingediend"


def _report(run: _Import, uitkomsten: tuple[Uitkomst, ...]) -> ImportVerslag:
    errors = [_row_error(run.regels[uitkomst.positie], uitkomst) for uitkomst in uitkomsten]
    good = [u for u, error in zip(uitkomsten, errors, strict=True) if error is None]
    kinds = Counter(_kind(uitkomst) for uitkomst in good)
    fouten = [*run.fouten, *(error for error in errors if error is not None)]
    return ImportVerslag(
        gelezen=run.gelezen,
        ingediend=kinds["ingediend"],
        wachtend=kinds["wachtend"],
        bestond_al=kinds["bestond_al"],
        fouten=tuple(sorted(fouten, key=lambda fout: fout.regel)),
    )


def import_csv(
    dienst: Koppelradar,
    path: Path,
    *,
    signaalsoort: str | None = None,
    on_progress: OnImportProgress | None = None,
) -> ImportVerslag:
    """Submit every row of a CSV file and report what became of each.

    Columns, in any order: clientnummer, voornamen, voorvoegsel, geslachtsnaam, geboortedatum, and optionally
    partnernaam and signaalsoort (required when `signaalsoort` is not given; a filled cell goes first). UTF-8,
    with or without byte order mark; separated by semicolons, commas or tabs. A wrong row does not stop the
    others, and importing the same file again submits nothing twice.

    Raises OngeldigCsv, before anything is submitted, when the file cannot be used as a whole; and what
    `Koppelradar.submit_many` raises about the matcher.
    """
    layout = _read_layout(path, signaalsoort_given=signaalsoort is not None)
    total = sum(1 for _ in _data_rows(path, layout))
    run = _Import(path, layout, signaalsoort)

    def progress(_: Voortgang) -> None:
        if on_progress is not None:
            on_progress(run.gelezen, total)

    uitkomsten = dienst.submit_many(run.indieningen(), on_progress=progress)
    return _report(run, uitkomsten)
