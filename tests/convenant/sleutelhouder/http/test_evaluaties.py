"""Requests that are refused: each with its place, and without a word that was sent."""

from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import OKPKey

from convenant.base64url import encode_base64url

if TYPE_CHECKING:
    from tests.conftest import Sql
    from tests.convenant.sleutelhouder.conftest import Vrager, Wereld


def findings(answer: Any) -> list[tuple[str, str]]:
    return [(fout["pad"], fout["code"]) for fout in answer.json().get("fouten", ())]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"convenant": "elders-2026"}, ("/convenant", "onbekend-convenant"), id="convenant"),
        pytest.param({"profiel": "nl-2"}, ("/profiel", "verkeerd-profiel"), id="profile"),
        pytest.param({"epoche": 3}, ("/epoche", "epoche-loopt-niet"), id="epoch to come"),
        pytest.param({"epoche": 9}, ("/epoche", "epoche-loopt-niet"), id="unknown epoch"),
        pytest.param({"epoche": "2"}, ("/epoche", "int-type"), id="epoch as text"),
        pytest.param({"punten": {}}, ("/punten", "too-short"), id="no codes"),
        pytest.param({"punten": {"zeker": []}}, ("/punten/zeker", "too-short"), id="no points"),
        pytest.param({"punten": {"Kim Jansen": ["x"]}}, ("/punten", "onbekende-code"), id="unknown code"),
        pytest.param({"punten": {"zeker": ["x"]}}, ("/punten/zeker/0", "string-pattern-mismatch"), id="no bytes"),
        pytest.param({"punten": None}, ("/punten", "missing"), id="points left out"),
        pytest.param({"telling": "a.b.c"}, ("/telling", "ongeldige-telling"), id="statement"),
        pytest.param({"reden": "Kim Jansen"}, ("", "extra-forbidden"), id="free text"),
    ],
)
async def test_what_does_not_fit_is_named_and_not_counted(
    school: "Vrager", sql: "Sql", changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    answer = await school.ask(**changes)
    assert answer.status_code == 400
    assert findings(answer) == [expected]
    assert "Jansen" not in answer.text
    assert sql("SELECT 1 FROM verbruik UNION ALL SELECT 1 FROM logboek") == []


@pytest.mark.parametrize(
    "bad",
    [
        bytes(32),
        b"\xff" * 31 + b"\x7f",
        (2**255 - 19).to_bytes(32, "little"),
        (3).to_bytes(32, "little"),
    ],
    ids=["identity", "not reduced", "zero in disguise", "negative"],
)
async def test_a_bad_point_is_named_by_its_place_and_nothing_is_evaluated(
    school: "Vrager", maak_aanvraag: Any, sql: "Sql", bad: bytes
) -> None:
    good = maak_aanvraag()["punten"]["zeker"]
    answer = await school.ask(punten={"zeker": good, "achternaam": [good[0], encode_base64url(bad), good[1]]})
    assert answer.status_code == 400
    assert findings(answer) == [("/punten/achternaam/1", "ongeldig-punt")]
    assert encode_base64url(bad) not in answer.text
    assert sql("SELECT 1 FROM verbruik UNION ALL SELECT 1 FROM logboek") == []


async def test_more_than_a_thousand_points_of_a_code_are_refused(school: "Vrager", maak_aanvraag: Any) -> None:
    point = maak_aanvraag()["punten"]["zeker"][0]
    answer = await school.ask(punten={"zeker": [point] * 1001})
    assert findings(answer) == [("/punten/zeker", "too-long")]


async def test_a_body_that_no_valid_request_needs_is_too_large(wereld: "Wereld", school: "Vrager") -> None:
    answer = await wereld.http.post("/v1/evaluaties", content=b" " * (1024 * 1024 + 1), headers=school.headers())
    assert (answer.status_code, answer.json()["detail"]) == (413, "Stuur hoogstens duizend punten per code en verzoek.")


async def test_a_privacy_officer_cannot_ask_and_others_see_no_alarms(wereld: "Wereld", school: "Vrager") -> None:
    fg = await wereld.fg()
    assert (await fg.ask()).status_code == 403
    assert (await fg.get("/v1/budget", convenant="nhn-2026")).status_code == 403
    assert (await school.get("/v1/alarmen")).status_code == 403


async def test_without_a_token_there_is_no_evaluation(wereld: "Wereld", maak_aanvraag: Any) -> None:
    headers = {"Koppelradar-Medewerker": encode_base64url(b"m" * 32)}
    answer = await wereld.http.post("/v1/evaluaties", json=maak_aanvraag(), headers=headers)
    assert answer.status_code == 401


async def test_public_keys_are_for_everybody(wereld: "Wereld") -> None:
    answer = await wereld.http.get("/v1/sleutels", params={"convenant": "nhn-2026"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    body = answer.json()
    houder = wereld.afspraak.convenant.sleutelhouders[0]
    assert body["sleutelhouder"] == houder.oin
    assert [(e["nummer"], e["status"]) for e in body["epochen"]] == [(1, "overlap"), (2, "actief"), (3, "gemaakt")]
    for epoche in body["epochen"]:
        gepind = houder.publieke_punten(epoche["nummer"])
        assert epoche["punten"] == {code: encode_base64url(punt) for code, punt in gepind.items()}
    assert (await wereld.http.get("/v1/sleutels", params={"convenant": "elders"})).status_code == 404


async def test_the_shared_routes_work(wereld: "Wereld") -> None:
    assert (await wereld.http.get("/v1/gereedheid")).json() == {"status": "gereed"}
    assert (await wereld.http.get("/v1/gezondheid")).status_code == 200
    assert len((await wereld.http.get("/v1/jwks")).json()["keys"]) == 1


@pytest.mark.parametrize(
    ("body", "pad"),
    [({"convenant": "nhn-2026", "punten": 0}, "/punten"), ({"convenant": "nhn-2026", "punten": "9"}, "/punten")],
    ids=["nothing", "text"],
)
async def test_a_malformed_window_is_refused(school: "Vrager", body: dict[str, Any], pad: str) -> None:
    answer = await school.post("/v1/vensters", body)
    assert (answer.status_code, [p for p, _ in findings(answer)]) == (400, [pad])


async def test_a_budget_of_an_unknown_convenant_is_named_by_its_query_key(school: "Vrager") -> None:
    answer = await school.get("/v1/budget", convenant="elders-2026")
    assert (answer.status_code, findings(answer)) == (400, [("convenant", "onbekend-convenant")])


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"key": OKPKey.generate_key("Ed25519")}, id="of somebody else"),
        pytest.param({"sub": "00000099000000099000"}, id="for another organisation"),
        pytest.param({"convenant": "elders-2026"}, id="of another convenant"),
        pytest.param({"maand": "2026-13"}, id="of no month"),
        pytest.param({"signalen": -1}, id="negative"),
        pytest.param({"signalen": True}, id="no number"),
        pytest.param({"typ": "at+jwt"}, id="of another kind"),
    ],
)
async def test_a_statement_that_does_not_hold_is_refused(school: "Vrager", bad: dict[str, Any]) -> None:
    telling = school.telling(**({"signalen": 5} | bad))
    answer = await school.ask(telling=telling)
    assert (answer.status_code, findings(answer)) == (400, [("/telling", "ongeldige-telling")])
