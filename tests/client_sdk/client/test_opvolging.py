"""The calls about the follow-up of a match and about terms, in both shells."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from client_sdk.client import Hulp, Opvolgtoestand, Termijnstatus
from client_sdk.errors import OngeldigAntwoord, VerzoekGeweigerd

PAAR = UUID(int=7)
WIJKTEAM = {"oin": "00000099000000011000", "naam": "Wijkteam"}
TERMIJN = {
    "id": str(UUID(int=3)),
    "convenant": "nhn",
    "code": "contact-na-match",
    "artikel": "9",
    "onderwerp": str(UUID(int=1)),
    "onderwerpsoort": "match",
    "begonnenOp": "2026-03-02",
    "uiterlijk": "2026-03-09",
    "status": "nadert",
}


@pytest.fixture
def document() -> dict[str, Any]:
    return {
        "match": "m/1",
        "convenant": "nhn",
        "toestand": "regie-belegd",
        "regisseur": {**WIJKTEAM, "sinds": "2026-03-05", "eigen": False},
        "voorstel": {"kandidaat": WIJKTEAM, "door": WIJKTEAM, "op": "2026-03-03", "per": "2026-03-05"},
        "overdracht": {"aan": WIJKTEAM, "per": "2026-04-01"},
        "volgendMoment": {"op": "2026-03-12", "door": WIJKTEAM},
        "partijen": [
            {
                "paar": str(PAAR),
                "organisatie": WIJKTEAM,
                "contactOp": "2026-03-04",
                "hulp": "stagneert",
                "hulpSinds": "2026-03-06",
            }
        ],
        "eigen": {"contactOp": "2026-03-03", "hulp": "gestart", "hulpSinds": "2026-03-03"},
        "termijnen": [TERMIJN],
        "erbij": "een latere versie",
    }


@pytest.fixture
def answered(beide: Any, document: dict[str, Any]) -> Any:
    beide.tegenover.reply((201, document))
    return beide


class TestReading:
    def test_says_everything_that_is_granted(self, beide: Any, document: dict[str, Any]) -> None:
        beide.tegenover.reply((200, document))

        found = beide("opvolging.read", "m/1")

        assert found.toestand is Opvolgtoestand.REGIE_BELEGD
        assert (found.regisseur.organisatie.naam, found.regisseur.sinds) == ("Wijkteam", date(2026, 3, 5))
        assert not found.regisseur.eigen
        assert (found.voorstel.per, found.overdracht.per) == (date(2026, 3, 5), date(2026, 4, 1))
        assert found.volgend_moment.op == date(2026, 3, 12)
        assert (found.partijen[0].paar, found.partijen[0].hulp) == (PAAR, Hulp.STAGNEERT)
        assert (found.eigen.contact_op, found.eigen.afgesloten_op) == (date(2026, 3, 3), None)
        assert found.termijnen[0].status is Termijnstatus.NADERT
        assert beide.request.url.raw_path == b"/v1/matches/m%2F1/opvolging"

    def test_what_is_not_granted_is_none(self, beide: Any, document: dict[str, Any]) -> None:
        for name in ("regisseur", "voorstel", "overdracht", "volgendMoment"):
            del document[name]
        document["partijen"] = [{"paar": str(PAAR)}]
        document["eigen"] = {}
        beide.tegenover.reply((200, document))

        found = beide("opvolging.read", "m/1")

        assert (found.regisseur, found.voorstel, found.overdracht, found.volgend_moment) == (None,) * 4
        assert (found.partijen[0].organisatie, found.partijen[0].contact_op, found.partijen[0].hulp) == (None,) * 3

    @pytest.mark.parametrize("change", [{"match": "m-2"}, {"toestand": "klaar"}, {"partijen": None}, {"eigen": None}])
    def test_an_answer_that_does_not_fit_is_refused(
        self, beide: Any, document: dict[str, Any], change: dict[str, Any]
    ) -> None:
        beide.tegenover.reply((200, document | change))

        with pytest.raises(OngeldigAntwoord):
            beide("opvolging.read", "m/1")

    def test_a_match_of_others_does_not_exist(self, beide: Any) -> None:
        beide.tegenover.reply((404, {"type": "urn:problem-type:koppelradar:niet-gevonden", "detail": "Niet gevonden."}))

        with pytest.raises(VerzoekGeweigerd) as caught:
            beide("opvolging.record_contact", "m/1")
        assert (caught.value.status, caught.value.code) == (404, "niet-gevonden")


@pytest.mark.parametrize(
    ("call", "given", "path", "body"),
    [
        ("record_contact", ((), {}), "contacten", {}),
        ("propose_regisseur", (("00000099000000011000",), {}), "regievoorstellen", {"kandidaat": WIJKTEAM["oin"]}),
        (
            "propose_regisseur",
            (("00000099000000011000",), {"per": date(2026, 4, 1)}),
            "regievoorstellen",
            {"kandidaat": WIJKTEAM["oin"], "per": "2026-04-01"},
        ),
        ("accept_regie", ((), {}), "regieaanvaardingen", {}),
        ("decline_regie", ((), {}), "regieafwijzingen", {}),
        ("agree_moment", ((date(2026, 3, 12),), {}), "momenten", {"op": "2026-03-12"}),
        ("report_hulp", ((Hulp.GESTOPT,), {}), "hulpmeldingen", {"hulp": "gestopt"}),
        ("close", ((), {}), "afsluitingen", {}),
    ],
)
def test_every_act_is_asked_as_the_interface_says(answered: Any, call: str, given: Any, path: str, body: Any) -> None:
    args, kwargs = given

    assert answered(f"opvolging.{call}", "m/1", *args, **kwargs).match == "m/1"
    assert answered.request.method == "POST"
    assert answered.request.url.path == f"/v1/matches/m/1/{path}"
    assert answered.body == body


class TestTermijnen:
    def test_are_read(self, beide: Any) -> None:
        beide.tegenover.reply((200, {"termijnen": [TERMIJN]}))

        [termijn] = beide("opvolging.termijnen")

        assert (termijn.code, termijn.begonnen_op, termijn.uiterlijk) == (
            "contact-na-match",
            date(2026, 3, 2),
            date(2026, 3, 9),
        )

    def test_one_of_an_unknown_status_is_refused(self, beide: Any) -> None:
        beide.tegenover.reply((200, {"termijnen": [TERMIJN | {"status": "zoek"}]}))

        with pytest.raises(OngeldigAntwoord, match="/termijnen/0/status"):
            beide("opvolging.termijnen")
