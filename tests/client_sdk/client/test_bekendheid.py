"""The calls about bekendheidsvragen, in both shells."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from client_sdk.client.bekendheid import Bekendheidsopgave, Vraagstatus
from client_sdk.client.bekendheidverzoeken import STAP
from client_sdk.errors import OngeldigAntwoord, PlafondBereikt, VerzoekGeweigerd
from client_sdk.types import Vraagtoken
from convenant.base64url import encode_base64url
from convenant.types import ConvenantId, Epoche

VRAAG = UUID(int=9)
TOKENS = tuple(Vraagtoken(bytes([n]) * 32) for n in (1, 2))
OPGAVE = Bekendheidsopgave(id=VRAAG, convenant=ConvenantId("nhn"), epoche=Epoche(3), reden="onderzoek", tokens=TOKENS)
GESTELD = {
    "id": str(VRAAG),
    "convenant": "nhn",
    "gesteldOp": "2026-03-01T12:00:00Z",
    "uiterlijk": "2026-03-03",
    "gevraagd": 4,
}
STAND = {
    **GESTELD,
    "status": "loopt",
    "beantwoord": 2,
    "personen": [
        {
            "plaats": 1,
            "organisaties": [
                {
                    "oin": "00000099000000011000",
                    "naam": "Wijkteam",
                    "contact": {"afdeling": "Toegang", "telefoon": "0720000000", "email": "a@example.nl"},
                    "artikel": "5.4",
                    "grondslag": "wmo",
                },
                {"oin": "00000099000000041000", "naam": "GGZ", "artikel": "5.4", "grondslag": "wmo"},
            ],
        }
    ],
    "erbij": "een latere versie",
}


def test_a_question_is_put_with_its_tokens_and_reason(beide: Any) -> None:
    beide.tegenover.reply((201, GESTELD))
    vraag = beide("bekendheid.ask", OPGAVE)
    assert (vraag.id, vraag.uiterlijk, vraag.gevraagd) == (VRAAG, date(2026, 3, 3), 4)
    assert beide.request.url.path == "/v1/bekendheidsvragen"
    assert beide.body == {
        "id": str(VRAAG),
        "convenant": "nhn",
        "epoche": 3,
        "reden": "onderzoek",
        "tokens": [encode_base64url(token) for token in TOKENS],
    }


@pytest.mark.parametrize("change", [{"id": str(UUID(int=8))}, {"convenant": "ander"}, {"uiterlijk": "morgen"}])
def test_a_confirmation_that_does_not_fit_is_refused(beide: Any, change: dict[str, Any]) -> None:
    beide.tegenover.reply((201, GESTELD | change))
    with pytest.raises(OngeldigAntwoord):
        beide("bekendheid.ask", OPGAVE)


def test_beyond_the_limit_of_the_month_it_says_so(beide: Any) -> None:
    beide.tegenover.reply((429, {"type": "urn:problem-type:koppelradar:plafond-bereikt", "detail": "Te veel."}))
    with pytest.raises(PlafondBereikt):
        beide("bekendheid.ask", OPGAVE)


@pytest.mark.parametrize(("call", "status", "path"), [("read", 200, ""), ("close", 201, "/sluitingen")])
def test_how_it_stands_names_only_whom_somebody_knows(beide: Any, call: str, status: int, path: str) -> None:
    beide.tegenover.reply((status, STAND))
    stand = beide(f"bekendheid.{call}", VRAAG)
    assert (stand.status, stand.beantwoord, stand.vraag.gevraagd) == (Vraagstatus.LOOPT, 2, 4)
    [persoon] = stand.personen
    assert persoon.plaats == 1
    wijkteam, ggz = persoon.organisaties
    assert (wijkteam.organisatie.naam, wijkteam.contact.afdeling) == ("Wijkteam", "Toegang")
    assert (ggz.contact, ggz.artikel) == (None, "5.4")
    assert beide.request.url.path == f"/v1/bekendheidsvragen/{VRAAG}{path}"
    beide.tegenover.reply((status, STAND | {"id": str(UUID(int=8))}))
    with pytest.raises(OngeldigAntwoord):
        beide(f"bekendheid.{call}", VRAAG)


def test_an_answer_is_padded_and_says_whom_a_person_decides_on(beide: Any) -> None:
    tokens = tuple(Vraagtoken(n.to_bytes(32)) for n in range(STAP))
    beide.tegenover.reply((201, {"akkoordNodig": [0, STAP - 1]}))
    assert beide("bekendheid.answer", VRAAG, tokens) == (0, STAP - 1)
    assert beide.request.url.path == f"/v1/bekendheidsvragen/{VRAAG}/antwoorden"
    assert len(beide.body["tokens"]) == STAP
    for wrong in ([STAP], [-1]):
        beide.tegenover.reply((201, {"akkoordNodig": wrong}))
        with pytest.raises(OngeldigAntwoord):
            beide("bekendheid.answer", VRAAG, tokens)


@pytest.mark.parametrize("aantal", [0, 1, STAP - 1, STAP + 1])
def test_an_answer_that_shows_how_many_clients_there_are_is_not_sent(beide: Any, aantal: int) -> None:
    with pytest.raises(ValueError, match="veelvoud"):
        beide("bekendheid.answer", VRAAG, TOKENS[:1] * aantal)
    assert beide.tegenover.requests == []


@pytest.mark.parametrize("bekend", [True, False])
def test_a_yes_or_a_no_names_the_own_token(beide: Any, bekend: bool) -> None:
    beide.tegenover.reply((201, {"id": str(VRAAG), "bekend": bekend}))
    beide("bekendheid.agree", VRAAG, TOKENS[0], bekend=bekend)
    assert beide.body == {"token": encode_base64url(TOKENS[0]), "bekend": bekend}
    beide.tegenover.reply((201, {"id": str(VRAAG), "bekend": not bekend}))
    with pytest.raises(OngeldigAntwoord):
        beide("bekendheid.agree", VRAAG, TOKENS[0], bekend=bekend)


def test_a_question_that_is_not_put_to_us_does_not_exist(beide: Any) -> None:
    beide.tegenover.reply((404, {"type": "urn:problem-type:koppelradar:niet-gevonden", "detail": "Niet gevonden."}))
    with pytest.raises(VerzoekGeweigerd) as caught:
        beide("bekendheid.read", VRAAG)
    assert caught.value.status == 404


def test_a_question_shows_no_token() -> None:
    assert "tokens" not in repr(OPGAVE)
