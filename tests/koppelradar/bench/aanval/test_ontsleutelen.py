"""Who holds the keys also tries the dates that a hasty typist makes."""

from dataclasses import replace
from typing import TYPE_CHECKING

from koppelradar.bench.aanval.ontsleutelen import mistyped_dates
from koppelradar.bench.aanval.oordeel import judge_namen
from koppelradar.bench.aanval.woordenboek import val_aan
from koppelradar.bench.aanval.woordenlijst import SLOTS, Ingezetene, Woordenlijst

if TYPE_CHECKING:
    from tests.koppelradar.bench.aanval.conftest import Werkplaatsmaker

SLOT = SLOTS["achternaam"]


def _mistyped(persoon: Ingezetene) -> Ingezetene:
    """Only the surname survived, and the date with its last digit changed: found in no slot as it stands."""
    sleutel = persoon.sleutels[SLOT]
    datum = sorted(mistyped_dates(sleutel.invoer[-8:]))[0]
    return replace(persoon, sleutels={SLOT: replace(sleutel, invoer=sleutel.invoer[:-8] + datum)})


def test_only_dates_that_exist() -> None:
    wrong = mistyped_dates("19800531")
    assert {"19800511", "19900531", "19800530", "19800731"} <= wrong
    assert "19800513" not in wrong
    assert "19803105" not in wrong
    assert "19800531" not in wrong
    assert "29800531" not in wrong
    assert "19800405" in mistyped_dates("19800504")


def test_finds_a_signal_with_a_wrong_digit_and_nothing_else_left(
    werkplaats: "Werkplaatsmaker", lijst: Woordenlijst
) -> None:
    plaats = werkplaats()
    persoon = next(p for p in lijst.personen if SLOT in p.sleutels)
    plaats.add(_mistyped(persoon))
    oordeel = judge_namen(val_aan(plaats.buit(), lijst, plaats.sleutel()), plaats.waarheid)
    assert (oordeel.herkend, oordeel.onterecht) == (1, 0)
