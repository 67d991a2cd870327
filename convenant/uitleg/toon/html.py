"""A few elements of HTML. Whatever is not markup already is escaped, so that a name can never become markup."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

_NOT_IN_IDS: Final = re.compile("[^a-z0-9]+")


class Html(str):
    """Text that is markup, and is not escaped again; made by the functions of this module alone."""

    __slots__ = ()


def tag(naam: str, *inhoud: str, **attributen: str) -> Html:
    """Return an element; `class_` and `aria_label` stand for class and aria-label."""
    eigenschappen = "".join(
        f' {sleutel.strip("_").replace("_", "-")}="{html.escape(waarde)}"' for sleutel, waarde in attributen.items()
    )
    return Html(f"<{naam}{eigenschappen}>{samen(*inhoud)}</{naam}>")


def samen(*delen: str) -> Html:
    """Return the parts one after another, escaped where they are no markup."""
    return Html("".join(deel if isinstance(deel, Html) else html.escape(deel) for deel in delen))


def kenmerk(*delen: str) -> str:
    """Return an id for an element: letters, digits and hyphens."""
    return _NOT_IN_IDS.sub("-", " ".join(delen).lower()).strip("-")


def verwijzing(doel: str, tekst: str) -> Html:
    """Return a link to an element of the same page."""
    return tag("a", tekst, href=f"#{doel}")


def lijst(punten: Iterable[str]) -> Html:
    """Return a list; nothing for no points."""
    regels = [tag("li", punt) for punt in punten]
    return tag("ul", *regels) if regels else Html("")


def gegevens(paren: Iterable[tuple[str, str]]) -> Html:
    """Return names with what they are."""
    return tag("dl", *(tag("div", tag("dt", naam), tag("dd", waarde)) for naam, waarde in paren))


def tabel(titel: str, koppen: Sequence[str], rijen: Iterable[Sequence[str]], *, plek: str) -> Html:
    """Return a table with a caption, in a region that scrolls and can be reached by keyboard (WCAG 2.1.1).

    The first cell of a row is its heading. `plek` is the id of the region.
    """
    kop = tag("thead", tag("tr", *(tag("th", naam, scope="col") for naam in koppen)))
    lichaam = tag("tbody", *(_row(rij) for rij in rijen))
    titel_id = f"{plek}-titel"
    return tag(
        "div",
        tag("table", tag("caption", titel, id=titel_id), kop, lichaam),
        class_="tabel",
        id=plek,
        role="region",
        aria_labelledby=titel_id,
        tabindex="0",
    )


def _row(rij: Sequence[str]) -> Html:
    eerste, *rest = rij
    return tag("tr", tag("th", eerste, scope="row"), *(tag("td", cel) for cel in rest))
