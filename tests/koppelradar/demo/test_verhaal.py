"""The story holds together: who submits may, who should match does, and the twin does not."""

from datetime import UTC, date, datetime

import pytest

from client_sdk.canoniek import canoniseer
from client_sdk.client.model import Contact, Match, Notificatie, NotificatieSoort, Organisatie, Partijmelding
from client_sdk.dienst import Clientmatch, Clientnotificatie
from client_sdk.koppelsleutels import derive_koppelsleutels
from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.sleutels import ConvenantSleutel, OrganisatieSleutel, generate_sleutel
from client_sdk.types import Koppeltoken
from convenant.laden import parse_convenant
from convenant.model import Convenant
from convenant.types import ConvenantId, Epoche, Niveau
from convenant.voorbeelden import example_text
from koppelradar.demo.verhaal import DEELNEMERS, GGZ, SCHOOL, VEILIG_THUIS, WIJKTEAM, Stap, describe, steps
from koppelradar.omgeving import VOORBEELD

STAPPEN = {stap.clientnummer: stap for stap in steps()}
VANDAAG = date(2026, 6, 1)
_AFLEIDING = Tokenafleiding(ConvenantId("proef"), Epoche(1), generate_sleutel(ConvenantSleutel))


@pytest.fixture(scope="module")
def convenant() -> Convenant:
    return parse_convenant(example_text(VOORBEELD), bron=VOORBEELD)


def _tokens(stap: Stap) -> tuple[Koppeltoken, ...]:
    """What this organisation would send, with an organisation key of its own."""
    sleutels = derive_koppelsleutels(canoniseer(stap.persoon, vandaag=VANDAAG))
    eigen = generate_sleutel(OrganisatieSleutel)
    return _AFLEIDING.tokenset_hmac(sleutels, organisatiesleutel=eigen, clientnummer=stap.clientnummer).koppeltokens


@pytest.mark.parametrize("stap", STAPPEN.values(), ids=STAPPEN)
def test_every_step_is_a_soort_that_the_organisation_may_submit(stap: Stap, convenant: Convenant) -> None:
    assert stap.organisatie in DEELNEMERS
    assert convenant.may_submit(stap.organisatie, stap.signaalsoort)


@pytest.mark.parametrize("stap", STAPPEN.values(), ids=STAPPEN)
def test_every_person_is_young_enough_for_the_soort(stap: Stap, convenant: Convenant) -> None:
    limit = convenant.signaalsoort(stap.signaalsoort).leeftijd_tot
    born = canoniseer(stap.persoon, vandaag=VANDAAG).geboortedatum
    assert born is not None
    assert limit is None or born[0] + limit > convenant.geldig_tot.year


@pytest.mark.parametrize(
    ("een", "ander"),
    [("LL-2031", "WT-118"), ("P-77410", "VT-2026-0911"), ("P-77410", "WT-119"), ("VT-2026-0911", "WT-119")],
)
def test_one_person_written_differently_has_the_same_certain_token(een: str, ander: str) -> None:
    assert STAPPEN[een].persoon != STAPPEN[ander].persoon
    assert STAPPEN[een].organisatie != STAPPEN[ander].organisatie
    assert _tokens(STAPPEN[een])[0] == _tokens(STAPPEN[ander])[0]


def test_twins_differ_in_the_certain_token() -> None:
    thijs, lotte = STAPPEN["LL-2044"], STAPPEN["WT-120"]
    assert thijs.persoon.geboortedatum == lotte.persoon.geboortedatum
    assert _tokens(thijs)[0] != _tokens(lotte)[0]


def test_nobody_else_in_the_story_matches() -> None:
    certain = [_tokens(stap)[0] for stap in STAPPEN.values()]
    assert len(set(certain)) == 4  # Sanne, Renée, Thijs and Lotte


def test_no_client_number_is_used_twice() -> None:
    assert len(STAPPEN) == len(list(steps()))  # they are the keys


def test_repr_of_a_step_shows_no_person() -> None:
    for stap in STAPPEN.values():
        assert stap.persoon.geslachtsnaam not in repr(stap).replace(stap.toelichting, "")


def _notificatie(*partijen: Partijmelding, clients: tuple[str, ...]) -> Clientnotificatie:
    nu = datetime(2026, 6, 1, tzinfo=UTC)
    match = Match(
        id="m",
        convenant=ConvenantId("proef"),
        niveau=Niveau.ZEKER,
        ontstaan_op=nu,
        eigen_signalen=(),
        partijen=partijen,
    )
    event = Notificatie(id="e", soort=NotificatieSoort.MATCH_ONTSTAAN, volgnummer="0000000001", tijd=nu, inhoud=match)
    return Clientnotificatie(notificatie=event, match=Clientmatch(match=match, clientnummers=clients))


def test_a_notification_is_told_in_words(convenant: Convenant) -> None:
    ggz = Partijmelding(
        organisatie=Organisatie(oin=GGZ, naam=convenant.partij(GGZ).naam),
        contact=Contact(afdeling="Team", telefoon="072-000 00 41", email=None),
        signaalsoort="huiselijk-geweld",
        ingediend_op=None,
        artikel="4.2",
        grondslag="meldcode",
    )
    told = describe(_notificatie(ggz, clients=("W-1",)))
    assert told == ("match-ontstaan", "W-1", f"{convenant.partij(GGZ).naam}, tel. 072-000 00 41", "-", "4.2")


def test_a_notification_without_partners_or_clients_says_so() -> None:
    assert describe(_notificatie(clients=())) == ("match-ontstaan", "niet een eigen cliënt", "niemand meer", "-", "-")


def test_participants_are_the_four_of_the_story() -> None:
    assert DEELNEMERS == (SCHOOL, WIJKTEAM, GGZ, VEILIG_THUIS)
    assert {stap.organisatie for stap in STAPPEN.values()} == set(DEELNEMERS)
