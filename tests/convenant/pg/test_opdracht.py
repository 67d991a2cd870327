"""What an operator reads on the command line of a service."""

import pytest

from convenant.laden import parse_convenant
from convenant.ondertekening import Bundel, Ondertekend, Stand, Status
from convenant.pg.opdracht import taken_line
from convenant.voorbeelden import example_text

MINIMAAL = parse_convenant(example_text("minimaal"), bron="voorbeeld")


def _with(aantal: int) -> Ondertekend:
    stand = Stand(
        status=Status.GELDIG,
        aanvaard=frozenset(partij.oin for partij in MINIMAAL.partijen),
        afgewezen=frozenset(),
        opgezegd=frozenset(),
        ontbreekt=frozenset(),
        geschorst=frozenset(),
        partijen=MINIMAAL.partijen[:aantal],
        geregistreerd=MINIMAAL.partijen,
    )
    return Ondertekend(convenant=MINIMAAL, verklaringen=(), stand=stand, bundel=Bundel(document={}))


@pytest.mark.parametrize(
    ("aantal", "slot"),
    [(0, "0 partijen doen mee."), (1, "1 partij doet mee."), (2, "2 partijen doen mee.")],
)
def test_what_was_taken_in_is_said_with_who_takes_part(aantal: int, slot: str) -> None:
    line = taken_line(_with(aantal))

    assert line == f"Convenant minimaal-2026 versie 1 is ingelezen: geldig, {slot}"
