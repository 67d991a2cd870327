"""Everything that can go wrong in what our services share.

ConvenantFout
└── DienstFout
    ├── StartFout                     the operator must mend something; the process refuses to start
    └── VerzoekFout                   becomes a problem+json answer (RFC 9457)
        ├── OngeldigeInvoer           400, with every finding at once
        │   └── OngeldigeScope        400, token endpoint only (RFC 6749, section 5.2)
        ├── OngeldigeClient           401, token endpoint only (RFC 6749, section 5.2)
        ├── NietIngelogd              401
        ├── GeenToegang               403
        ├── NietGevonden              404
        ├── NietAanvaardbaar          406
        ├── Conflict                  409
        ├── TeGroot                   413
        ├── VerkeerdMediatype         415
        ├── TeVeel                    429, with Retry-After in seconds
        └── TijdelijkNietBeschikbaar  503, with Retry-After in seconds

Texts are Dutch, say what to do, and never quote a value that was sent.
"""

from dataclasses import dataclass

from convenant.errors import ConvenantFout


@dataclass(frozen=True, slots=True)
class Invoerfout:
    """One finding about what was sent.

    `pad` is a JSON pointer (RFC 6901) into the body, or the name of a header or query key.
    """

    pad: str
    code: str
    melding: str


class DienstFout(ConvenantFout):
    """Base of all errors of the shared parts of our services."""


class StartFout(DienstFout):
    """Key files, agreements, database or port do not let a service start."""


class VerzoekFout(DienstFout):
    """A request that is answered with a problem document."""

    status: int = 500
    code: str = "interne-fout"
    titel: str = "Er ging iets mis bij de dienst"
    error: str = "server_error"
    retry_after: int | None = None

    def __init__(self, detail: str, *, fouten: tuple[Invoerfout, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fouten = fouten


class OngeldigeInvoer(VerzoekFout):
    """The request does not fit the interface or the convenant; nothing was stored."""

    status = 400
    code = "ongeldige-invoer"
    titel = "De invoer klopt niet"
    error = "invalid_request"


class OngeldigeClient(VerzoekFout):
    """The client assertion does not prove who is calling."""

    status = 401
    code = "ongeldige-client"
    titel = "De organisatie is niet herkend"
    error = "invalid_client"


class OngeldigeScope(OngeldigeInvoer):
    """The convenant does not give this party the role it asked for."""

    error = "invalid_scope"


class NietIngelogd(VerzoekFout):
    """There is no valid access token."""

    status = 401
    code = "niet-ingelogd"
    titel = "Er is geen geldig toegangstoken meegestuurd"
    error = "invalid_token"


class GeenToegang(VerzoekFout):
    """The access token is valid but the convenant does not grant this call."""

    status = 403
    code = "geen-toegang"
    titel = "Dit mag deze organisatie niet"
    error = "insufficient_scope"


class NietGevonden(VerzoekFout):
    """It does not exist, or not for this organisation: both look the same from outside."""

    status = 404
    code = "niet-gevonden"
    titel = "Niet gevonden"
    error = "not_found"


class Conflict(VerzoekFout):
    """The same id or idempotency key was used before for something else."""

    status = 409
    code = "conflict"
    titel = "Dit botst met wat er al is"
    error = "conflict"


class TijdelijkNietBeschikbaar(VerzoekFout):
    """The database is away; sending the same request again later is safe."""

    status = 503
    code = "tijdelijk-niet-beschikbaar"
    titel = "De dienst is tijdelijk niet beschikbaar"
    error = "temporarily_unavailable"
    retry_after = 5


class TeGroot(VerzoekFout):
    """The body is larger than any valid request can be."""

    status = 413
    code = "te-groot"
    titel = "Het verzoek is te groot"
    error = "invalid_request"


class TeVeel(VerzoekFout):
    """The caller asks more than the convenant lets it in a period; nothing was done and nothing counted."""

    status = 429
    error = "temporarily_unavailable"

    def __init__(self, detail: str, *, fouten: tuple[Invoerfout, ...], retry_after: int) -> None:
        super().__init__(detail, fouten=fouten)
        self.retry_after = retry_after


class VerkeerdMediatype(VerzoekFout):
    """The body is not in the media type that this call takes."""

    status = 415
    code = "verkeerd-mediatype"
    titel = "Dit mediatype wordt hier niet gelezen"
    error = "invalid_request"


class NietAanvaardbaar(VerzoekFout):
    """The caller does not accept JSON."""

    status = 406
    code = "niet-aanvaardbaar"
    titel = "Dit mediatype wordt niet geleverd"
    error = "invalid_request"
