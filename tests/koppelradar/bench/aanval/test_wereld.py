"""A world on a real matcher: what a dump of it holds, what it does not hold, and fishing in it."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Final

import pytest

from convenant.model import Budget
from koppelradar.bench.aanval import hengelen, woordenboek
from koppelradar.bench.aanval.buit import Buit
from koppelradar.bench.aanval.hengelen import Deelname, composed, hengel, whole
from koppelradar.bench.aanval.oordeel import judge_bekenden, judge_namen
from koppelradar.bench.aanval.voprf import Loket, Sleutelvrager
from koppelradar.bench.aanval.wereld import VANDAAG, Opzet, Wereld, running_wereld
from koppelradar.bench.aanval.woordenlijst import Woordenlijst, make_woordenlijst
from koppelradar.bench.bevolking import BevolkingFout, bevolking

INWONERS: Final = tuple(bevolking(80, zaad=2))
OPZET: Final = Opzet(signalen=30, organisaties=4, fouten=0.0, zaad=2)


@pytest.fixture(scope="module")
def wereld() -> Iterator[Wereld]:
    with running_wereld(INWONERS, OPZET) as running:
        yield running


@pytest.fixture(scope="module")
def dorp() -> Woordenlijst:
    return make_woordenlijst(INWONERS, vandaag=VANDAAG)


@pytest.fixture(scope="module")
def buit(wereld: Wereld) -> Buit:
    """The loot from before anybody fished."""
    return wereld.buit(wereld.signaleerders[-1])


def test_the_dump_holds_every_signal_with_twelve_hashes(wereld: Wereld, buit: Buit) -> None:
    assert {signaal.id for signaal in buit.dump.signalen} == set(wereld.waarheid)
    assert all(len(set(signaal.hashes)) == 12 for signaal in buit.dump.signalen)
    assert {"signaal", "koppelindex", "match", "logboek_inhoud", "idempotentie"} <= buit.dump.tabellen.keys()


def test_the_order_of_the_dump_says_nothing_of_the_population(wereld: Wereld, buit: Buit) -> None:
    order = [wereld.waarheid[signaal.id] for signaal in buit.dump.signalen]
    assert order != sorted(order)


def test_no_table_holds_a_name_or_birth_date(buit: Buit) -> None:
    text = json.dumps(buit.dump.tabellen, default=str).casefold()
    names = chain.from_iterable((i.persoon.geslachtsnaam, i.persoon.geboortedatum) for i in INWONERS)
    # The convenant itself is public and stored whole: it may hold a short name by chance.
    assert not [name for name in names if len(name) > 5 and name.casefold() in text]


def test_families_are_known_to_one_organisation(wereld: Wereld, buit: Buit) -> None:
    acts = [(signaal.organisatie, signaal.ingediend_op) for signaal in buit.dump.signalen]
    assert len(set(acts)) < len(acts)


def test_the_dictionary_needs_the_oprf_keys(wereld: Wereld, buit: Buit, dorp: Woordenlijst) -> None:
    assert wereld.oprf is not None
    assert woordenboek.val_aan(buit, dorp, None) == {}
    found = judge_namen(woordenboek.val_aan(buit, dorp, Sleutelvrager(wereld.oprf)), wereld.waarheid)
    assert (found.herkend, found.onterecht) == (len(wereld.dragers), 0)


def test_who_fishes_learns_of_those_it_is_told_of_and_no_others(wereld: Wereld, buit: Buit, dorp: Woordenlijst) -> None:
    assert wereld.oprf is not None
    budget = Budget(per_minuut=60, per_dag=50, per_maand=500)
    fisher = wereld.signaleerders[1]
    deelname = Deelname(geheimen=wereld.geheimen(fisher), loket=Loket(wereld.oprf, budget), matcher=wereld.matcher)
    vangst = hengel(deelname, dorp, whole(dorp, range(40)))
    oordeel = judge_bekenden(vangst.bekenden, wereld.waarheid)
    assert vangst.getest == 40
    assert oordeel.herkend > 0
    assert oordeel.onterecht == 0
    # With the keys and the dump nobody stays unknown, also whom the convenant says nothing of.
    known = judge_bekenden(hengelen.val_aan(buit, dorp, Sleutelvrager(wereld.oprf)), wereld.waarheid)
    assert (known.herkend, known.onterecht) == (len(wereld.dragers), 0)


def test_one_invented_signal_tests_twelve_persons(wereld: Wereld, dorp: Woordenlijst) -> None:
    assert wereld.oprf is not None
    loket = Loket(wereld.oprf, Budget(per_minuut=60, per_dag=3, per_maand=30))
    deelname = Deelname(geheimen=wereld.geheimen(wereld.signaleerders[2]), loket=loket, matcher=wereld.matcher)
    # Persons whom no other test fishes for: invented signals would meet each other.
    vangst = hengel(deelname, dorp, composed(dorp, range(40, 80)))
    oordeel = judge_bekenden(vangst.bekenden, wereld.waarheid)
    assert set(loket.gevraagd.values()) <= {0, 1, 2, 3}
    assert 25 < vangst.getest <= 36
    assert oordeel.herkend > 0


def test_refuses_more_organisations_than_the_convenant_has() -> None:
    with pytest.raises(BevolkingFout, match="Vraag minder organisaties"), running_wereld(INWONERS, _with(500)):
        pass


def _with(organisaties: int) -> Opzet:
    return Opzet(signalen=30, organisaties=organisaties, fouten=0.0, zaad=2)
