"""The operations of libsodium that this package uses, typed; nothing else may import `rbcl`.

`cryptography` and PyNaCl do not offer ristretto255. `rbcl` carries libsodium inside a Python module, writes it at
import to a file of its own (mode 0600) in the folder for temporary files, loads it with ctypes, and never deletes
the file. So a process needs a temporary folder (`TMPDIR`) from which code may be loaded; the file itself is removed
here. ctypes releases the GIL during a call: threads run side by side.

Two habits of these functions to know. `add` gives the identity, without further sign, where an input is not valid.
The two multiplications raise RuntimeError where a point is not valid or the product is the identity.
"""

import contextlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

try:
    import rbcl  # type: ignore[import-untyped]  # the package ships no annotations
except OSError as error:
    raise ImportError(
        "De bibliotheek libsodium kan niet worden geladen. Zet TMPDIR op een map waarin dit programma mag schrijven"
        " en waaruit het code mag laden (zonder noexec)."
    ) from error

is_canonical: Final[Callable[[bytes], bool]] = rbcl.crypto_core_ristretto255_is_valid_point
from_hash: Final[Callable[[bytes], bytes]] = rbcl.crypto_core_ristretto255_from_hash
add: Final[Callable[[bytes, bytes], bytes]] = rbcl.crypto_core_ristretto255_add
multiply: Final[Callable[[bytes, bytes], bytes]] = rbcl.crypto_scalarmult_ristretto255
multiply_base: Final[Callable[[bytes], bytes]] = rbcl.crypto_scalarmult_ristretto255_base

scalar_random: Final[Callable[[], bytes]] = rbcl.crypto_core_ristretto255_scalar_random
scalar_reduce: Final[Callable[[bytes], bytes]] = rbcl.crypto_core_ristretto255_scalar_reduce
scalar_subtract: Final[Callable[[bytes, bytes], bytes]] = rbcl.crypto_core_ristretto255_scalar_sub
scalar_multiply: Final[Callable[[bytes, bytes], bytes]] = rbcl.crypto_core_ristretto255_scalar_mul
scalar_invert: Final[Callable[[bytes], bytes]] = rbcl.crypto_core_ristretto255_scalar_invert


def _discard(library: Path, *, folder: Path) -> None:
    # Every start of a process would leave almost three megabytes behind. A loaded library outlives its name, except on
    # Windows; and only a file in the temporary folder is ours to remove, not one that came with an installation.
    if sys.platform != "win32" and library.parent == folder:
        with contextlib.suppress(OSError):
            library.unlink()


_discard(Path(rbcl._sodium._name), folder=Path(tempfile.gettempdir()))
