"""Notifications at the application: once, in order, whatever comes twice, late, early, or by another way."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.client import Notificatie, Notificatiebladzijde
from client_sdk.client.notificatieantwoorden import read_notificaties
from client_sdk.dienst import Clientnotificatie, Koppelradar
from client_sdk.dienst.berichtenbalie import Berichtenbalie
from client_sdk.errors import OngeldigAntwoord, WebhookOngeldig
from client_sdk.persoon import Persoon
from convenant.base64url import encode_base64url

WEBHOOK = UUID(int=5)
NU = datetime(2026, 3, 1, 12, tzinfo=UTC)
SLEUTEL = Ed25519PrivateKey.generate()
JWK = {
    "kty": "OKP",
    "crv": "Ed25519",
    "kid": "a",
    "x": encode_base64url(SLEUTEL.public_key().public_bytes_raw()),
}


def event(n: int, *, known: bool = True) -> dict[str, Any]:
    return {
        "id": f"id-{n}",
        "type": f"nl.koppelradar.{'convenant-gewijzigd' if known else 'later'}",
        "sequence": f"{n:010}",
        "time": "2026-03-01T12:00:00Z",
        "data": {"convenant": "nhn", "versie": n, "hash": "sha256:0", "soort": "verklaring"},
    }


def delivery(document: dict[str, Any], nu: datetime = NU) -> tuple[dict[str, str], bytes]:
    body = json.dumps(document).encode()
    header = {"alg": "EdDSA", "kid": "a", "iat": int(nu.timestamp()), "aud": str(WEBHOOK)}
    protected = encode_base64url(json.dumps(header).encode())
    signature = SLEUTEL.sign(f"{protected}.{encode_base64url(body)}".encode())
    return {"Koppelradar-Handtekening": f"{protected}..{encode_base64url(signature)}"}, body


class Kast:
    """The register as far as it is about the cursor."""

    def __init__(self) -> None:
        self.cursor = "0000000000"

    def notificatiecursor(self) -> str:
        return self.cursor

    def advance_notificatiecursor(self, cursor: str) -> None:
        self.cursor = max(self.cursor, cursor)


class Toestel:
    """The client: a feed that repeats what it gave before, as told, and gives at most two at a time."""

    def __init__(self, documents: list[dict[str, Any]]) -> None:
        self.documents = documents
        self.published = len(documents)
        self.repeats = 0
        self.jwks_asked = 0

    @property
    def kanalen(self) -> "Toestel":
        return self

    def jwks(self) -> dict[str, Any]:
        self.jwks_asked += 1
        return {"keys": [JWK]}

    def read_notificaties(self, *, na: str, wacht: int) -> Notificatiebladzijde:
        after = [d for d in self.documents[: self.published] if d["sequence"] > na][:2]
        before = [d for d in self.documents if d["sequence"] <= na][-self.repeats :] if self.repeats else []
        page = before + [d for d in after for _ in range(1 + self.repeats)]
        cursor = page[-1]["sequence"] if after else na
        return read_notificaties(json.dumps({"notificaties": page, "cursor": cursor}).encode(), na)

    def stream_notificaties(self, na: str) -> Iterator[Notificatie]:
        while (page := self.read_notificaties(na=na, wacht=0)).cursor != na:
            yield from page.notificaties
            na = page.cursor


class Koppeling:
    def receive(self, notificatie: Notificatie) -> Clientnotificatie:
        return Clientnotificatie(notificatie=notificatie)


class Proef:
    """An application that counts what it is handed."""

    def __init__(self, count: int, unknown: frozenset[int] = frozenset()) -> None:
        self.toestel = Toestel([event(n, known=n not in unknown) for n in range(1, count + 1)])
        self.kast: Any = Kast()
        self.got: list[int] = []
        self.restart()

    def restart(self) -> None:
        client: Any = self.toestel
        koppeling: Any = Koppeling()
        self.balie = Berichtenbalie(self.kast, client, koppelingen=koppeling, clock=lambda: NU)

    def webhook(self, n: int) -> None:
        # A webhook delivers what the feed has already.
        self.toestel.published = max(self.toestel.published, n)
        headers, body = delivery(self.toestel.documents[n - 1])
        self.take(self.balie.receive_webhook(headers, body, webhook=WEBHOOK))

    def take(self, notificaties: Iterator[Clientnotificatie], limit: int | None = None) -> None:
        for een in islice(notificaties, limit):
            self.got.append(int(een.notificatie.volgnummer))


@settings(max_examples=200)
@given(st.data())
def test_any_interleaving_of_replayed_and_reordered_events_is_handed_over_once_in_order(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    unknown = data.draw(st.frozensets(st.integers(1, count)))
    proef = Proef(count, unknown)
    proef.toestel.published = 0
    for way, n in data.draw(st.lists(st.tuples(st.sampled_from("wfs"), st.integers(1, count)), max_size=30)):
        proef.toestel.repeats = data.draw(st.integers(0, 2))
        if way == "w":
            proef.webhook(n)
        elif way == "f":
            proef.toestel.published = max(proef.toestel.published, n)
            proef.take(proef.balie.read(wacht=0))
        else:
            proef.take(proef.balie.follow())
    proef.toestel.published = count
    proef.take(proef.balie.read(wacht=0))

    assert proef.got == [n for n in range(1, count + 1) if n not in unknown]


@settings(max_examples=100)
@given(st.integers(1, 10), st.lists(st.integers(1, 4), max_size=10))
def test_who_stops_half_way_gets_only_the_last_one_again(count: int, stops: list[int]) -> None:
    proef = Proef(count)
    for stop in stops:
        before = len(proef.got)
        proef.take(proef.balie.read(wacht=0), stop)
        proef.restart()
        if before and len(proef.got) > before:
            assert proef.got[before] in {proef.got[before - 1], proef.got[before - 1] + 1}
    proef.take(proef.balie.read(wacht=0))

    assert sorted(set(proef.got)) == list(range(1, count + 1))


def test_one_counts_as_handed_over_when_the_next_is_asked_for() -> None:
    proef = Proef(3)
    reading = proef.balie.read(wacht=0)

    next(reading)
    assert int(proef.kast.cursor) == 0
    next(reading)
    assert int(proef.kast.cursor) == 1


def test_a_delivery_that_comes_too_early_waits_for_what_is_missing() -> None:
    proef = Proef(4)

    proef.webhook(3)
    proef.webhook(2)
    proef.webhook(4)

    assert proef.got == [1, 2, 3, 4]


def test_a_delivery_that_the_feed_does_not_have_is_refused() -> None:
    proef = Proef(2)
    headers, body = delivery(event(9))

    with pytest.raises(OngeldigAntwoord, match="niet in de lijst"):
        proef.take(proef.balie.receive_webhook(headers, body, webhook=WEBHOOK))
    assert proef.got == [1, 2]


def test_a_forged_delivery_is_refused_before_anything_is_asked() -> None:
    proef = Proef(2)
    headers, body = delivery(event(1))

    with pytest.raises(WebhookOngeldig):
        proef.balie.receive_webhook(headers, body + b" ", webhook=WEBHOOK)
    assert int(proef.kast.cursor) == 0


def test_key_ids_that_are_made_up_do_not_make_us_ask_each_time() -> None:
    proef = Proef(3)
    proef.webhook(1)
    for n in range(5):
        protected = encode_base64url(json.dumps({"kid": f"verzonnen-{n}"}).encode())
        with pytest.raises(WebhookOngeldig):
            proef.balie.receive_webhook({"Koppelradar-Handtekening": f"{protected}..AA"}, b"{}", webhook=WEBHOOK)
    proef.webhook(2)

    assert (proef.toestel.jwks_asked, proef.got) == (1, [1, 2])


class TestOfTheService:
    """The same with a register, over a socket."""

    def test_the_stream_is_followed(self, dienst: Koppelradar, matcher: Any) -> None:
        stream = "".join(f"id: {n:010}\ndata: {json.dumps(event(n))}\n\n" for n in (1, 2, 3)).encode()
        matcher.routes["GET", "/v1/notificaties/stroom"] = lambda query, body: (200, stream)

        got = [n.notificatie.volgnummer for n in islice(dienst.volg(), 3)]

        assert got == ["0000000001", "0000000002", "0000000003"]
        assert dienst.register.notificatiecursor() == "0000000002"
        assert matcher.requests("/stroom")[0].query == {"na": "0000000000"}

    def test_a_delivery_is_handed_over(self, dienst: Koppelradar, matcher: Any) -> None:
        matcher.routes["GET", "/v1/jwks"] = lambda query, body: (200, {"keys": [JWK]})
        headers, body = delivery(event(1), datetime.now(UTC))

        [first] = dienst.ontvang_webhook(headers, body, webhook=WEBHOOK)
        again = list(dienst.ontvang_webhook(headers, body, webhook=WEBHOOK))

        assert (first.notificatie.id, again) == ("id-1", [])

    def test_an_event_comes_with_the_own_client_of_the_signal_it_names(
        self, dienst: Koppelradar, matcher: Any, persoon: Persoon
    ) -> None:
        signaal = dienst.submit(persoon, clientnummer="client-9", signaalsoort="zorg-om-kind")
        data = {"convenant": "nhn-2026", "signalen": [str(signaal.id), str(uuid4())], "verlooptOp": "2026-04-01"}
        matcher.notify(data, soort="signaal-verlopen")

        [event_] = dienst.notificaties()

        assert event_.clientnummers == ("client-9",)
        assert "client-9" not in repr(event_)
