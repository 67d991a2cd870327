"""A small matcher on a real socket, and an organisation that talks with it."""

import base64
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from client_sdk.client import Aanmelding, Herhaalbeleid, MatcherClient
from client_sdk.configuratie import Configuratie, load_configuratie
from client_sdk.dienst import Koppelradar
from client_sdk.persoon import Persoon
from client_sdk.register import Register
from client_sdk.sleutels import (
    Ondertekensleutel,
    generate_sleutel,
    read_sleutel,
    write_ondertekensleutel,
    write_sleutel,
)
from client_sdk.types import ConvenantSleutel, MedewerkerPseudoniem, OrganisatieSleutel, RegisterSleutel
from convenant.invullen import without_sleutelhouder
from convenant.laden import document_from_yaml, dump_yaml
from convenant.types import Oin
from convenant.voorbeelden import example_text

OIN = Oin("00000099000000021000")
"""A party of the example convenant that submits signals."""

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _problem(status: int, code: str, fouten: list[dict[str, str]] | None = None) -> tuple[int, dict[str, Any]]:
    document: dict[str, Any] = {
        "type": f"urn:problem-type:koppelradar:{code}",
        "title": code,
        "status": status,
        "detail": f"Uitleg bij {code}.",
        "instance": "urn:uuid:00000000-0000-4000-8000-000000000000",
    }
    if fouten is not None:
        document["fouten"] = fouten
    return status, document


