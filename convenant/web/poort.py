"""From client assertion to access token (RFC 6749 section 4.4), and from access token to caller."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from convenant.types import Oin, Rol
from convenant.web.assertie import choose_scope, verify_assertie
from convenant.web.dienst import Dienst
from convenant.web.errors import NietIngelogd, OngeldigeClient
from convenant.web.types import Client

LEVENSDUUR_SECONDEN = 300
_ALGORITME = "Ed25519"
_TYPE = "at+jwt"
_OPNIEUW = "Vraag een nieuw toegangstoken aan bij /v1/token."


@dataclass(frozen=True, slots=True, kw_only=True)
class Poort:
    """Issues and checks access tokens (RFC 9068). They are for this service only: issuer and audience are one."""

    sleutel: OKPKey = field(repr=False)
    basis_url: str
    token_url: str
    klok: Callable[[], datetime] | None = None
    """Real time, for a service whose own clock may be a simulated one."""

    def op(self, dienst: Dienst) -> datetime:
        """The moment by which tokens and assertions are judged."""
        return (self.klok or dienst.klok)()

    async def issue(self, dienst: Dienst, *, client_id: str, assertion: str, scope: str | None) -> dict[str, Any]:
        """The answer of the token endpoint. Raises OngeldigeClient, OngeldigeScope or TijdelijkNietBeschikbaar."""
        await dienst.refresh()
        op = self.op(dienst)
        assertie = verify_assertie(
            assertion,
            client_id=client_id,
            convenanten=dienst.convenanten.values(),
            audience=self.token_url,
            op=op,
        )
        granted = choose_scope(scope, assertie.rollen)
        if not await dienst.use_assertie(assertie):
            raise OngeldigeClient("Deze assertie is al eens gebruikt. Maak voor elk verzoek een nieuwe.")
        return {
            "access_token": self._sign(assertie.client, granted, op),
            "token_type": "Bearer",
            "expires_in": LEVENSDUUR_SECONDEN,
            "scope": granted,
        }

    def verify(self, token: str, *, op: datetime) -> tuple[Client, frozenset[Rol]]:
        """The organisation and roles of an access token. Raises NietIngelogd."""
        try:
            decoded = jwt.decode(token, self.sleutel, algorithms=[_ALGORITME])
        except (JoseError, ValueError, KeyError, TypeError) as fout:
            raise NietIngelogd(f"Het toegangstoken is niet geldig. {_OPNIEUW}") from fout
        claims = decoded.claims
        ours = decoded.header.get("typ") == _TYPE and claims.get("iss") == claims.get("aud") == self.basis_url
        if not ours or claims["exp"] <= op.timestamp():
            raise NietIngelogd(f"Het toegangstoken is verlopen of niet voor deze dienst. {_OPNIEUW}")
        return Client(Oin(claims["azp"])), frozenset(map(Rol, claims["scope"].split()))

    def public_jwks(self) -> dict[str, Any]:
        """The public half of the signing key, as a JWK set (RFC 7517)."""
        public = self.sleutel.as_dict(private=False)
        return {"keys": [{**public, "kid": self.sleutel.thumbprint(), "use": "sig", "alg": _ALGORITME}]}

    def _sign(self, client: Client, scope: str, op: datetime) -> str:
        issued = int(op.timestamp())
        claims = {
            "iss": self.basis_url,
            "aud": self.basis_url,
            "sub": client,
            "azp": client,
            "client_id": client,
            "scope": scope,
            "iat": issued,
            "exp": issued + LEVENSDUUR_SECONDEN,
            "jti": secrets.token_urlsafe(16),
        }
        header = {"alg": _ALGORITME, "typ": _TYPE, "kid": self.sleutel.thumbprint()}
        return jwt.encode(header, claims, self.sleutel, algorithms=[_ALGORITME])
