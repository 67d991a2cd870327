"""Everything the SDK raises on purpose.

    KoppelradarFout
    ├── ConfiguratieFout          a setting is missing or cannot be right
    ├── SleutelFout               a key file is missing, exposed, or not what it should be
    ├── InvoerFout                what somebody entered cannot be used
    │   ├── OngeldigPersoon       one field of a person; carries `veld` and `melding`
    │   ├── OngeldigClientnummer  the client number is empty or does not fit in a reference
    │   ├── OngeldigCasusnummer   the same of a casusnummer
    │   └── OngeldigCsv           a file to import cannot be read
    ├── CasusOnvolledig           not every signal of a casus is at the matcher; repeating it is safe
    ├── LeeftijdsgrensFout        the convenant does not allow this signaalsoort at this age
    ├── OngeldigeReferentie       a sealed reference does not open with this key, convenant and signal
    ├── RegisterFout              the organisation's own register
    │   ├── RegisterVergrendeld   wrong key, or another process holds it
    │   ├── RegisterBeschadigd    the file was changed or is broken
    │   └── OnbekendSignaal       no such signal in this register
    ├── KaartFout                 a contact card
    │   ├── KaartOngeldig         a field of the own card cannot be used; carries `veld`
    │   ├── KaartOnbetrouwbaar    a card of another does not open, or its signature does not hold
    │   └── KaartNietVrij         the convenant does not let this card go, or this register does not know the pair
    ├── BekendheidFout            a bekendheidsvraag that is not there, or that our own convenant does not allow
    ├── MatcherFout               the conversation with the matcher
    │   ├── MatcherOnbereikbaar   nothing was decided; trying again later is safe
    │   ├── VerzoekGeweigerd      the matcher said no and why
    │   ├── PlafondBereikt        a limit of the convenant to this month; says when the next one begins
    │   ├── NietIngelogd          the matcher does not accept this organisation's key
    │   ├── WebhookOngeldig       what came at our webhook is not from the matcher, or too old
    │   └── OngeldigAntwoord      the answer does not follow the protocol
    └── SleutelhouderFout         the conversation with a sleutelhouder; no token came of it
        ├── SleutelhouderOnbereikbaar  nothing was decided; trying again later is safe
        ├── BudgetOp              the budget of this organisation is used up; says when there is room
        ├── OneerlijkeSleutelhouder    the answer is not what the convenant's keys give
        └── SleutelhouderWeigert  the sleutelhouder said no and why
            ├── EpocheLooptNiet   the sleutelhouder does not (or no longer) serve this epoch
            └── OnbekendProfiel   the sleutelhouder does not know this profile

Two shapes occur in both conversations, written once: `_Later` carries `retry_after`, `_Weigering` what a service
says when it refuses (RFC 9457).

Messages are Dutch and meant to be shown. They name fields, lines and columns and never repeat the value that
was entered: what goes wrong with a name is no reason to write that name into a log.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Veldfout:
    """One problem the matcher found in a request: where (JSON pointer), a stable code, a Dutch sentence."""

    pad: str
    code: str
    melding: str


class KoppelradarFout(Exception):
    """Base of every error the SDK raises on purpose."""


class ConfiguratieFout(KoppelradarFout):
    """A setting is missing or cannot be right."""


class SleutelFout(KoppelradarFout):
    """A key file is missing, can be read by others, exists already, or does not hold the key it should."""


class InvoerFout(KoppelradarFout):
    """What somebody entered cannot be used as it is."""


class OngeldigPersoon(InvoerFout):
    """A field of a person cannot be used.

    `veld` is the name of the field of `Persoon`; `melding` says what to do, and never holds the value.
    """

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__(f"{veld}: {melding}")
        self.veld = veld
        self.melding = melding


class OngeldigClientnummer(InvoerFout):
    """The client number is empty, cannot be encoded, or is too long for a sealed reference."""


class OngeldigCasusnummer(InvoerFout):
    """The casusnummer is empty, cannot be encoded, or is too long for a sealed reference."""


class OngeldigCsv(InvoerFout):
    """A file to import cannot be read as a whole (encoding, columns, separator)."""


class CasusOnvolledig(KoppelradarFout):
    """A signal of a casus waits, or was refused, so the casus is not registered (or not extended) yet.

    What was submitted stays in the register; doing the same again goes on where it stopped.
    """


class LeeftijdsgrensFout(KoppelradarFout):
    """The convenant does not allow a signal of this signaalsoort for a person of this age."""


class OngeldigeReferentie(KoppelradarFout):
    """A sealed reference was not made with this key for this convenant and signal, or was changed."""


class RegisterFout(KoppelradarFout):
    """Something about the organisation's own register."""


