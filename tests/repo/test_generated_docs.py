"""The generated pages in docs/ are those of the code as it is."""

import subprocess
import sys
from pathlib import Path


def test_generated_pages_are_current(wortel: Path) -> None:
    command = [sys.executable, str(wortel / "docs/generate.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
