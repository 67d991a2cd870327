"""What the audience sees: plain Dutch, tables and bars."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from convenant.model import Convenant
from convenant.types import Oin
from koppelradar.demo.registers import Progress as OnProgress


class Scherm:
    """Writes to one console."""

    def __init__(self, console: Console, convenant: Convenant) -> None:
        self._console = console
        self._convenant = convenant

    def kop(self, text: str) -> None:
        """A heading."""
        self._console.print(f"\n[bold]{escape(text)}[/bold]")

    def regel(self, text: str) -> None:
        """A line."""
        self._console.print(f"  {escape(text)}")

    def naam(self, oin: Oin) -> str:
        """The name of a party."""
        return self._convenant.partij(oin).naam

    def tabel(self, title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
        """A table. Its first column stays whole on a narrow screen; the words of the others break off."""
        table = Table(title=title, title_justify="left", title_style="bold")
        for number, column in enumerate(columns):
            table.add_column(column, no_wrap=number == 0, overflow="fold")
        for row in rows:
            table.add_row(*map(escape, row))
        self._console.print(table)

    @contextmanager
    def voortgang(self, totalen: Mapping[Oin, int]) -> Iterator[OnProgress]:
        """A bar per organisation while the block runs."""
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console) as progress:
            tasks = {oin: progress.add_task(escape(self.naam(oin)), total=total) for oin, total in totalen.items()}

            def show(oin: Oin, done: int, _: int) -> None:
                progress.update(tasks[oin], completed=done)

            yield show
