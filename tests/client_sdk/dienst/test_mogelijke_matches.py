"""Possible matches, wrong matches and the notifications about them."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from client_sdk.client import MogelijkeMatchStatus, NotificatieSoort, Paarbericht
from client_sdk.dienst import Koppelradar
from client_sdk.errors import OngeldigAntwoord, VerzoekGeweigerd
from client_sdk.persoon import Persoon
from client_sdk.vergelijking import vergelijking
from convenant.profielen import NL_1
from convenant.types import Niveau

KIND = "zorg-om-kind"
_MOGELIJK = next(slot.code for slot in NL_1.slots if slot.niveau is Niveau.MOGELIJK)


@pytest.fixture
def mogelijk(dienst: Koppelradar, matcher: Any, persoon: Persoon) -> dict[str, Any]:
    signaal = dienst.submit(persoon, clientnummer="client-77", signaalsoort=KIND)
    document = {
        "id": str(uuid4()),
        "convenant": "nhn-2026",
        "niveau": "mogelijk",
        "sloten": [_MOGELIJK],
        "ontstaanOp": "2026-03-01T12:00:00Z",
        "eigenSignaal": str(signaal.id),
        "status": "open",
    }
    matcher.mogelijk = [document]
    return document


def test_are_put_in_words_beside_the_own_client(dienst: Koppelradar, mogelijk: dict[str, Any]) -> None:
    [found] = dienst.mogelijke_matches()

    assert found.clientnummer == "client-77"
    assert found.vergelijking == vergelijking([_MOGELIJK])
    assert found.mogelijke_match.niveau is Niveau.MOGELIJK
    assert "client-77" not in repr(found)


def test_confirming_is_told_and_remembered(dienst: Koppelradar, matcher: Any, mogelijk: dict[str, Any]) -> None:
    id_, signaal = UUID(mogelijk["id"]), UUID(mogelijk["eigenSignaal"])
    found = dienst.bevestig(id_, acuut=True)

    assert found.mogelijke_match.status is MogelijkeMatchStatus.DOOR_U_BEVESTIGD
    assert matcher.requests("/bevestigingen")[0].body == b'{"acuut":true}'
    assert dienst.register.bevestigde_niveaus(signaal) == {Niveau.MOGELIJK}


def test_rejecting_forgets_a_confirmation(dienst: Koppelradar, mogelijk: dict[str, Any]) -> None:
    id_, signaal = UUID(mogelijk["id"]), UUID(mogelijk["eigenSignaal"])
    dienst.bevestig(id_)

    assert dienst.wijs_af(id_).mogelijke_match.status is MogelijkeMatchStatus.AFGEWEZEN
    assert dienst.register.bevestigde_niveaus(signaal) == frozenset()


def test_a_confirmation_ends_with_its_signal(dienst: Koppelradar, mogelijk: dict[str, Any]) -> None:
    dienst.bevestig(UUID(mogelijk["id"]))
    dienst.withdraw(UUID(mogelijk["eigenSignaal"]))

    assert dienst.register.bevestigde_niveaus(UUID(mogelijk["eigenSignaal"])) == frozenset()


def test_another_ones_is_refused(dienst: Koppelradar) -> None:
    for act in (dienst.bevestig, dienst.wijs_af):
        with pytest.raises(VerzoekGeweigerd) as caught:
            act(uuid4())
        assert caught.value.status == 404


def test_an_answer_about_another_one_is_no_answer(dienst: Koppelradar, matcher: Any, mogelijk: dict[str, Any]) -> None:
    id_ = uuid4()
    mogelijk_ander = {**mogelijk, "id": str(uuid4())}
    body = json.dumps(mogelijk_ander).encode()
    matcher.faults.append(type(matcher).fault(path="/bevestigingen", times=1, status=201, body=body))

    with pytest.raises(OngeldigAntwoord):
        dienst.bevestig(id_)
    assert dienst.register.bevestigde_niveaus(UUID(mogelijk["eigenSignaal"])) == frozenset()


def test_a_wrong_match_is_reported_per_pair(dienst: Koppelradar, matcher: Any) -> None:
    paar = uuid4()
    dienst.meld_onjuist("m/1", paar)

    [exchange] = matcher.requests("/onjuistmeldingen")
    assert exchange.path == "/v1/matches/m%2F1/onjuistmeldingen"
    assert exchange.body == f'{{"paar":"{paar}"}}'.encode()


@pytest.mark.parametrize(
    "soort",
    [
        NotificatieSoort.MOGELIJKE_MATCH_ONTSTAAN,
        NotificatieSoort.MOGELIJKE_MATCH_BEVESTIGD,
        NotificatieSoort.MOGELIJKE_MATCH_AFGEWEZEN,
        NotificatieSoort.MOGELIJKE_MATCH_VERVALLEN,
        NotificatieSoort.ACUUT_BEVESTIGD,
    ],
)
def test_events_come_with_the_own_client(
    dienst: Koppelradar, matcher: Any, mogelijk: dict[str, Any], soort: NotificatieSoort
) -> None:
    matcher.notify(mogelijk, soort=soort.value.removeprefix("nl.koppelradar."))

    [event] = dienst.notificaties()

    assert event.notificatie.soort is soort
    assert event.match is None
    assert event.notificatie.match is None
    assert event.mogelijke_match is not None
    assert event.clientnummers == (event.mogelijke_match.clientnummer,) == ("client-77",)


def test_the_end_of_one_forgets_the_confirmation(dienst: Koppelradar, matcher: Any, mogelijk: dict[str, Any]) -> None:
    dienst.bevestig(UUID(mogelijk["id"]))
    matcher.notify({**mogelijk, "status": "vervallen"}, soort="mogelijke-match-vervallen")
    list(dienst.notificaties())

    assert dienst.register.bevestigde_niveaus(UUID(mogelijk["eigenSignaal"])) == frozenset()


@pytest.mark.parametrize("soort", ["acuut-bevestigd", "vroeg-ingetrokken", "match-onjuist"])
def test_a_privacy_officer_is_told_of_a_pair_and_the_organisations(
    dienst: Koppelradar, matcher: Any, soort: str
) -> None:
    oins = ["00000099000000011000", "00000099000000021000"]
    document = {"id": "m-1", "convenant": "nhn-2026", "paar": str(uuid4()), "organisaties": oins}
    matcher.notify(document, soort=soort)

    [event] = dienst.notificaties()
    assert isinstance(event.notificatie.inhoud, Paarbericht)
    assert list(event.notificatie.inhoud.organisaties) == oins
    assert event.clientnummers == ()


def test_a_privacy_officer_sees_one_without_a_client(
    dienst: Koppelradar, matcher: Any, mogelijk: dict[str, Any]
) -> None:
    del mogelijk["eigenSignaal"]
    matcher.notify(mogelijk, soort="acuut-bevestigd")

    [event] = dienst.notificaties()
    assert event.mogelijke_match is not None
    assert event.mogelijke_match.clientnummer is None


def test_a_separated_pair_is_told(dienst: Koppelradar, matcher: Any) -> None:
    matcher.notify({"id": "m-1", "convenant": "nhn-2026", "paar": str(uuid4())}, soort="match-onjuist")
    matcher.notify({"id": "m-1", "convenant": "nhn-2026"}, soort="match-onjuist")

    assert [e.notificatie.soort for e in dienst.notificaties()] == [NotificatieSoort.MATCH_ONJUIST] * 2


def test_an_event_of_another_form_is_an_error(dienst: Koppelradar, matcher: Any, mogelijk: dict[str, Any]) -> None:
    matcher.notify({**mogelijk, "status": "misschien"}, soort="mogelijke-match-ontstaan")

    with pytest.raises(OngeldigAntwoord, match="/status"):
        list(dienst.notificaties())
