"""Lines of an explanation: headings, indented paragraphs, no longer than a terminal is wide."""

import textwrap
from collections.abc import Iterable
from typing import Final

BREEDTE: Final = 100


def alinea(tekst: str, inspringing: int = 0) -> str:
    """Return a paragraph, folded; what goes on stands two places further than where it began."""
    return textwrap.fill(
        " ".join(tekst.split()),
        width=BREEDTE,
        initial_indent=" " * inspringing,
        subsequent_indent=" " * (inspringing + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def blokken(delen: Iterable[str]) -> str:
    """Return the parts with an empty line between them."""
    return "\n\n".join(deel for deel in delen if deel)
