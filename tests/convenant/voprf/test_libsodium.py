"""The seam to libsodium: nothing is left behind on disk, and errors carry no bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from convenant.voprf import _libsodium

_ON_WINDOWS = sys.platform == "win32"


@pytest.mark.skipif(_ON_WINDOWS, reason="a loaded library cannot be removed there")
def test_leaves_no_library_in_the_temporary_folder(tmp_path: Path) -> None:
    program = "from convenant.voprf import blind; blind(b'x')"
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "TMPDIR": str(tmp_path)}, timeout=60)
    assert list(tmp_path.iterdir()) == []


def test_leaves_a_library_of_an_installation_alone(tmp_path: Path) -> None:
    library = tmp_path / "libsodium.so"
    library.touch()
    _libsodium._discard(library, folder=tmp_path / "elsewhere")
    assert library.exists()


def test_a_file_that_is_gone_already_is_no_problem(tmp_path: Path) -> None:
    _libsodium._discard(tmp_path / "gone.so", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_importing_the_convenant_alone_loads_no_libsodium() -> None:
    program = "import sys, convenant; sys.exit('rbcl' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_says_what_to_do_where_no_code_may_be_loaded() -> None:
    program = """
import sys

class Noexec:
    def find_spec(self, name, *_):
        if name == "rbcl":
            raise OSError("failed to map segment from shared object")

sys.meta_path.insert(0, Noexec())
try:
    import convenant.voprf
except ImportError as error:
    sys.exit("Zet TMPDIR op een map" not in str(error))
sys.exit(2)
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
