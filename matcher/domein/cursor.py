"""Cursors of lists: the id of the last item of the page before, which must be the caller's own."""

from convenant.web.errors import Invoerfout, OngeldigeInvoer


def known_place(place: int | None) -> int:
    """The place that a cursor stands for. Raises OngeldigeInvoer when there is none."""
    if place is None:
        fout = Invoerfout("na", "onbekende-cursor", "Gebruik de waarde 'volgende' van de vorige bladzijde.")
        raise OngeldigeInvoer(
            "Deze cursor is niet van de matcher. Begin zo nodig opnieuw, zonder cursor.", fouten=(fout,)
        )
    return place
