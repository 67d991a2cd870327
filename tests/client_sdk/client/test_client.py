"""The client against a small matcher on a real socket: tokens, retries, and answers that do not follow the protocol."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from client_sdk.client import (
    Aanmelding,
    AsyncMatcherClient,
    Epochetokens,
    Herhaalbeleid,
    MatcherClient,
    NotificatieSoort,
    SignaalInzending,
)
from client_sdk.errors import MatcherOnbereikbaar, NietIngelogd, OngeldigAntwoord, VerzoekGeweigerd
from client_sdk.sleutels import Ondertekensleutel
from client_sdk.types import MedewerkerPseudoniem
from convenant.types import ConvenantId, Epoche, Niveau, Oin

KEY = "sleutel-1"


def inzending() -> SignaalInzending:
    return SignaalInzending(
        id=uuid4(),
        convenant=ConvenantId("nhn"),
        profiel="nl-1",
        signaalsoort="zorg-om-kind",
        verloopt_op=date(2028, 1, 1),
        tokensets=(Epochetokens(epoche=Epoche(1), koppeltokens=("A" * 43,) * 12),),
        referentie="A" * 208,
    )


def fault(matcher: Any, path: str, times: int = 1, **details: Any) -> None:
    """Make the next requests go wrong; the fixtures' own class, so that no test module imports another."""
    matcher.faults.append(type(matcher).fault(path=path, times=times, **details))


