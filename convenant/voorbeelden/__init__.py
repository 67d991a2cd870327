"""Example convenanten that come with the package: a start for a region's own, and the world of the demo.

They are for a `proef`: fictional contact data, test OINs, and keys whose private halves no longer exist.
Whether a legal basis fits a region is for its own lawyers.
"""

from importlib.resources import files
from typing import Final

from convenant.errors import OnbekendVoorbeeld

_SUFFIX: Final = ".yaml"

__all__ = ["example_names", "example_text"]


def example_names() -> tuple[str, ...]:
    """Return the names of the examples, sorted."""
    namen = (bestand.name for bestand in files(__name__).iterdir())
    return tuple(sorted(naam.removesuffix(_SUFFIX) for naam in namen if naam.endswith(_SUFFIX)))


def example_text(name: str) -> str:
    """Return the YAML of that example. Raises `OnbekendVoorbeeld`."""
    if name not in example_names():
        raise OnbekendVoorbeeld(f"Dit voorbeeld bestaat niet. Kies uit: {', '.join(example_names())}.")
    return (files(__name__) / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
