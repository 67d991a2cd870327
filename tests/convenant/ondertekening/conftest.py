"""A convenant whose parties sit at one table: we hold every private key, and what was stated lies open."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc.jwk import OKPKey

from convenant.base64url import decode_base64url, encode_base64url
from convenant.canoniek import canonical_bytes, content_hash
from convenant.document import ConvenantDocument
from convenant.invullen import with_public_keys
from convenant.model import Convenant
from convenant.ondertekening import (
    Bundel,
    Stand,
    Verklaring,
    Verklaringhash,
    Verklaringsoort,
    Verklaringtekst,
    read_verklaringen,
    seal,
    sign_verklaring,
    stand_of,
)
from convenant.types import Oin

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")
ANDER = Oin("00000099000000005000")
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# Made once: keys are slow to make, and nothing depends on which ones they are.
SLEUTELS = {oin: OKPKey.generate_key("Ed25519") for oin in (VT, WIJKTEAM, SCHOOL, NIEUW, ANDER)}
RESERVE = tuple(OKPKey.generate_key("Ed25519") for _ in range(4))


def public_jwk(key: OKPKey, kid: str | None = None) -> dict[str, str]:
    """Return the public half, named by its thumbprint unless another kid is given."""
    x = str(key.as_dict(private=False)["x"])
    return {"kid": kid or str(key.thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}


def toetreding(artikel: str = "2.3") -> dict[str, Any]:
    """Return the section that lets schools join."""
    return {
        "artikel": artikel,
        "sectoren": ["onderwijs", "kinderopvang"],
        "rollen": ["signaleerder"],
        "toelichting": "Scholen sluiten later aan.",
    }


def compact(inhoud: dict[str, Any] | bytes, key: OKPKey, **header: Any) -> str:
    """Sign by hand whatever is given, as somebody does who has a key and bad plans; None takes a header away."""
    head = {"alg": "Ed25519", "kid": str(key.thumbprint()), "typ": "koppelradar-verklaring+jws", **header}
    payload = inhoud if isinstance(inhoud, bytes) else canonical_bytes(inhoud)
    parts = [canonical_bytes({naam: waarde for naam, waarde in head.items() if waarde is not None}), payload]
    signing_input = ".".join(map(encode_base64url, parts))
    private = Ed25519PrivateKey.from_private_bytes(decode_base64url(str(key.as_dict(private=True)["d"])))
    return f"{signing_input}.{encode_base64url(private.sign(signing_input.encode()))}"


class Tafel:
    """One version of a convenant with everything that was stated on it, minute by minute."""

    def __init__(self, document: dict[str, Any]) -> None:
        named = {Oin(partij["oin"]) for partij in document["partijen"]}
        public = {oin: public_jwk(key) for oin, key in SLEUTELS.items() if oin in named}
        self.use(with_public_keys(document, public))
        self.sleutels = dict(SLEUTELS)
        self.teksten: list[Verklaringtekst] = []
        self.op = BEGIN

    def use(self, document: dict[str, Any]) -> "Tafel":
        """Lay this document on the table as it is, also where it makes no sense: signing has to hold without that."""
        self.document = document
        shape = ConvenantDocument.model_validate_json(canonical_bytes(document))
        self.convenant: Convenant = shape.to_model(content_hash=content_hash(document))
        return self

    def sign(self, oin: Oin, soort: str, *, sleutel: OKPKey | None = None, **more: Any) -> Verklaringtekst:
        """Return the next statement of a party, a minute after the one before, and lay it on the table."""
        self.op += timedelta(minutes=1)
        tekst = sign_verklaring(
            self.convenant,
            oin=oin,
            soort=Verklaringsoort(soort),
            ondertekenaar=sleutel or self.sleutels[oin],
            op=self.op,
            eerdere=tuple(self.teksten),
            **more,
        )
        self.teksten.append(tekst)
        return tekst

    def accept(self, *oins: Oin) -> "Tafel":
        """Let these accept, in this order."""
        for oin in oins or (VT, WIJKTEAM, SCHOOL):
            self.sign(oin, "aanvaarden")
        return self

    def ask(self, oin: Oin = NIEUW, **changes: Any) -> Verklaring:
        """Let an organisation ask to join; return what it stated."""
        self.sign(oin, "toetreden", partij=self.joiner(oin, **changes))
        return self.verklaringen()[-1]

    def admit(self, asked: Verklaring) -> Verklaringtekst:
        """Let the convenanthouder admit who asked."""
        return self.sign(VT, "toelaten", partij_oin=asked.oin, toetreding=asked.hash)

    def change_key(self, oin: Oin, nieuw: OKPKey) -> Verklaringtekst:
        """Let a party change its key; from then on it signs with the new one."""
        tekst = self.sign(oin, "sleutelwissel", nieuwe_sleutel=nieuw)
        self.sleutels[oin] = nieuw
        return tekst

    def joiner(self, oin: Oin = NIEUW, **changes: Any) -> dict[str, Any]:
        """Return the party document of an organisation that wants to join."""
        return {
            "oin": oin,
            "naam": "Basisschool",
            "sector": "onderwijs",
            "rollen": ["signaleerder"],
            "omvang": 300,
            "sleutels": [public_jwk(self.sleutels[oin])],
            "contact": {"afdeling": "Zorgteam", "telefoon": "000-0000000", "email": "zorg@example.nl"},
            **changes,
        }

    def payload(self, oin: Oin, soort: str, **changes: Any) -> dict[str, Any]:
        """Return what the next statement of a party says, with changes; nothing is signed yet."""
        eigen = [verklaring for verklaring in self.verklaringen() if verklaring.oin == oin]
        return {
            "v": 1,
            "convenant": self.convenant.id,
            "versie": self.convenant.versie,
            "hash": self.convenant.hash,
            "oin": oin,
            "soort": soort,
            "nummer": len(eigen) + 1,
            "vorige": eigen[-1].hash if eigen else None,
            "op": f"{self.op:%Y-%m-%dT%H:%M:%SZ}",
            **changes,
        }

    def read(self, *teksten: str) -> tuple[Verklaring, ...]:
        """Read these after what lies on the table."""
        return read_verklaringen(self.convenant, [*self.teksten, *map(Verklaringtekst, teksten)], op=self.op)

    def verklaringen(self) -> tuple[Verklaring, ...]:
        """Return what lies on the table, verified."""
        return read_verklaringen(self.convenant, self.teksten, op=self.op)

    def stand(self, op: datetime | None = None) -> Stand:
        """Return where it stands."""
        return stand_of(self.convenant, self.verklaringen(), op=op or self.op)

    def hash_of_last(self) -> Verklaringhash:
        """Return the hash of the statement that was made last."""
        return self.verklaringen()[-1].hash

    def bundel(self) -> Bundel:
        """Return what lies on the table as a bundle without a seal."""
        return Bundel(document=self.document, verklaringen=tuple(self.teksten))

    def sealed(self) -> Bundel:
        """Return what lies on the table, sealed by the convenanthouder."""
        return seal(self.bundel(), ondertekenaar=self.sleutels[VT], bron="test", op=self.op)


Dekken = Callable[..., Tafel]


@pytest.fixture(scope="session")
def dek(fresh_document: Callable[[], dict[str, Any]]) -> Dekken:
    """Lay a table: `dek()` for a convenant nobody signed yet; members given by name replace those of the document."""

    def lay(**members: Any) -> Tafel:
        document = {**fresh_document(), "toetreding": [toetreding()], **deepcopy(members)}
        return Tafel({naam: waarde for naam, waarde in document.items() if waarde is not None})

    return lay


@pytest.fixture
def tafel(dek: Dekken) -> Tafel:
    """A table with a convenant that nobody signed yet."""
    return dek()


Vervalsen = Callable[..., str]


@pytest.fixture(scope="session")
def vervals() -> Vervalsen:
    """Make a JWS by hand."""
    return compact


@pytest.fixture(scope="session")
def reserve() -> tuple[OKPKey, ...]:
    """Keys that are nobody's yet."""
    return RESERVE