@dataclass
class Exchange:
    """One request that arrived and the status it got (0: the connection was dropped)."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    status: int


@dataclass
class Fault:
    """What happens to the next requests whose path contains `path`."""

    path: str
    times: int
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    drop_after: bool = False
    body: bytes | None = None


Route: TypeAlias = Callable[[dict[str, str], Any], tuple[int, Any]]
"""What a test answers to a query and a body; bytes are a stream of server-sent events."""


class FakeMatcher:
    """Interface version 1 as far as the SDK sees it; keeps everything in memory and checks what it is sent."""

    def __init__(self) -> None:
        self.public_keys: dict[str, Ed25519PublicKey] = {}
        self.url = ""
        self.exchanges: list[Exchange] = []
        self.faults: list[Fault] = []
        self.refuse: dict[str, str] = {}
        self.signalen: dict[str, dict[str, Any]] = {}
        self.batches: dict[str, tuple[bytes, dict[str, Any]]] = {}
        self.matches: list[dict[str, Any]] = []
        self.mogelijk: list[dict[str, Any]] = []
        self.gewist: list[int] = []
        self.telling = "telling.jws.x"
        self.plafond: int | None = None
        self.events: list[dict[str, Any]] = []
        self.tokens: set[str] = set()
        self.jtis: set[str] = set()
        self.expires_in = 300
        self.lock = threading.Lock()
        self.routes: dict[tuple[str, str], Route] = {}

    fault = Fault

    def trust(self, sleutel: Ondertekensleutel, oin: str = OIN) -> None:
        """Register the public half of an organisation's key."""
        self.public_keys[oin] = Ed25519PublicKey.from_public_bytes(_decode(sleutel.public_jwk()["x"]))

    def requests(self, path: str) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if path in exchange.path]

    def notify(self, match: dict[str, Any], soort: str = "match-ontstaan") -> None:
        number = len(self.events) + 1
        self.events.append(
            {
                "specversion": "1.0",
                "id": f"gebeurtenis-{number}",
                "source": "urn:nld:oin:00000099000000081000:systeem:koppelradar",
                "type": f"nl.koppelradar.{soort}",
                "subject": match.get("id") or match.get("match") or match["convenant"],
                "sequence": f"{number:010}",
                "time": "2026-03-01T12:00:00Z",
                "data": match,
            }
        )

    def answer(
        self, method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes
    ) -> tuple[int, Any]:
        if path == "/v1/token":
            return self._token(body)
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _problem(401, "niet-ingelogd")
        if len(_decode(headers.get("koppelradar-medewerker", ""))) != 32:
            return _problem(400, "ongeldige-invoer")
        if (method, path) in self.routes:
            return self.routes[method, path](query, json.loads(body or b"null"))
        if method == "POST":
            return self._write(path, headers, body)
        return self._read(path, query)

    def _write(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        if path == "/v1/signalen":
            return self._submit(headers["idempotency-key"], body)
        if path.endswith("/intrekkingen"):
            return self._withdraw(path.split("/")[3])
        return self._write_about_matches(path, body)

    def _write_about_matches(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        if path == "/v1/hertokeningen":
            return self._retokenise(json.loads(body)["signalen"])
        if path.startswith("/v1/epochen/"):
            return self._erase(int(path.split("/")[3]))
        if path.startswith("/v1/mogelijke-matches/"):
            return self._judge(path.split("/")[3], path.split("/")[4])
        if path.endswith(("/onjuistmeldingen", "/kaartverzoeken", "/kaartvrijgaven")):
            return 201, {}
        return _problem(404, "niet-gevonden")

    def _retokenise(self, signalen: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        fouten = [
            {"pad": f"/signalen/{n}/id", "code": "niet-lopend", "melding": "Nee."}
            for n, s in enumerate(signalen)
            if self.signalen.get(s["id"], {}).get("status") != "actief"
        ]
        if fouten:
            return _problem(400, "ongeldige-invoer", fouten)
        for s in signalen:
            kept = self.signalen[s["id"]]
            kept["epochen"] = sorted({*kept["epochen"], s["tokenset"]["epoche"]})
            kept.setdefault("hertokend", {})[s["tokenset"]["epoche"]] = s
        return 201, {"hertokend": [{"signaal": s["id"], "epoche": s["tokenset"]["epoche"]} for s in signalen]}

    def _erase(self, epoche: int) -> tuple[int, dict[str, Any]]:
        found = [s for s in self.signalen.values() if epoche in s["epochen"]]
        for s in found:
            s["epochen"].remove(epoche)
        self.gewist.append(epoche)
        return 201, {"gewist": len(found)}

    def _judge(self, id_: str, verb: str) -> tuple[int, dict[str, Any]]:
        for found in self.mogelijk:
            if found["id"] == id_:
                found["status"] = "door-u-bevestigd" if verb == "bevestigingen" else "afgewezen"
                return 201, found
        return _problem(404, "niet-gevonden")

    def _read(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, Any]]:
        lists = {
            "/v1/signalen": ("signalen", list(self.signalen.values())),
            "/v1/matches": ("matches", self.matches),
            "/v1/mogelijke-matches": ("mogelijkeMatches", self.mogelijk),
        }
        if path in lists:
            return 200, self._page(*lists[path], query)
        if path == "/v1/telling":
            return 200, {"telling": self.telling}
        if path == "/v1/epochen":
            return 200, {"epochen": [{"nummer": 1, "status": "loopt", "eigenSignalenZonder": 0}]}
        if path == "/v1/notificaties":
            return 200, self._notifications(query)
        return _problem(404, "niet-gevonden")

    def _token(self, body: bytes) -> tuple[int, dict[str, Any]]:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        head, payload, signature = form["client_assertion"].split(".")
        self.public_keys[form["client_id"]].verify(_decode(signature), f"{head}.{payload}".encode())
        header, claims = json.loads(_decode(head)), json.loads(_decode(payload))
        valid = (
            form["grant_type"] == "client_credentials"
            and form["client_assertion_type"] == _ASSERTION_TYPE
            and form["client_id"] == claims["iss"] == claims["sub"]
            and header["alg"] == "Ed25519"
            and claims["aud"] == f"{self.url}/v1/token"
            and 0 < claims["exp"] - claims["iat"] <= 60
            and len(claims["jti"]) >= 22
            and claims["jti"] not in self.jtis
        )
        if not valid:
            return _problem(401, "ongeldige-client")
        self.jtis.add(claims["jti"])
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.expires_in, "scope": ""}

    def _submit(self, key: str, body: bytes) -> tuple[int, dict[str, Any]]:
        with self.lock:
            if key in self.batches:
                known, answer = self.batches[key]
                return (201, answer) if known == body else _problem(409, "conflict")
            signalen = json.loads(body)["signalen"]
            fouten = [
                {"pad": f"/signalen/{n}/verlooptOp", "code": self.refuse[s["signaalsoort"]], "melding": "Nee."}
                for n, s in enumerate(signalen)
                if s["signaalsoort"] in self.refuse
            ]
            if fouten:
                return _problem(400, "ongeldige-invoer", fouten)
            if any(s["id"] in self.signalen and self.signalen[s["id"]]["bron"] != s for s in signalen):
                return _problem(409, "conflict")
            if self.plafond is not None and len(self.signalen) + len(signalen) > self.plafond:
                return _problem(429, "plafond-bereikt")
            for s in signalen:
                self.signalen.setdefault(s["id"], self._stored(s))
            answer = {"ontvangsten": [self._receipt(s) for s in signalen], "extra": 1}
            self.batches[key] = (body, answer)
            return 201, answer

    def _stored(self, s: dict[str, Any]) -> dict[str, Any]:
        for tokenset in s["tokensets"]:
            assert len(tokenset["koppeltokens"]) == 12
            assert all(len(token) == 43 for token in tokenset["koppeltokens"])
        assert len(_decode(s["referentie"])) == 156
        kept = {name: s[name] for name in ("id", "convenant", "signaalsoort", "verlooptOp", "referentie")}
        return {
            **kept,
            "convenantversie": 1,
            "epochen": [tokenset["epoche"] for tokenset in s["tokensets"]],
            "status": "actief",
            "ingediendOp": datetime.now(UTC).date().isoformat(),
            "bron": s,
        }

    def _receipt(self, s: dict[str, Any]) -> dict[str, str]:
        return {
            "signaal": s["id"],
            "status": "actief",
            "ontvangenOp": "2026-03-01T12:00:00Z",
            "verlooptOp": s["verlooptOp"],
        }

    def _withdraw(self, signaal: str) -> tuple[int, dict[str, Any]]:
        if signaal not in self.signalen:
            return _problem(404, "niet-gevonden")
        self.signalen[signaal]["status"] = "ingetrokken"
        return 201, {"signaal": signaal, "status": "ingetrokken", "ingetrokkenOp": "2026-03-02T12:00:00Z"}

    def _page(self, name: str, items: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
        start, limiet = int(query.get("na", "0")), int(query["limiet"])
        stop = start + limiet
        return {name: items[start:stop], "volgende": str(stop) if stop < len(items) else None}

    def _notifications(self, query: dict[str, str]) -> dict[str, Any]:
        page = [event for event in self.events if event["sequence"] > query["na"]][: int(query["limiet"])]
        return {"notificaties": page, "cursor": page[-1]["sequence"] if page else query["na"]}


class _Handler(BaseHTTPRequestHandler):
    matcher: FakeMatcher
    protocol_version = "HTTP/1.1"
    # Head and body in one packet: in two, the second waits 40 ms for the first to be acknowledged.
    wbufsize = -1

    def log_message(self, *args: object) -> None:
        return

    def do_GET(self) -> None:
        self._handle("GET")

    def do_POST(self) -> None:
        self._handle("POST")

    def do_PUT(self) -> None:
        self._handle("PUT")

    def do_DELETE(self) -> None:
        self._handle("DELETE")

    def _handle(self, method: str) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        fault = self._fault(url.path)
        if fault is not None and fault.drop:
            return self._drop(Exchange(method, url.path, query, headers, body, 0))
        if fault is not None and not fault.drop_after:
            status, document, extra = fault.status, {"status": fault.status}, dict(fault.headers)
        else:
            (status, document), extra = self.matcher.answer(method, url.path, query, headers, body), {}
        self.matcher.exchanges.append(Exchange(method, url.path, query, headers, body, status))
        if fault is not None and fault.drop_after:
            self.close_connection = True
            return None
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        extra |= {"Content-Type": "text/event-stream"} if isinstance(document, bytes) else {}
        content = fault.body if fault is not None and fault.body is not None else content
        self.send_response(status)
        content = b"" if status == 204 else content
        for name, value in {"Content-Length": str(len(content)), **extra}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        return None

    def _drop(self, exchange: Exchange) -> None:
        self.matcher.exchanges.append(exchange)
        self.close_connection = True

    def _fault(self, path: str) -> Fault | None:
        for fault in self.matcher.faults:
            if fault.path in path and fault.times > 0:
                fault.times -= 1
                return fault
        return None


@pytest.fixture
def matcher() -> Iterator[FakeMatcher]:
    fake = FakeMatcher()
    handler = type("Handler", (_Handler,), {"matcher": fake})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        fake.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield fake
        server.shutdown()
        thread.join()


@pytest.fixture
def beleid() -> Herhaalbeleid:
    """Patience of milliseconds."""
    return Herhaalbeleid(pogingen=3, basis=0.001, maximum=0.01)


@lru_cache
def _convenant_text() -> str:
    """The example convenant in mode hmac; writing YAML takes a third of a second."""
    document = without_sleutelhouder(document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld"))
    return dump_yaml(document)


@pytest.fixture
def configuratiebestand(tmp_path: Path, matcher: FakeMatcher) -> Path:
    """A complete organisation on disk, known to the matcher, with an empty register."""
    sleutel = Ondertekensleutel.generate()
    matcher.trust(sleutel)
    write_ondertekensleutel(tmp_path / "ondertekensleutel.jwk", sleutel)
    write_sleutel(tmp_path / "organisatie.sleutel", generate_sleutel(OrganisatieSleutel))
    write_sleutel(tmp_path / "convenant.sleutel", generate_sleutel(ConvenantSleutel))
    write_sleutel(tmp_path / "register.sleutel", generate_sleutel(RegisterSleutel))
    (tmp_path / "convenant.yaml").write_text(_convenant_text(), encoding="utf-8")
    sleutelbos = read_sleutel(tmp_path / "register.sleutel", RegisterSleutel)
    Register.create(tmp_path / "register.db", sleutelbos, "test").close()
    path = tmp_path / "koppelradar.toml"
    path.write_text(
        f"""
[organisatie]
oin = "{OIN}"
ondertekensleutel = "ondertekensleutel.jwk"
organisatiesleutel = "organisatie.sleutel"

[matcher]
url = "{matcher.url}"

[convenant]
bestand = "convenant.yaml"
sleutel = "convenant.sleutel"

[register]
bestand = "register.db"
sleutel = "register.sleutel"
""",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def configuratie(configuratiebestand: Path) -> Configuratie:
    return load_configuratie(configuratiebestand)


@pytest.fixture
def dienst(configuratie: Configuratie, beleid: Herhaalbeleid) -> Iterator[Koppelradar]:
    with Koppelradar.open(configuratie, account="j.jansen", herhaalbeleid=beleid) as dienst:
        yield dienst


@pytest.fixture
def client(matcher: FakeMatcher, beleid: Herhaalbeleid) -> Iterator[MatcherClient]:
    sleutel = Ondertekensleutel.generate()
    matcher.trust(sleutel)
    aanmelding = Aanmelding(url=matcher.url, oin=OIN, ondertekensleutel=sleutel)
    with MatcherClient(aanmelding, medewerker=MedewerkerPseudoniem(bytes(32)), herhaalbeleid=beleid) as client:
        yield client


@pytest.fixture
def persoon() -> Persoon:
    return Persoon(voornamen="Fatima Sophie", voorvoegsel="el", geslachtsnaam="Amrani", geboortedatum="2015-03-09")


@pytest.fixture
def match_document() -> dict[str, Any]:
    """A match as the interface describes it, about no signal yet."""
    return {
        "id": "m-1",
        "convenant": "nhn",
        "niveau": "zeker",
        "ontstaanOp": "2026-03-01T12:00:00Z",
        "eigenSignalen": [],
        "partijen": [
            {
                "organisatie": {"oin": "00000099000000011000", "naam": "Wijkteam"},
                "contact": {"afdeling": "Toegang", "telefoon": "0200000000", "email": "a@example.org"},
                "signaalsoort": "zorg-om-kind",
                "ingediendOp": "2026-02-01",
                "artikel": "3",
                "grondslag": "jeugdwet-signaal",
            }
        ],
    }
