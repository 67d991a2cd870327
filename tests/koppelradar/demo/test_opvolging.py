"""The story of what becomes of a match, with real processes from end to end: who hears what, and who does not."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from client_sdk.client.model import NotificatieSoort
from convenant.pg.ingebed import EmbeddedPostgres
from convenant.types import Oin
from koppelradar.demo.opvolging import Opvolgverhaal, play_opvolging, set_clock
from koppelradar.demo.scherm import Scherm
from koppelradar.demo.verhaal import DEELNEMERS, GGZ, SCHOOL, VEILIG_THUIS, WIJKTEAM
from koppelradar.errors import ProcesFout
from koppelradar.omgeving import Proefomgeving, make_proefomgeving, running_diensten
from koppelradar.omgeving.model import MATCHER
from koppelradar.processen import free_port

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def omgeving_en_verhaal() -> Iterator[tuple[Proefomgeving, Opvolgverhaal]]:
    # Not in pytest's own temporary folder: as root the database server runs as another user, who cannot get in there.
    with tempfile.TemporaryDirectory(prefix="koppelradar-test-") as name:
        folder = Path(name)
        with EmbeddedPostgres(folder / MATCHER) as postgres:
            made = make_proefomgeving(
                folder, postgres, organisaties=DEELNEMERS, poort=free_port(), sleutelhouder_poorten=(free_port(),)
            )
            omgeving = replace(made, matcher=made.matcher.model_copy(update={"proefklok": folder / "proefklok"}))
            set_clock(omgeving, timedelta())
            with running_diensten(omgeving, postgres, folder):
                scherm = Scherm(Console(quiet=True), omgeving.convenant)
                yield made, play_opvolging(omgeving, postgres, folder / "werker.log", scherm)


@pytest.fixture(scope="module")
def verhaal(omgeving_en_verhaal: tuple[Proefomgeving, Opvolgverhaal]) -> Opvolgverhaal:
    return omgeving_en_verhaal[1]


def _heard(verhaal: Opvolgverhaal, oin: Oin) -> set[NotificatieSoort]:
    return {soort for wie, soort in verhaal.verteld if wie == oin}


def test_everybody_in_the_match_hears_who_has_the_regie(verhaal: Opvolgverhaal) -> None:
    for oin in (SCHOOL, WIJKTEAM, GGZ, VEILIG_THUIS):
        assert NotificatieSoort.REGIE_VASTGESTELD in _heard(verhaal, oin) or oin == WIJKTEAM


def test_veilig_thuis_hears_of_a_signal_on_a_member_of_its_casus(verhaal: Opvolgverhaal) -> None:
    assert NotificatieSoort.RADARTREFFER in _heard(verhaal, VEILIG_THUIS)
    assert all(NotificatieSoort.RADARTREFFER not in _heard(verhaal, oin) for oin in (SCHOOL, WIJKTEAM, GGZ))


def test_who_helps_other_members_of_the_family_hears_of_each_other(verhaal: Opvolgverhaal) -> None:
    assert NotificatieSoort.GEZINSMATCH_ONTSTAAN in _heard(verhaal, WIJKTEAM)
    assert NotificatieSoort.GEZINSMATCH_ONTSTAAN in _heard(verhaal, GGZ)


def test_who_missed_the_term_hears_it_and_then_the_one_whom_the_ladder_names(verhaal: Opvolgverhaal) -> None:
    assert NotificatieSoort.TERMIJN_VERSTREKEN in _heard(verhaal, GGZ)
    assert NotificatieSoort.GEESCALEERD in _heard(verhaal, WIJKTEAM)
    assert NotificatieSoort.GEESCALEERD not in _heard(verhaal, SCHOOL)


def test_veilig_thuis_hears_that_help_stagnates_and_the_school_does_not(verhaal: Opvolgverhaal) -> None:
    assert NotificatieSoort.HULP_GEMELD in _heard(verhaal, VEILIG_THUIS)
    assert NotificatieSoort.HULP_GEMELD not in _heard(verhaal, SCHOOL)


def test_only_who_signalled_gets_word_back(verhaal: Opvolgverhaal) -> None:
    told = [oin for oin, soort in verhaal.verteld if soort is NotificatieSoort.TERUGKOPPELING]
    assert told == [SCHOOL]


def test_only_who_asked_hears_who_knows_the_father(verhaal: Opvolgverhaal) -> None:
    told = [oin for oin, soort in verhaal.verteld if soort is NotificatieSoort.BEKENDHEIDSANTWOORD]
    assert told == [VEILIG_THUIS]


def test_an_environment_without_a_clock_cannot_be_set(
    omgeving_en_verhaal: tuple[Proefomgeving, Opvolgverhaal],
) -> None:
    with pytest.raises(ProcesFout, match="proefklok"):
        set_clock(omgeving_en_verhaal[0], timedelta(days=1))
