"""The calls about webhooks and mail, in both shells."""

from datetime import time
from typing import Any
from uuid import UUID

import pytest

from client_sdk.client import Emailkanaal, Emailwijze, Webhookstatus
from client_sdk.errors import OngeldigAntwoord

WEBHOOK = UUID(int=1)
DOCUMENT = {
    "id": str(WEBHOOK),
    "url": "https://ons.example/haak",
    "status": "wacht-op-handdruk",
    "aangemaaktOp": "2026-03-01T12:00:00Z",
    "verwerktTot": "0000000012",
    "mislukt": 1,
    "dodeLetters": 2,
}


class TestWebhooks:
    def test_are_registered(self, beide: Any) -> None:
        beide.tegenover.reply((201, DOCUMENT))

        webhook = beide("kanalen.add_webhook", "https://ons.example/haak", "een-geheim")

        assert (webhook.status, webhook.verwerkt_tot, webhook.dode_letters) == (
            Webhookstatus.WACHT_OP_HANDDRUK,
            "0000000012",
            2,
        )
        assert beide.body == {"url": "https://ons.example/haak", "bearer": "een-geheim"}

    def test_are_listed_and_removed(self, beide: Any) -> None:
        beide.tegenover.reply((200, {"webhooks": [DOCUMENT]}))
        assert [webhook.id for webhook in beide("kanalen.webhooks")] == [WEBHOOK]

        beide.tegenover.reply((204, None))
        assert beide("kanalen.remove_webhook", WEBHOOK) is None
        assert (beide.request.method, beide.request.url.path) == ("DELETE", f"/v1/webhooks/{WEBHOOK}")

    def test_are_resumed(self, beide: Any) -> None:
        beide.tegenover.reply((201, DOCUMENT | {"status": "actief"}))

        assert beide("kanalen.resume_webhook", WEBHOOK).status is Webhookstatus.ACTIEF
        assert beide.request.url.path == f"/v1/webhooks/{WEBHOOK}/hervattingen"

    def test_dead_letters_are_read_and_sent_again(self, beide: Any) -> None:
        beide.tegenover.reply((200, {"dodeLetters": [{"sequence": "0000000009", "id": "a"}]}))
        [letter] = beide("kanalen.dode_letters", WEBHOOK)
        assert (letter.volgnummer, letter.document["id"]) == ("0000000009", "a")
        assert "id" not in repr(letter)

        beide.tegenover.reply((201, {}))
        beide("kanalen.redeliver", WEBHOOK)
        assert beide.request.url.path == f"/v1/webhooks/{WEBHOOK}/herbezorgingen"

    @pytest.mark.parametrize("letters", [[{}], [{"sequence": "9"}]])
    def test_a_dead_letter_without_a_number_is_refused(self, beide: Any, letters: Any) -> None:
        beide.tegenover.reply((200, {"dodeLetters": letters}))

        with pytest.raises(OngeldigAntwoord):
            beide("kanalen.dode_letters", WEBHOOK)

    def test_another_webhook_is_refused(self, beide: Any) -> None:
        beide.tegenover.reply((201, DOCUMENT))

        with pytest.raises(OngeldigAntwoord):
            beide("kanalen.resume_webhook", UUID(int=2))


class TestMail:
    def test_is_set_and_read(self, beide: Any) -> None:
        answer = {"aan": True, "wijze": "dagelijks", "tijdstip": "08:30", "stilVan": "18:00", "stilTot": "07:00"}
        kanaal = Emailkanaal(
            aan=True, wijze=Emailwijze.DAGELIJKS, tijdstip=time(8, 30), stil_van=time(18), stil_tot=time(7)
        )
        beide.tegenover.reply((200, answer))

        assert beide("kanalen.set_emailkanaal", kanaal) == kanaal
        assert (beide.request.method, beide.body) == ("PUT", answer)
        beide.tegenover.reply((200, answer | {"stilVan": None, "stilTot": None}))
        assert beide("kanalen.emailkanaal").stil_van is None


def test_the_keys_of_the_matcher_are_read(beide: Any) -> None:
    beide.tegenover.reply((200, {"keys": [{"kid": "a"}]}))

    assert beide("kanalen.jwks") == {"keys": [{"kid": "a"}]}
