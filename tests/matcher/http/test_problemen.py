"""Every error is a problem document that says what to do and repeats nothing that was sent."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest
from structlog.testing import capture_logs

from convenant.pg.database import Database
from convenant.types import Sector
from matcher.opslag import signalen

if TYPE_CHECKING:
    from tests.matcher.conftest import Caller, World

Maker = Callable[..., dict[str, Any]]
MERKTEKEN = "Zwartjes-20140312"


@pytest.fixture
async def wijkteam(world: "World") -> "Caller":
    return await world.in_sector(Sector.MAATSCHAPPELIJKE_ONDERSTEUNING)


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == "1.0.0"
    assert answer.headers["cache-control"] == "no-store"
    document: dict[str, Any] = answer.json()
    assert document["type"] == f"urn:problem-type:koppelradar:{code}"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"].endswith(".")
    assert UUID(document["instance"].removeprefix("urn:uuid:"))
    return document


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("id", MERKTEKEN, "uuid-parsing"),
        ("id", 5, "uuid-type"),
        ("convenant", f"{MERKTEKEN}!", "string-pattern-mismatch"),
        ("profiel", MERKTEKEN, "string-pattern-mismatch"),
        ("signaalsoort", MERKTEKEN, "string-pattern-mismatch"),
        ("signaalsoort", None, "string-type"),
        ("verlooptOp", MERKTEKEN, "date-format"),
        ("verlooptOp", "2027-02-30", "date-format"),
        ("verlooptOp", "2027-06-01T00:00:00Z", "date-format"),
        ("verlooptOp", 1800000000, "date-format"),
        ("tokensets", [], "too-short"),
        ("tokensets", [{"epoche": 1, "koppeltokens": ["A" * 43] * 12}] * 3, "too-long"),
        ("tokensets", MERKTEKEN, "list-type"),
        ("kaart", MERKTEKEN, "model-attributes-type"),
        ("referentie", MERKTEKEN, "string-pattern-mismatch"),
    ],
)
async def test_a_malformed_field_is_named_by_its_pointer(
    wijkteam: "Caller", maak_signaal: Maker, name: str, value: Any, code: str
) -> None:
    with capture_logs() as logs:
        answer = await wijkteam.submit(maak_signaal(), maak_signaal(**{name: value}))
    document = assert_problem(answer, 400, "ongeldige-invoer")
    assert [(fout["pad"], fout["code"]) for fout in document["fouten"]] == [(f"/signalen/1/{name}", code)]
    assert MERKTEKEN not in answer.text
    assert MERKTEKEN not in str(logs)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("epoche", MERKTEKEN, "int-type"),
        ("epoche", True, "int-type"),
        ("epoche", 1.5, "int-type"),
        ("epoche", 0, "greater-than-equal"),
        ("epoche", 2**31, "less-than-equal"),
        ("koppeltokens", ["A" * 43], "too-short"),
        ("koppeltokens", ["A" * 43] * 13, "too-long"),
        ("koppeltokens", MERKTEKEN, "list-type"),
    ],
)
async def test_a_malformed_tokenset_is_named_by_its_pointer(
    wijkteam: "Caller", maak_signaal: Maker, name: str, value: Any, code: str
) -> None:
    bad = maak_signaal()
    bad["tokensets"][0][name] = value
    answer = await wijkteam.submit(bad)
    document = assert_problem(answer, 400, "ongeldige-invoer")
    pad = f"/signalen/0/tokensets/0/{name}"
    assert [(fout["pad"], fout["code"]) for fout in document["fouten"]] == [(pad, code)]
    assert MERKTEKEN not in answer.text


async def test_the_name_of_an_unknown_member_is_not_repeated(wijkteam: "Caller", maak_signaal: Maker) -> None:
    answer = await wijkteam.submit(maak_signaal(**{MERKTEKEN: "x"}))
    document = assert_problem(answer, 400, "ongeldige-invoer")
    assert [(fout["pad"], fout["code"]) for fout in document["fouten"]] == [("/signalen/0", "extra-forbidden")]
    assert MERKTEKEN not in answer.text


async def test_everything_that_is_wrong_is_reported_at_once(wijkteam: "Caller", maak_signaal: Maker) -> None:
    bad = maak_signaal(id=MERKTEKEN, naam=MERKTEKEN)
    bad["tokensets"][0]["epoche"] = MERKTEKEN
    bad["tokensets"][0]["koppeltokens"][4] = "A" * 42 + "B"
    del bad["profiel"]
    answer = await wijkteam.submit(bad, sleutel="kort")
    document = assert_problem(answer, 400, "ongeldige-invoer")
    assert {fout["pad"] for fout in document["fouten"]} == {
        "Idempotency-Key",
        "/signalen/0/id",
        "/signalen/0/tokensets/0/epoche",
        "/signalen/0/profiel",
        "/signalen/0/tokensets/0/koppeltokens/4",
        "/signalen/0",
    }
    assert all(fout["melding"].endswith(".") for fout in document["fouten"])
    assert MERKTEKEN not in answer.text


@pytest.mark.parametrize(
    ("body", "pad"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"{", "", id="half"),
        pytest.param(b'{"signalen": []}', "/signalen", id="no signals"),
        pytest.param(b"{}", "/signalen", id="no member"),
        pytest.param(b"[]", "", id="array"),
        pytest.param(b'{"signalen": ["x"]}', "/signalen/0", id="signal that is no object"),
    ],
)
async def test_a_body_of_another_shape_is_invalid(world: "World", wijkteam: "Caller", body: bytes, pad: str) -> None:
    headers = wijkteam.headers(Idempotency_Key="sleutel-1", Content_Type="application/json")
    answer = await world.http.post("/v1/signalen", content=body, headers=headers)
    document = assert_problem(answer, 400, "ongeldige-invoer")
    assert [fout["pad"] for fout in document["fouten"]] == [pad]


@pytest.mark.parametrize(
    "body",
    [b'{"signalen": "\xff"}', b"[" * 100_000, b'{"signalen": "\\ud800"}', b'{"signalen": NaN}'],
    ids=["not utf-8", "too deep", "half a surrogate", "nan"],
)
async def test_hostile_json_is_invalid_and_no_error_of_ours(world: "World", wijkteam: "Caller", body: bytes) -> None:
    headers = wijkteam.headers(Idempotency_Key="sleutel-1", Content_Type="application/json")
    answer = await world.http.post("/v1/signalen", content=body, headers=headers)
    assert_problem(answer, 400, "ongeldige-invoer")


@pytest.mark.parametrize(
    ("path", "query", "pad"),
    [
        ("/v1/signalen", {"limiet": "0"}, "limiet"),
        ("/v1/signalen", {"limiet": "1001"}, "limiet"),
        ("/v1/signalen", {"limiet": MERKTEKEN}, "limiet"),
        ("/v1/signalen", {"na": MERKTEKEN}, "na"),
        ("/v1/signalen", {"na": "_________8"}, "na"),
        ("/v1/signalen", {"na": "__________8"}, "na"),
        ("/v1/matches", {"na": "x"}, "na"),
        ("/v1/notificaties", {"na": "1"}, "na"),
        ("/v1/notificaties", {"na": MERKTEKEN[:10]}, "na"),
        ("/v1/notificaties", {"wacht": "31"}, "wacht"),
        ("/v1/notificaties", {"wacht": "-1"}, "wacht"),
    ],
)
async def test_a_malformed_query_is_named_by_its_key(
    wijkteam: "Caller", path: str, query: dict[str, str], pad: str
) -> None:
    answer = await wijkteam.get(path, **query)
    document = assert_problem(answer, 400, "ongeldige-invoer")
    assert [fout["pad"] for fout in document["fouten"]] == [pad]
    assert MERKTEKEN[:10] not in answer.text


async def test_a_malformed_path_or_pseudonym_is_invalid(world: "World", wijkteam: "Caller") -> None:
    answer = await wijkteam.withdraw(MERKTEKEN)
    assert [f["pad"] for f in assert_problem(answer, 400, "ongeldige-invoer")["fouten"]] == ["id"]
    headers = wijkteam.headers() | {"Koppelradar-Medewerker": MERKTEKEN}
    answer = await world.http.get("/v1/matches", headers=headers)
    assert [f["pad"] for f in assert_problem(answer, 400, "ongeldige-invoer")["fouten"]] == ["Koppelradar-Medewerker"]
    assert MERKTEKEN not in answer.text


async def test_a_withdrawal_takes_no_reason(world: "World", wijkteam: "Caller", maak_signaal: Maker) -> None:
    signaal = maak_signaal()
    await wijkteam.submit(signaal)
    path = f"/v1/signalen/{signaal['id']}/intrekkingen"
    answer = await world.http.post(path, json={"reden": MERKTEKEN}, headers=wijkteam.headers())
    assert_problem(answer, 400, "ongeldige-invoer")
    assert MERKTEKEN not in answer.text


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer x", "Basic eDp4", f"Bearer {MERKTEKEN}.a.b"])
async def test_without_a_valid_token_there_is_no_access(
    world: "World", wijkteam: "Caller", authorization: str | None
) -> None:
    headers = wijkteam.headers()
    del headers["Authorization"]
    if authorization is not None:
        headers["Authorization"] = authorization
    with capture_logs() as logs:
        answer = await world.http.get("/v1/signalen", headers=headers)
    assert_problem(answer, 401, "niet-ingelogd")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert MERKTEKEN not in answer.text + str(logs)


async def test_a_party_without_the_role_has_no_access(world: "World", maak_signaal: Maker) -> None:
    fg = next(p for p in world.partijen.convenant.partijen if p.sector is Sector.OVERHEID)
    caller = await world.caller(fg.oin)
    assert_problem(await caller.submit(maak_signaal()), 403, "geen-toegang")
    assert_problem(await caller.get("/v1/matches"), 403, "geen-toegang")


@pytest.mark.parametrize(
    "path",
    ["/", "/v1", "/v1/", "/v1/signalen/", "/v1/matches/", f"/v1/{MERKTEKEN}", f"/{MERKTEKEN}", "/v2/signalen"],
)
async def test_an_unknown_address_is_not_found_and_never_a_redirect(world: "World", path: str) -> None:
    with capture_logs() as logs:
        answer = await world.http.get(path)
    assert_problem(answer, 404, "niet-gevonden")
    assert MERKTEKEN not in answer.text + str(logs)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/v1/signalen", {"GET", "POST"}),
        ("PUT", "/v1/matches", {"GET"}),
        ("GET", "/v1/token", {"POST"}),
        ("TRACE", "/v1/gezondheid", {"GET"}),
        ("POST", "/v1/openapi.json", {"GET", "HEAD"}),
    ],
)
async def test_another_method_is_refused_with_the_ones_that_work(
    world: "World", method: str, path: str, allow: set[str]
) -> None:
    answer = await world.http.request(method, path)
    assert_problem(answer, 405, "methode-niet-toegestaan")
    assert set(answer.headers["allow"].split(", ")) == allow


async def test_only_json_is_answered(world: "World", wijkteam: "Caller") -> None:
    answer = await world.http.get("/v1/matches", headers=wijkteam.headers(Accept="text/html"))
    assert_problem(answer, 406, "niet-aanvaardbaar")
    for accept in ("*/*", "application/*", "text/html, application/json;q=0.5"):
        assert (await world.http.get("/v1/matches", headers=wijkteam.headers(Accept=accept))).status_code == 200


@pytest.mark.parametrize("mediatype", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_read(world: "World", wijkteam: "Caller", maak_signaal: Maker, mediatype: str) -> None:
    headers = wijkteam.headers(Idempotency_Key="sleutel-1", Content_Type=mediatype)
    body = json.dumps({"signalen": [maak_signaal()]})
    answer = await world.http.post("/v1/signalen", content=body, headers=headers)
    assert_problem(answer, 415, "verkeerd-mediatype")


async def test_an_error_of_ours_is_logged_by_kind_and_place_only(
    wijkteam: "Caller", monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise LookupError(MERKTEKEN)

    monkeypatch.setattr(signalen, "page", broken)
    with capture_logs() as logs:
        answer = await wijkteam.get("/v1/signalen")
    document = assert_problem(answer, 500, "interne-fout")
    [error] = [entry for entry in logs if entry["log_level"] == "error"]
    assert error["soort"] == "LookupError"
    assert "broken" in error["plaats"]
    assert error["instance"] == document["instance"]
    assert MERKTEKEN not in answer.text + str(logs)


async def test_a_database_that_is_away_is_a_503_that_can_be_repeated(
    world: "World", wijkteam: "Caller", maak_signaal: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Database(f"postgresql+psycopg://{MERKTEKEN}@127.0.0.1:1/niets")
    monkeypatch.setattr(world.kern.database, "_engine", away._engine)
    with capture_logs() as logs:
        answers = [
            await wijkteam.submit(maak_signaal()),
            await wijkteam.get("/v1/notificaties"),
            await world.http.get("/v1/gereedheid"),
            await wijkteam.ask_token(),
        ]
    for answer in answers:
        assert_problem(answer, 503, "tijdelijk-niet-beschikbaar")
        assert int(answer.headers["retry-after"]) > 0
        assert MERKTEKEN not in answer.text + str(logs)
    assert answers[-1].json()["error"] == "temporarily_unavailable"
    assert (await world.http.get("/v1/gezondheid")).status_code == 200
    monkeypatch.undo()
    assert (await world.http.get("/v1/gereedheid")).status_code == 200
    await away.close()
