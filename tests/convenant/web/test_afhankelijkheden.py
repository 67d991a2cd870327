"""Who may do what with an access token: what the convenant says now, not what it said when the token was given."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey
from starlette.requests import Request

from convenant.laden import document_from_yaml
from convenant.model import Convenant
from convenant.ondertekening import (
    Ondertekend,
    Verklaringsoort,
    in_werking,
    read_bundel,
    sign_verklaring,
    stand_of,
    verify_verklaringen,
)
from convenant.types import ConvenantId, Oin, Rol, Sector
from convenant.web.afhankelijkheden import authorise
from convenant.web.assertie import Assertie
from convenant.web.errors import GeenToegang, NietIngelogd, OngeldigeClient
from convenant.web.poort import Poort

if TYPE_CHECKING:
    from tests.conftest import Klok, Partijen

URL = "https://dienst.test/v1"
ROLLEN = (Rol.SIGNALEERDER, Rol.RADAR)


@dataclass
class Dienst:
    """A service in memory, on what several processes share (`versies`), of which it knows what it last read."""

    klok: "Klok"
    versies: dict[ConvenantId, Ondertekend] = field(default_factory=dict)
    gelezen: dict[ConvenantId, Ondertekend] = field(default_factory=dict)
    gebruikt: set[str] = field(default_factory=set)

    @property
    def convenanten(self) -> Mapping[ConvenantId, Convenant]:
        return {
            id_: in_werking(each.convenant, stand_of(each.convenant, each.verklaringen, op=self.klok()))
            for id_, each in self.gelezen.items()
        }

    async def refresh(self) -> None:
        self.gelezen = dict(self.versies)

    async def use_assertie(self, assertie: Assertie) -> bool:
        fresh = assertie.jti not in self.gebruikt
        self.gebruikt.add(assertie.jti)
        return fresh

    async def require_database(self) -> None:
        """There is none to be away."""


@dataclass
class Loket:
    """A service with its front door, and the parties that come to it."""

    dienst: Dienst
    poort: Poort
    partijen: "Partijen"

    def sign(self, text: str) -> None:
        """Put this text in force, signed by all."""
        bundel = read_bundel(self.partijen.signed(text, self.dienst.klok()), bron="test")
        found = verify_verklaringen(bundel, bron="test", op=self.dienst.klok())
        self.dienst.versies[found.convenant.id] = found

    def state(self, oin: Oin, soort: Verklaringsoort, **more: Any) -> None:
        """Let a party state something about the version in force."""
        self.dienst.klok.later(seconds=1)
        [versie] = self.dienst.versies.values()
        tekst = sign_verklaring(
            versie.convenant,
            oin=oin,
            soort=soort,
            ondertekenaar=self.partijen.keys[oin],
            op=self.dienst.klok(),
            eerdere=versie.bundel.verklaringen,
            **more,
        )
        bundel = replace(versie.bundel, verklaringen=(*versie.bundel.verklaringen, tekst))
        found = verify_verklaringen(bundel, bron="test", op=self.dienst.klok())
        self.dienst.versies[found.convenant.id] = found

    async def log_in(self, oin: Oin, scope: str | None = None) -> str:
        issued = int(self.dienst.klok().timestamp())
        claims = {"iss": oin, "sub": oin, "aud": f"{URL}/token", "iat": issued, "exp": issued + 60}
        claims["jti"] = secrets.token_urlsafe(16)
        key = self.partijen.keys[oin]
        header = {"alg": "Ed25519", "kid": key.thumbprint()}
        assertion = jwt.encode(header, claims, key, algorithms=["Ed25519"])
        answer = await self.poort.issue(self.dienst, client_id=oin, assertion=assertion, scope=scope)
        return str(answer["access_token"])

    async def enter(self, token: str, *toegelaten: Rol) -> tuple[Oin, Rol]:
        headers = [(b"authorization", f"Bearer {token}".encode())]
        request = Request({"type": "http", "headers": headers})
        return await authorise(request, self.dienst, self.poort, *(toegelaten or ROLLEN))


@pytest.fixture
def loket(klok: "Klok", partijen: "Partijen") -> Loket:
    poort = Poort(sleutel=OKPKey.generate_key("Ed25519", auto_kid=True), basis_url=URL, token_url=f"{URL}/token")
    loket = Loket(Dienst(klok), poort, partijen)
    loket.sign(partijen.text)
    return loket


@pytest.fixture
def houder(partijen: "Partijen") -> Oin:
    return partijen.convenant.convenanthouder


@pytest.fixture
def school(partijen: "Partijen") -> Oin:
    return partijen.in_sector(Sector.ONDERWIJS)


@pytest.fixture
def regisseur(partijen: "Partijen") -> Oin:
    """One on whose role no agreement on handing over depends."""
    sector = Sector.MAATSCHAPPELIJKE_ONDERSTEUNING
    return next(p.oin for p in partijen.convenant.partijen if Rol.REGISSEUR in p.rollen and p.sector is not sector)


@pytest.fixture
def veilig_thuis(partijen: "Partijen") -> Oin:
    return partijen.with_rol(Rol.RADAR)


async def test_a_token_gives_the_first_of_the_roles_that_the_party_has(
    loket: Loket, school: Oin, veilig_thuis: Oin
) -> None:
    assert await loket.enter(await loket.log_in(school), Rol.RADAR, Rol.SIGNALEERDER) == (school, Rol.SIGNALEERDER)
    token = await loket.log_in(veilig_thuis)
    assert await loket.enter(token, Rol.RADAR, Rol.SIGNALEERDER) == (veilig_thuis, Rol.RADAR)
    assert await loket.enter(token, Rol.SIGNALEERDER, Rol.RADAR) == (veilig_thuis, Rol.SIGNALEERDER)


async def test_a_role_that_was_not_asked_for_is_not_given(loket: Loket, veilig_thuis: Oin) -> None:
    token = await loket.log_in(veilig_thuis, scope="radar")
    assert await loket.enter(token, Rol.RADAR) == (veilig_thuis, Rol.RADAR)
    with pytest.raises(GeenToegang):
        await loket.enter(token, Rol.SIGNALEERDER)


async def test_a_suspended_organisation_is_refused_while_its_token_still_holds(
    loket: Loket, school: Oin, houder: Oin
) -> None:
    token = await loket.log_in(school)
    assert await loket.enter(token) == (school, Rol.SIGNALEERDER)
    loket.state(houder, Verklaringsoort.SCHORSEN, partij_oin=school)
    assert loket.poort.verify(token, op=loket.dienst.klok())[0] == school
    with pytest.raises(GeenToegang) as caught:
        await loket.enter(token)
    assert caught.value.status == 403
    with pytest.raises(OngeldigeClient):
        await loket.log_in(school)
    loket.state(houder, Verklaringsoort.HERVATTEN, partij_oin=school)
    assert await loket.enter(token) == (school, Rol.SIGNALEERDER)


async def test_a_departed_organisation_is_refused_while_its_token_still_holds(loket: Loket, school: Oin) -> None:
    token = await loket.log_in(school)
    loket.state(school, Verklaringsoort.OPZEGGEN)
    assert loket.poort.verify(token, op=loket.dienst.klok())[0] == school
    with pytest.raises(GeenToegang):
        await loket.enter(token)


async def test_of_a_convenant_that_ended_nobody_is_let_in(
    loket: Loket, school: Oin, veilig_thuis: Oin, houder: Oin
) -> None:
    tokens = [await loket.log_in(oin) for oin in (school, veilig_thuis, houder)]
    loket.state(houder, Verklaringsoort.OPZEGGEN)
    for token in tokens:
        with pytest.raises(GeenToegang):
            await loket.enter(token, *Rol)


async def test_after_the_last_day_a_token_of_that_day_opens_nothing(loket: Loket, school: Oin) -> None:
    last = loket.partijen.convenant.geldig_tot
    # One minute to midnight in the Netherlands, in winter.
    loket.dienst.klok.nu = datetime(last.year, last.month, last.day, 22, 59, tzinfo=UTC)
    token = await loket.log_in(school)
    assert await loket.enter(token) == (school, Rol.SIGNALEERDER)
    loket.dienst.klok.nu += timedelta(minutes=1)
    with pytest.raises(GeenToegang):
        await loket.enter(token)


async def test_a_role_that_a_new_version_took_away_is_gone_from_older_tokens(loket: Loket, regisseur: Oin) -> None:
    token = await loket.log_in(regisseur)
    assert await loket.enter(token, Rol.REGISSEUR) == (regisseur, Rol.REGISSEUR)
    loket.sign(without_rol(loket.partijen, regisseur, Rol.REGISSEUR))
    assert await loket.enter(token, Rol.REGISSEUR, Rol.SIGNALEERDER) == (regisseur, Rol.SIGNALEERDER)
    with pytest.raises(GeenToegang):
        await loket.enter(token, Rol.REGISSEUR)


async def test_a_role_that_a_new_version_gave_needs_a_new_token(loket: Loket, regisseur: Oin) -> None:
    loket.sign(without_rol(loket.partijen, regisseur, Rol.REGISSEUR))
    token = await loket.log_in(regisseur)
    loket.sign(loket.partijen.text)
    with pytest.raises(GeenToegang):
        await loket.enter(token, Rol.REGISSEUR)
    token = await loket.log_in(regisseur)
    assert await loket.enter(token, Rol.REGISSEUR) == (regisseur, Rol.REGISSEUR)


def without_rol(partijen: "Partijen", oin: Oin, rol: Rol) -> str:
    """The next version, in which this party lacks that role."""
    document = document_from_yaml(partijen.text, bron="test")
    rollen = {p["oin"]: [r for r in p["rollen"] if (p["oin"], r) != (oin, rol.value)] for p in document["partijen"]}
    return partijen.next_version(
        partijen.text, partijen=[{**p, "rollen": rollen[p["oin"]]} for p in document["partijen"]]
    )


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"authorization", b"")],
        [(b"authorization", b"Basic dXNlcjpwYXNz")],
        [(b"authorization", b"Bearer")],
        [(b"authorization", b"Bearer niets")],
    ],
    ids=["none", "empty", "another scheme", "no token", "no jwt"],
)
async def test_without_a_token_nobody_is_let_in(loket: Loket, headers: list[tuple[bytes, bytes]]) -> None:
    request = Request({"type": "http", "headers": headers})
    with pytest.raises(NietIngelogd):
        await authorise(request, loket.dienst, loket.poort, *Rol)
