"""Ranks find nobody in an ordinary population, and everybody where frequencies point at persons."""

from dataclasses import replace
from typing import TYPE_CHECKING

from client_sdk.canoniek import Geboortedatum
from client_sdk.koppelsleutels import Koppelsleutel
from convenant.types import Niveau
from koppelradar.bench.aanval import frequentie
from koppelradar.bench.aanval.oordeel import judge_namen
from koppelradar.bench.aanval.woordenlijst import SLOTS, Ingezetene, Woordenlijst

if TYPE_CHECKING:
    from tests.koppelradar.bench.aanval.conftest import Vuller, Werkplaatsmaker

STEPS = 6


def _sleutel(code: str, nummer: int) -> dict[int, Koppelsleutel]:
    return {SLOTS[code]: Koppelsleutel(code, Niveau.MOGELIJK, f"{code}{nummer}")}


def _staircase() -> Woordenlijst:
    """Persons on a staircase: each row and each column is of another length, so frequencies tell where one stands."""
    places = [(row, column) for row in range(STEPS) for column in range(STEPS - row)]
    return Woordenlijst(
        tuple(
            Ingezetene(
                nummer=nummer,
                huishouden=nummer,
                tweeling=None,
                geboren=Geboortedatum(1980, 1, 2),
                sleutels=_sleutel("achternaam", row) | _sleutel("voornamen", column),
            )
            for nummer, (row, column) in enumerate(places)
        )
    )


def test_names_nobody_rightly_by_more_than_chance(
    werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller"
) -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    oordeel = judge_namen(frequentie.val_aan(plaats.buit(), lijst, None), plaats.waarheid)
    # It guesses at every signal. Chance alone names one in sixty; four would be one time in five hundred.
    assert len(oordeel.namingen) == len(plaats.signalen)
    assert oordeel.herkend < 4


def test_finds_everybody_with_the_oprf_keys(werkplaats: "Werkplaatsmaker", lijst: Woordenlijst, fill: "Vuller") -> None:
    plaats = werkplaats()
    fill(plaats, lijst.personen[:25])
    oordeel = judge_namen(frequentie.val_aan(plaats.buit(), lijst, plaats.sleutel()), plaats.waarheid)
    assert (oordeel.herkend, oordeel.onterecht) == (25, 0)


def test_finds_everybody_where_frequencies_point_at_persons(werkplaats: "Werkplaatsmaker") -> None:
    trap = _staircase()
    plaats = werkplaats()
    for persoon in trap.personen:
        plaats.add(persoon)
    oordeel = judge_namen(frequentie.val_aan(plaats.buit(), trap, None), plaats.waarheid)
    assert (oordeel.herkend, oordeel.onterecht) == (len(trap.personen), 0)


def test_frequencies_that_are_equal_tell_nothing(werkplaats: "Werkplaatsmaker") -> None:
    plat = Woordenlijst(
        tuple(
            replace(persoon, sleutels=_sleutel("achternaam", persoon.nummer) | _sleutel("voornamen", persoon.nummer))
            for persoon in _staircase().personen
        )
    )
    plaats = werkplaats()
    for persoon in plat.personen:
        plaats.add(persoon)
    assert judge_namen(frequentie.val_aan(plaats.buit(), plat, None), plaats.waarheid).herkend < 5
