"""Organisations under a convenant in mode voprf, with sleutelhouders that are honest or not."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from client_sdk.client import Aanmelding, Herhaalbeleid, MatcherClient, SleutelhouderClient
from client_sdk.configuratie import Kaartvrijgavebeleid
from client_sdk.dienst import Koppelradar
from client_sdk.dienst.onderdelen import Onderdelen
from client_sdk.dienst.sleutelring import Sleutelring
from client_sdk.dienst.tokenisering import Houder, Tellingbron, VoprfTokeniser
from client_sdk.dienst.voorbereiding import Voorbereider
from client_sdk.kaarten import Kaartgegevens
from client_sdk.register import Register
from client_sdk.sleutels import Ondertekensleutel, generate_sleutel, write_sleutel
from client_sdk.types import ConvenantSleutel, MedewerkerPseudoniem, OrganisatieSleutel, RegisterSleutel
from convenant.base64url import decode_base64url, encode_base64url
from convenant.invullen import with_public_keys, with_sleutelhouder, with_zegelsleutels
from convenant.laden import document_from_yaml, parse_convenant
from convenant.model import Convenant
from convenant.profielen import NL_1
from convenant.types import Epoche, Oin
from convenant.voorbeelden import example_text
from convenant.voprf import Bewijs, Evaluatie, OprfSleutel, Puntcodering, evaluate
from convenant.zegel import Kem, Zegelsleutel

CODES = tuple(slot.code for slot in NL_1.slots)
EPOCHEN = (1, 2)
NU = datetime(2026, 11, 24, 12, tzinfo=UTC)
GEGEVENS = Kaartgegevens(professional="A. de Vries", functie="wijkcoach", telefoon="0720000000")

Vervalsing = Callable[[str, Evaluatie], dict[str, Any]]


# Reading YAML takes half a second; JSON is YAML, and the same text is the same convenant.
@lru_cache
def _parsed(text: str) -> Convenant:
    return parse_convenant(text, bron="voorbeeld")


@lru_cache
def _example() -> str:
    return json.dumps(document_from_yaml(example_text("noord-holland-noord"), bron="voorbeeld"))


def _oprf_keys(label: bytes) -> dict[int, dict[str, OprfSleutel]]:
    return {e: {code: OprfSleutel.derive(label * 32, f"{e}{code}".encode()) for code in CODES} for e in EPOCHEN}


def _document(evaluatie: Evaluatie) -> dict[str, Any]:
    return {
        "punten": [encode_base64url(bytes(punt)) for punt in evaluatie.punten],
        "bewijs": encode_base64url(bytes(evaluatie.bewijs)),
    }


@dataclass
class FakeSleutelhouder:
    """Evaluates with real keys, unless told otherwise; counts what it is asked."""

    keys: Mapping[int, Mapping[str, OprfSleutel]]
    oin: Oin
    url: str
    answer: Callable[[httpx.Request], httpx.Response] | None = None
    forge: Vervalsing | None = None
    budget: int | None = None
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/token":
            assert parse_qs(request.content.decode())["client_assertion"]
            return httpx.Response(200, json={"access_token": "t", "token_type": "Bearer", "expires_in": 300})
        assert request.headers["authorization"] == "Bearer t"
        if self.answer is not None:
            return self.answer(request)
        return self._evaluate(json.loads(request.content))

    def _evaluate(self, body: dict[str, Any]) -> httpx.Response:
        asked = max(len(punten) for punten in body["punten"].values())
        if self.budget is not None and asked > self.budget:
            return self.problem(429, "budget-op", {"Retry-After": "3600"})
        if self.budget is not None:
            self.budget -= asked
        self.bodies.append(body)
        keys = self.keys[body["epoche"]]
        evaluaties = {
            code: (self.forge or (lambda _, e: _document(e)))(
                code, evaluate(keys[code], [Puntcodering(decode_base64url(punt)) for punt in punten])
            )
            for code, punten in body["punten"].items()
        }
        return httpx.Response(200, json={"evaluaties": evaluaties})

    @staticmethod
    def problem(
        status: int, code: str, headers: dict[str, str] | None = None, fouten: Sequence[tuple[str, str]] = ()
    ) -> httpx.Response:
        document = {
            "type": f"urn:problem-type:koppelradar:{code}",
            "status": status,
            "detail": f"Uitleg bij {code}.",
            "fouten": [{"pad": pad, "code": fout, "melding": "Nee."} for pad, fout in fouten],
        }
        return httpx.Response(status, json=document, headers=headers)

    @property
    def points(self) -> int:
        """How many points it evaluated."""
        return sum(len(punten) for body in self.bodies for punten in body["punten"].values())


def _swap(code: str, evaluatie: Evaluatie) -> dict[str, Any]:
    document = _document(evaluatie)
    return {**document, "punten": document["punten"][::-1]} if len(document["punten"]) > 1 else document


def _with_first_point(point: bytes) -> Vervalsing:
    def forge(code: str, evaluatie: Evaluatie) -> dict[str, Any]:
        return _document(Evaluatie((Puntcodering(point), *evaluatie.punten[1:]), evaluatie.bewijs))

    return forge


def _other_proof(code: str, evaluatie: Evaluatie) -> dict[str, Any]:
    changed = bytes([evaluatie.bewijs[0] ^ 1]) + evaluatie.bewijs[1:]
    return _document(Evaluatie(evaluatie.punten, Bewijs(changed)))


def _too_few(code: str, evaluatie: Evaluatie) -> dict[str, Any]:
    return _document(Evaluatie(evaluatie.punten[:-1], evaluatie.bewijs))


# The encoding of a field element that is not reduced: RFC 9496 forbids it.
_NOT_CANONICAL = bytes.fromhex("00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
LEUGENS: Mapping[str, Vervalsing] = {
    "another proof": _other_proof,
    "swapped answers": _swap,
    "too few points": _too_few,
    "a point that is not canonical": _with_first_point(_NOT_CANONICAL),
    "the identity": _with_first_point(bytes(32)),
    "a short point": _with_first_point(bytes(31)),
}


@dataclass
class Wereld:
    """A convenant with two sleutelhouders ready, and organisations that are opened under it."""

    folder: Path
    matcher: Any
    beleid: Herhaalbeleid
    opened: ExitStack
    houders: dict[str, FakeSleutelhouder]
    ondertekensleutels: dict[Oin, Ondertekensleutel]
    zegelsleutels: dict[Oin, Zegelsleutel]
    convenantsleutel: dict[int, ConvenantSleutel]
    nu: datetime = NU

    def convenant(
        self, *, houders: Sequence[str] = ("een",), epochen: Sequence[int] = (1,), **changes: Any
    ) -> Convenant:
        document = self.document()
        document["epochen"] = [
            {"nummer": n, "van": f"2026-0{6 * n - 5}-01", "tot": f"20{24 + 2 * n}-12-31"} for n in epochen
        ]
        # A second sleutelhouder is another organisation, and is not the first one either.
        template = document["sleutelhouders"][0]
        document["sleutelhouders"] = [{**template, "oin": self.houders[naam].oin} for naam in houders]
        for place, naam in enumerate(houders):
            houder = self.houders[naam]
            sleutels = {e: {code: k.publiek.to_bytes() for code, k in houder.keys[e].items()} for e in epochen}
            document = with_sleutelhouder(document, place, url=houder.url, sleutels=sleutels)
        document = with_public_keys(document, {o: s.public_jwk() for o, s in self.ondertekensleutels.items()})
        document = with_zegelsleutels(document, {o: s.publiek for o, s in self.zegelsleutels.items()})
        if "epochen_document" in changes:
            document["epochen"] = changes.pop("epochen_document")
        return _parsed(json.dumps({**document, **changes}))

    @staticmethod
    def document() -> dict[str, Any]:
        """Return the example convenant as it is written."""
        document: dict[str, Any] = json.loads(_example())
        return document

    def convenant_of(self, keys: Mapping[int, Mapping[str, OprfSleutel]]) -> Convenant:
        """Return the convenant with these public keys pinned, whatever the sleutelhouder uses."""
        houder = self.houders["een"]
        used, houder.keys = houder.keys, keys
        try:
            return self.convenant()
        finally:
            houder.keys = used

    def open(
        self,
        oin: Oin,
        convenant: Convenant,
        *,
        map_: str = "",
        kaart: Kaartgegevens | None = GEGEVENS,
        vrijgave: Kaartvrijgavebeleid = Kaartvrijgavebeleid.NA_AKKOORD,
        sleutels: Sequence[int] = EPOCHEN,
    ) -> Koppelradar:
        """Open the SDK of one organisation; the same one and map again is the same register."""
        folder = self.folder / f"{oin}{map_}"
        if not folder.exists():
            folder.mkdir()
            for kind in (OrganisatieSleutel, RegisterSleutel):
                write_sleutel(folder / kind.__name__, generate_sleutel(kind))
            for epoche in sleutels:
                write_sleutel(folder / f"convenant-{epoche}.sleutel", self.convenantsleutel[epoche])
            Register.create(folder / "register.db", self._key(folder, RegisterSleutel), "test").close()
        onderdelen = self._onderdelen(oin, convenant, folder, kaart, vrijgave)
        return self.opened.enter_context(Koppelradar(onderdelen, clock=lambda: self.nu))

    def _onderdelen(
        self,
        oin: Oin,
        convenant: Convenant,
        folder: Path,
        kaart: Kaartgegevens | None,
        vrijgave: Kaartvrijgavebeleid,
    ) -> Onderdelen:
        medewerker = MedewerkerPseudoniem(bytes(32))
        ondertekensleutel = self.ondertekensleutels[oin]
        eigen = self._key(folder, OrganisatieSleutel)
        ring = Sleutelring(convenant, folder / "convenant-{epoche}.sleutel")
        client = MatcherClient(
            Aanmelding(url=self.matcher.url, oin=oin, ondertekensleutel=ondertekensleutel),
            medewerker=medewerker,
            herhaalbeleid=self.beleid,
        )
        houders = tuple(
            Houder(partij, self._houder_client(partij.url, partij.oin, oin, medewerker))
            for partij in convenant.sleutelhouders
        )
        return Onderdelen(
            register=Register.open(folder / "register.db", self._key(folder, RegisterSleutel)),
            client=client,
            voorbereider=Voorbereider(
                convenant=convenant,
                oin=oin,
                organisatiesleutel=eigen,
                ondertekensleutel=ondertekensleutel,
                sleutelring=ring,
                kaart=kaart,
            ),
            tokeniser=VoprfTokeniser(
                convenant=convenant,
                sleutelring=ring,
                organisatiesleutel=eigen,
                houders=houders,
                telling=Tellingbron(client, convenant),
            ),
            zegelsleutel=self.zegelsleutels[oin],
            vrijgave=vrijgave,
            sleutelhouders=tuple(houder.client for houder in houders),
        )

    def _houder_client(self, url: str, houder: Oin, oin: Oin, medewerker: MedewerkerPseudoniem) -> SleutelhouderClient:
        fake = next(fake for fake in self.houders.values() if fake.url == url)
        return SleutelhouderClient(
            Aanmelding(url=url, oin=oin, ondertekensleutel=self.ondertekensleutels[oin]),
            sleutelhouder=houder,
            medewerker=medewerker,
            herhaalbeleid=self.beleid,
            transport=httpx.MockTransport(fake),
            sleep=lambda _: None,
        )

    @staticmethod
    def _key(folder: Path, kind: Any) -> Any:
        return kind(decode_base64url((folder / kind.__name__).read_text(encoding="ascii").strip()))


BLIJF = Oin("00000099000000021000")
WIJKTEAM = Oin("00000099000000011000")
PARLAN = Oin("00000099000000031000")
VEILIG_THUIS = Oin("00000099000000001000")
# Once for all tests: then they read the same convenant.
ONDERTEKENSLEUTELS = {oin: Ondertekensleutel.generate() for oin in (BLIJF, WIJKTEAM, PARLAN, VEILIG_THUIS)}
ZEGELSLEUTELS = {oin: Zegelsleutel.generate(Kem.X25519) for oin in ONDERTEKENSLEUTELS}
_OPRF_KEYS = {"een": _oprf_keys(b"1"), "twee": _oprf_keys(b"2")}


@pytest.fixture
def wereld(tmp_path: Path, matcher: Any, beleid: Herhaalbeleid) -> Iterator[Wereld]:
    for oin, sleutel in ONDERTEKENSLEUTELS.items():
        matcher.trust(sleutel, oin)
    houders = {
        "een": FakeSleutelhouder(_OPRF_KEYS["een"], Oin("00000099000000004000"), "https://een.example.nl"),
        "twee": FakeSleutelhouder(_OPRF_KEYS["twee"], Oin("00000099000000005000"), "https://twee.example.nl"),
    }
    with ExitStack() as opened:
        yield Wereld(
            folder=tmp_path,
            matcher=matcher,
            beleid=beleid,
            opened=opened,
            houders=houders,
            ondertekensleutels=ONDERTEKENSLEUTELS,
            zegelsleutels=ZEGELSLEUTELS,
            convenantsleutel={epoche: generate_sleutel(ConvenantSleutel) for epoche in EPOCHEN},
        )


@pytest.fixture
def houder(wereld: Wereld) -> FakeSleutelhouder:
    return wereld.houders["een"]


@pytest.fixture(params=LEUGENS)
def leugen(request: pytest.FixtureRequest) -> Vervalsing:
    return LEUGENS[request.param]


@pytest.fixture
def epochen() -> tuple[Epoche, ...]:
    return tuple(map(Epoche, EPOCHEN))
