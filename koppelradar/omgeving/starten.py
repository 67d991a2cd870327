"""Running the services of a trial environment, each as a process of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from convenant.pg.ingebed import EmbeddedPostgres
from koppelradar.omgeving.diensten import sleutelhouder_database
from koppelradar.omgeving.model import SLEUTELHOUDER, Proefomgeving
from koppelradar.processen import running_matcher, running_sleutelhouder
from matcher.opslag.opzet import OPZET


@dataclass(frozen=True, slots=True)
class Diensten:
    """The running processes and their log files: the matcher first, then the sleutelhouders."""

    processen: tuple[subprocess.Popen[bytes], ...]
    logs: tuple[Path, ...]

    @property
    def all_run(self) -> bool:
        """Whether none of them has stopped."""
        return all(proces.poll() is None for proces in self.processen)


@contextmanager
def running_diensten(omgeving: Proefomgeving, postgres: EmbeddedPostgres, folder: Path) -> Iterator[Diensten]:
    """Run matcher and sleutelhouders until the block ends; their logs go into `folder`. Raises ProcesFout."""
    logs = [folder / "matcher.log"]
    with ExitStack() as stack:
        processen = [
            stack.enter_context(running_matcher(omgeving.matcher, postgres.prepare(OPZET), log=logs[0])),
        ]
        for nummer, instellingen in enumerate(omgeving.sleutelhouders, start=1):
            log = folder / f"{SLEUTELHOUDER.format(nummer)}.log"
            database = sleutelhouder_database(postgres, nummer)
            processen.append(stack.enter_context(running_sleutelhouder(instellingen, database, log=log)))
            logs.append(log)
        yield Diensten(tuple(processen), tuple(logs))