class RegisterVergrendeld(RegisterFout):
    """The register does not open: the key is another one, or another process holds the file."""


class RegisterBeschadigd(RegisterFout):
    """The register was changed outside the SDK, or its file is broken."""


class OnbekendSignaal(RegisterFout):
    """The register holds no signal with this id."""


class KaartFout(KoppelradarFout):
    """Something about a contact card."""


class KaartOngeldig(KaartFout):
    """A field of the own card cannot be used or is too long; `veld` names it."""

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__(f"{veld}: {melding}")
        self.veld = veld
        self.melding = melding


class KaartOnbetrouwbaar(KaartFout):
    """A card does not open with the keys it should open with, or does not say what the matcher says of it."""


class KaartNietVrij(KaartFout):
    """The card is not released: the convenant does not grant it, or this register does not know the pair."""


class BekendheidFout(KoppelradarFout):
    """A bekendheidsvraag is not in this register, is over, or asks what our own convenant does not allow."""


class _Later(KoppelradarFout):
    """What can be tried again later: `retry_after` is the number of seconds the service asked to wait."""

    def __init__(self, melding: str, *, retry_after: float | None = None) -> None:
        super().__init__(melding)
        self.retry_after = retry_after


class _Weigering(KoppelradarFout):
    """A request that a service refused (RFC 9457)."""

    def __init__(
        self,
        *,
        status: int,
        code: str,
        detail: str,
        fouten: tuple[Veldfout, ...] = (),
        kenmerk: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.fouten = fouten
        self.kenmerk = kenmerk


class MatcherFout(KoppelradarFout):
    """Something about the conversation with the matcher."""


class MatcherOnbereikbaar(_Later, MatcherFout):
    """The matcher did not answer, or asked to come back later; trying again is safe.

    `retry_after` is the number of seconds the matcher asked to wait, or None when it named none.
    """


class VerzoekGeweigerd(_Weigering, MatcherFout):
    """The matcher refused a request (RFC 9457).

    `status` is the HTTP status, `code` the last part of the problem type, `detail` the Dutch sentence,
    `fouten` the fields at fault, `kenmerk` what to quote to the operator.
    """


class PlafondBereikt(_Later, MatcherFout):
    """Nothing was stored: this organisation did as much in this month as the convenant lets it.

    `retry_after` is the number of seconds until the next month, None when it was not said.
    """


class NietIngelogd(MatcherFout):
    """The matcher does not accept the organisation's signing key or its access token."""


class WebhookOngeldig(MatcherFout):
    """A request at our webhook is not signed by the matcher for this webhook, or was signed too long ago.

    Nothing may be concluded from it; answer it with status 401.
    """


class OngeldigAntwoord(MatcherFout):
    """The matcher answered something that does not follow the protocol; nothing may be concluded from it."""


class SleutelhouderFout(KoppelradarFout):
    """Something about the conversation with a sleutelhouder. Whatever it is, no token came of it."""


class SleutelhouderOnbereikbaar(_Later, SleutelhouderFout):
    """The sleutelhouder did not answer, or asked to come back later; trying again is safe.

    `retry_after` is the number of seconds it asked to wait, or None when it named none.
    """


class BudgetOp(_Later, SleutelhouderFout):
    """Nothing was evaluated: this organisation asked as much as the convenant lets it.

    `retry_after` is the number of seconds until the window that is full has room, None when it was not said.
    """


class OneerlijkeSleutelhouder(SleutelhouderFout):
    """The answer is not what the keys in the convenant give: another key, a wrong proof, points too many or too few.

    Nothing was derived from it. `oin` is the sleutelhouder it came from.
    """

    def __init__(self, melding: str, *, oin: str) -> None:
        super().__init__(melding)
        self.oin = oin


class SleutelhouderWeigert(_Weigering, SleutelhouderFout):
    """The sleutelhouder refused a request (RFC 9457); the members are those of `VerzoekGeweigerd`."""


class EpocheLooptNiet(SleutelhouderWeigert):
    """The sleutelhouder has retired the key of this epoch, or does not use it yet."""


class OnbekendProfiel(SleutelhouderWeigert):
    """The sleutelhouder does not evaluate for this profile."""
