"""The other party plays its part against a real matcher; the moments are ours, so that nobody waits for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client_sdk.client.model import NotificatieSoort
from client_sdk.dienst import Koppelradar
from client_sdk.register.model import LOPEND
from convenant.pg.ingebed import EmbeddedPostgres
from koppelradar.omgeving import make_proefomgeving, running_diensten
from koppelradar.omgeving.model import MATCHER
from koppelradar.processen import free_port
from koppelradar.proef import tegenpartij as module
from koppelradar.proef.proef import LEVERANCIER, TEGENPARTIJ
from koppelradar.proef.tegenpartij import SIGNAALSOORT, Tegenpartij
from koppelradar.proef.testpersonen import TESTPERSONEN, UITLEG, Gedrag
from koppelradar.proef.testpersonen import Testpersoon as _Testpersoon  # not a test, though its name begins with Test

PAUZE = 10.0
ONTSTAAN, VERVALLEN = NotificatieSoort.MATCH_ONTSTAAN, NotificatieSoort.MATCH_VERVALLEN


def _by(gedrag: Gedrag) -> list[_Testpersoon]:
    return [testpersoon for testpersoon in TESTPERSONEN if testpersoon.gedrag is gedrag]


@pytest.fixture(scope="module")
def radars(ruim: Path) -> Iterator[tuple[Koppelradar, Koppelradar]]:
    """The supplier and the other party, around a running matcher."""
    with EmbeddedPostgres(ruim / MATCHER) as postgres:
        omgeving = make_proefomgeving(
            ruim,
            postgres,
            organisaties=(LEVERANCIER, TEGENPARTIJ),
            poort=free_port(),
            sleutelhouder_poorten=(free_port(),),
        )
        with (
            running_diensten(omgeving, postgres, ruim),
            omgeving.open(LEVERANCIER) as leverancier,
            omgeving.open(TEGENPARTIJ) as ander,
        ):
            yield leverancier, ander


def _submit(radar: Koppelradar, testpersoon: _Testpersoon) -> None:
    radar.submit(testpersoon.persoon, clientnummer=f"L-{testpersoon.clientnummer}", signaalsoort=SIGNAALSOORT)


def _told(radar: Koppelradar) -> list[tuple[NotificatieSoort, tuple[str, ...]]]:
    told = ((found.notificatie.soort, found.clientnummers) for found in radar.notificaties())
    return [(soort, clients) for soort, clients in told if soort is not NotificatieSoort.SIGNAAL_ONTVANGEN]


def test_it_answers_every_test_person_in_the_way_that_was_explained(
    radars: tuple[Koppelradar, Koppelradar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WACHT_SECONDEN", 0)
    leverancier, ander = radars
    tegenpartij = Tegenpartij(ander, pauze=PAUZE)
    (later,), (trekt_in,) = _by(Gedrag.LATER), _by(Gedrag.TREKT_IN)
    tegenpartij.begin(0.0)
    tegenpartij.step(0.0)

    for testpersoon in TESTPERSONEN:
        _submit(leverancier, testpersoon)
    at_once = [testpersoon for testpersoon in TESTPERSONEN if testpersoon is not later]
    assert _told(leverancier) == [(ONTSTAAN, (f"L-{known.clientnummer}",)) for known in at_once]

    tegenpartij.step(1.0)
    assert _told(leverancier) == []
    tegenpartij.step(PAUZE)
    assert _told(leverancier) == [(ONTSTAAN, (f"L-{later.clientnummer}",))]

    tegenpartij.step(1.0 + PAUZE)
    assert _told(leverancier) == [(VERVALLEN, (f"L-{trekt_in.clientnummer}",))]
    tegenpartij.step(1.0 + PAUZE + PAUZE)
    assert _told(leverancier) == [(ONTSTAAN, (f"L-{trekt_in.clientnummer}",))]
    running = [signaal.clientnummer for signaal in ander.signalen() if signaal.status in LOPEND]
    assert sorted(running) == sorted(testpersoon.clientnummer for testpersoon in TESTPERSONEN)


def test_test_persons_differ_in_number_and_person() -> None:
    assert len({testpersoon.clientnummer for testpersoon in TESTPERSONEN}) == len(TESTPERSONEN)
    assert len({str(testpersoon.persoon.geboortedatum) for testpersoon in TESTPERSONEN}) == len(TESTPERSONEN)


def test_every_behaviour_has_a_test_person_and_an_explanation() -> None:
    assert {testpersoon.gedrag for testpersoon in TESTPERSONEN} == set(Gedrag) == UITLEG.keys()


def test_repr_of_a_test_person_shows_no_person() -> None:
    for testpersoon in TESTPERSONEN:
        assert testpersoon.persoon.geslachtsnaam not in repr(testpersoon)