class TestSubmitting:
    def test_gives_a_receipt_for_every_signal_in_order(self, client: MatcherClient, matcher: Any) -> None:
        batch = [inzending() for _ in range(3)]

        ontvangsten = client.submit_signalen(batch, idempotentiesleutel=KEY)

        assert [o.signaal for o in ontvangsten] == [s.id for s in batch]
        assert ontvangsten[0].ontvangen_op == datetime(2026, 3, 1, 12, tzinfo=UTC)
        assert ontvangsten[0].verloopt_op == date(2028, 1, 1)

    def test_carries_what_the_interface_asks_for(self, client: MatcherClient, matcher: Any) -> None:
        client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        [exchange] = matcher.requests("/signalen")
        assert exchange.headers["idempotency-key"] == KEY
        assert exchange.headers["content-type"] == "application/json"
        assert exchange.headers["koppelradar-medewerker"] == "A" * 43
        assert set(json.loads(exchange.body)["signalen"][0]) == {
            "id", "convenant", "profiel", "signaalsoort", "verlooptOp", "tokensets", "referentie",
        }  # fmt: skip

    def test_a_call_can_name_another_professional(self, client: MatcherClient, matcher: Any) -> None:
        ander = MedewerkerPseudoniem(b"\xff" * 32)
        client.submit_signalen([inzending()], idempotentiesleutel=KEY, medewerker=ander)

        assert matcher.requests("/signalen")[0].headers["koppelradar-medewerker"] == "_" * 42 + "8"

    def test_a_lost_answer_is_asked_again_under_the_same_key(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/signalen", drop_after=True)
        signaal = inzending()

        client.submit_signalen([signaal], idempotentiesleutel=KEY)

        first, second = matcher.requests("/signalen")
        assert first.body == second.body
        assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
        assert list(matcher.signalen) == [str(signaal.id)]

    @pytest.mark.parametrize("count", [0, 1001])
    def test_refuses_a_batch_of_the_wrong_size(self, client: MatcherClient, count: int) -> None:
        with pytest.raises(ValueError, match="1000"):
            client.submit_signalen([inzending()] * count, idempotentiesleutel=KEY)

    @pytest.mark.parametrize("key", ["kort", "met spatie", "x" * 65, "regel\neinde"])
    def test_refuses_a_key_outside_the_alphabet(self, client: MatcherClient, key: str) -> None:
        with pytest.raises(ValueError, match="idempotentiesleutel"):
            client.submit_signalen([inzending()], idempotentiesleutel=key)

    @pytest.mark.parametrize("change", ["missing", "order", "other", "status"])
    def test_a_receipt_that_does_not_fit_is_no_receipt(self, client: MatcherClient, matcher: Any, change: str) -> None:
        batch = [inzending(), inzending()]
        receipts = [
            {
                "signaal": str(s.id),
                "status": "actief",
                "ontvangenOp": "2026-03-01T12:00:00Z",
                "verlooptOp": "2028-01-01",
            }
            for s in batch
        ]
        if change == "missing":
            receipts.pop()
        elif change == "order":
            receipts.reverse()
        elif change == "other":
            receipts[0]["signaal"] = str(uuid4())
        else:
            receipts[0]["status"] = "misschien"
        fault(matcher, "/signalen", status=201, body=json.dumps({"ontvangsten": receipts}).encode())

        with pytest.raises(OngeldigAntwoord):
            client.submit_signalen(batch, idempotentiesleutel=KEY)


class TestRetrying:
    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_a_passing_failure_is_tried_again(self, client: MatcherClient, matcher: Any, status: int) -> None:
        fault(matcher, "/signalen", times=2, status=status)

        client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        assert [e.status for e in matcher.requests("/signalen")] == [status, status, 201]

    def test_the_attempts_end(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/signalen", times=9, drop=True)

        with pytest.raises(MatcherOnbereikbaar) as caught:
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        assert len(matcher.requests("/signalen")) == 3
        assert isinstance(caught.value.__cause__, httpx.RequestError)

    def test_the_cause_holds_no_request_with_credentials(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/signalen", times=9, drop=True)

        with pytest.raises(MatcherOnbereikbaar) as caught:
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        cause = caught.value.__cause__
        assert isinstance(cause, httpx.RequestError)
        with pytest.raises(RuntimeError):
            _ = cause.request

    @pytest.mark.parametrize("status", [400, 403, 404, 409, 413])
    def test_a_refusal_is_never_tried_again(self, client: MatcherClient, matcher: Any, status: int) -> None:
        fault(matcher, "/signalen", times=9, status=status)

        with pytest.raises(VerzoekGeweigerd) as caught:
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        assert caught.value.status == status
        assert len(matcher.requests("/signalen")) == 1

    def test_a_server_error_decides_nothing_and_is_not_repeated(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/signalen", times=9, status=500)

        with pytest.raises(MatcherOnbereikbaar):
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)
        assert len(matcher.requests("/signalen")) == 1

    def test_a_long_retry_after_is_left_to_the_caller(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/signalen", status=503, headers={"Retry-After": "120"})

        with pytest.raises(MatcherOnbereikbaar) as caught:
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        assert caught.value.retry_after == 120
        assert len(matcher.requests("/signalen")) == 1

    def test_a_redirect_is_not_followed(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/signalen", status=307, headers={"Location": f"{matcher.url}/v1/elders"})

        with pytest.raises(OngeldigAntwoord, match="307"):
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)
        assert matcher.requests("/elders") == []


class TestLoggingIn:
    def test_one_token_serves_many_calls(self, client: MatcherClient, matcher: Any) -> None:
        for _ in range(3):
            client.read_notificaties()

        assert len(matcher.requests("/token")) == 1

    def test_a_token_that_ends_within_thirty_seconds_is_not_used_again(
        self, client: MatcherClient, matcher: Any
    ) -> None:
        matcher.expires_in = 29
        client.read_notificaties()
        client.read_notificaties()

        assert len(matcher.requests("/token")) == 2

    def test_a_token_that_is_no_longer_accepted_is_replaced_once(self, client: MatcherClient, matcher: Any) -> None:
        client.read_notificaties()
        matcher.tokens.clear()
        client.read_notificaties()

        assert [e.status for e in matcher.requests("/notificaties")] == [200, 401, 200]

    def test_a_fresh_token_that_is_refused_ends_it(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/notificaties", times=9, status=401)

        with pytest.raises(NietIngelogd):
            client.read_notificaties()
        assert len(matcher.requests("/token")) == 1
        assert len(matcher.requests("/notificaties")) == 1

    def test_every_attempt_has_an_assertion_of_its_own(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/token", drop_after=True)

        client.read_notificaties()

        assert [e.status for e in matcher.requests("/token")] == [200, 200]
        assert len(matcher.jtis) == 2

    def test_an_unknown_key_is_not_logged_in(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/token", times=9, status=401)

        with pytest.raises(NietIngelogd):
            client.read_notificaties()

    def test_another_kind_of_token_is_refused(self, client: MatcherClient, matcher: Any) -> None:
        body = b'{"access_token": "a", "token_type": "mac", "expires_in": 1}'
        fault(matcher, "/token", status=200, body=body)

        with pytest.raises(OngeldigAntwoord):
            client.read_notificaties()


class TestReading:
    def test_all_pages_are_read(self, client: MatcherClient) -> None:
        batch = [inzending() for _ in range(5)]
        client.submit_signalen(batch, idempotentiesleutel=KEY)

        assert [s.id for s in client.list_signalen(limiet=2)] == [s.id for s in batch]

    def test_a_referentie_comes_back_as_bytes(self, client: MatcherClient) -> None:
        client.submit_signalen([inzending()], idempotentiesleutel=KEY)
        [eigen] = client.list_signalen()

        assert eigen.referentie == bytes(156)
        assert eigen.ingediend_op.tzinfo is UTC

    def test_a_cursor_that_stands_still_is_found(self, client: MatcherClient, matcher: Any) -> None:
        fault(matcher, "/matches", times=9, status=200, body=b'{"matches": [], "volgende": "5"}')

        with pytest.raises(OngeldigAntwoord, match="dezelfde bladzijde"):
            list(client.list_matches())

    def test_what_is_not_granted_is_none(
        self, client: MatcherClient, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        for name in ("organisatie", "contact", "signaalsoort", "ingediendOp"):
            del match_document["partijen"][0][name]
        matcher.matches = [match_document]

        [match] = client.list_matches()

        [partij] = match.partijen
        assert match.niveau is Niveau.ZEKER
        assert (partij.organisatie, partij.contact, partij.signaalsoort, partij.ingediend_op) == (None,) * 4
        assert partij.artikel == "3"

    def test_unknown_members_are_ignored(
        self, client: MatcherClient, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        match_document["nieuw"] = {"a": 1}
        match_document["partijen"][0]["nieuw"] = 1
        matcher.matches = [match_document]

        assert next(client.list_matches()).partijen[0].organisatie is not None

    @pytest.mark.parametrize("member", ["id", "niveau", "ontstaanOp", "eigenSignalen", "partijen"])
    def test_a_missing_member_is_named_without_its_neighbours(
        self, client: MatcherClient, matcher: Any, match_document: dict[str, Any], member: str
    ) -> None:
        del match_document[member]
        matcher.matches = [match_document]

        with pytest.raises(OngeldigAntwoord, match=f"/matches/0/{member}") as caught:
            list(client.list_matches())
        assert "Wijkteam" not in f"{caught.value} {caught.value.__cause__}"

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"matches": 3, "volgende": null}', b"\xff"])
    def test_an_answer_of_another_form_is_an_error(self, client: MatcherClient, matcher: Any, body: bytes) -> None:
        fault(matcher, "/matches", status=200, body=body)

        with pytest.raises(OngeldigAntwoord):
            list(client.list_matches())

    def test_a_withdrawal_is_confirmed_for_that_signal(self, client: MatcherClient, matcher: Any) -> None:
        signaal = inzending()
        client.submit_signalen([signaal], idempotentiesleutel=KEY)

        first = client.withdraw_signaal(signaal.id)

        assert client.withdraw_signaal(signaal.id) == first
        body = json.dumps(
            {"signaal": str(UUID(int=1)), "status": "ingetrokken", "ingetrokkenOp": "2026-01-01T00:00:00Z"}
        )
        fault(matcher, "/intrekkingen", status=201, body=body.encode())
        with pytest.raises(OngeldigAntwoord):
            client.withdraw_signaal(signaal.id)


class TestRefusals:
    def test_a_problem_is_read_in_full(self, client: MatcherClient, matcher: Any) -> None:
        matcher.refuse = {"zorg-om-kind": "te-laat"}

        with pytest.raises(VerzoekGeweigerd) as caught:
            client.submit_signalen([inzending()], idempotentiesleutel=KEY)

        assert caught.value.code == "ongeldige-invoer"
        assert caught.value.kenmerk == "urn:uuid:00000000-0000-4000-8000-000000000000"
        assert [(f.pad, f.code) for f in caught.value.fouten] == [("/signalen/0/verlooptOp", "te-laat")]

    @pytest.mark.parametrize("body", [b"<html>", b"[1]", b'{"detail": 3, "fouten": {}}', b'{"fouten": [1, null]}'])
    def test_a_proxy_that_answers_something_else_is_still_a_refusal(
        self, client: MatcherClient, matcher: Any, body: bytes
    ) -> None:
        fault(matcher, "/notificaties", status=403, body=body)

        with pytest.raises(VerzoekGeweigerd) as caught:
            client.read_notificaties()
        assert caught.value.code == "http-403"
        assert caught.value.fouten == ()


class TestNotifications:
    def test_come_in_order_from_the_cursor(
        self, client: MatcherClient, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        for _ in range(3):
            matcher.notify(match_document)

        page = client.read_notificaties(na="0000000001", limiet=10)

        assert [n.volgnummer for n in page.notificaties] == ["0000000002", "0000000003"]
        assert page.notificaties[0].soort is NotificatieSoort.MATCH_ONTSTAAN
        assert page.cursor == "0000000003"

    def test_a_kind_of_a_later_version_is_passed_over(
        self, client: MatcherClient, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        matcher.notify(match_document, soort="iets-nieuws")

        page = client.read_notificaties()

        assert (page.notificaties, page.cursor) == ((), "0000000001")

    def test_a_gap_is_found(self, client: MatcherClient, matcher: Any, match_document: dict[str, Any]) -> None:
        for _ in range(3):
            matcher.notify(match_document)
        del matcher.events[1]

        with pytest.raises(OngeldigAntwoord, match="ontbreekt"):
            client.read_notificaties()
        with pytest.raises(OngeldigAntwoord, match="ontbreekt"):
            client.read_notificaties(na="0000000001")

    def test_the_first_page_can_start_later(
        self, client: MatcherClient, matcher: Any, match_document: dict[str, Any]
    ) -> None:
        for _ in range(3):
            matcher.notify(match_document)
        del matcher.events[0]

        assert len(client.read_notificaties().notificaties) == 2

    @pytest.mark.parametrize(("wacht", "limiet"), [(-1, 1), (31, 1), (0, 0), (0, 1001)])
    def test_refuses_what_the_interface_refuses(self, client: MatcherClient, wacht: int, limiet: int) -> None:
        with pytest.raises(ValueError, match=r"van 0 tot 30|tussen 1 en 1000"):
            client.read_notificaties(wacht=wacht, limiet=limiet)


class TestAsync:
    @pytest.fixture
    def aanmelding(self, matcher: Any) -> Aanmelding:
        sleutel = Ondertekensleutel.generate()
        matcher.trust(sleutel)
        return Aanmelding(url=matcher.url, oin=Oin("00000099000000021000"), ondertekensleutel=sleutel)

    async def test_does_what_the_other_does(
        self, aanmelding: Aanmelding, matcher: Any, beleid: Herhaalbeleid, match_document: dict[str, Any]
    ) -> None:
        fault(matcher, "/signalen", times=2, status=503)
        batch = [inzending() for _ in range(3)]
        matcher.matches = [match_document]
        matcher.notify(match_document)
        medewerker = MedewerkerPseudoniem(bytes(32))

        async with AsyncMatcherClient(aanmelding, medewerker=medewerker, herhaalbeleid=beleid) as client:
            ontvangsten = await client.submit_signalen(batch, idempotentiesleutel=KEY)
            signalen = [s.id async for s in client.list_signalen(limiet=2)]
            matches = [m.id async for m in client.list_matches()]
            page = await client.read_notificaties()
            intrekking = await client.withdraw_signaal(batch[0].id)

        assert [o.signaal for o in ontvangsten] == signalen == [s.id for s in batch]
        assert matches == [match.id for n in page.notificaties if (match := n.match)] == ["m-1"]
        assert intrekking.signaal == batch[0].id

    async def test_not_reaching_the_matcher_is_the_same_error(
        self, aanmelding: Aanmelding, matcher: Any, beleid: Herhaalbeleid
    ) -> None:
        fault(matcher, "/notificaties", times=9, drop=True)
        medewerker = MedewerkerPseudoniem(bytes(32))

        async with AsyncMatcherClient(aanmelding, medewerker=medewerker, herhaalbeleid=beleid) as client:
            with pytest.raises(MatcherOnbereikbaar):
                await client.read_notificaties()
