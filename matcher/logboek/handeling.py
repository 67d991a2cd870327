"""One act of one organisation, as both streams of the access log record it.

The names of the processing stream are those of Logboek Dataverwerkingen 0.7.0 and live in this module only, because
later drafts rename them. A trace is never taken over from a caller: a shared trace id would link two parties.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from convenant.base64url import encode_base64url
from convenant.beleid import Besluit
from convenant.types import Oin, Veld
from matcher.domein.grond import Afspraak, Grond, Toezicht
from matcher.logboek.blad import Blad, Json, Stroom, make_blad, milliseconds
from matcher.types import MedewerkerPseudoniem, SignaalId

_ACTIVITY = "urn:koppelradar:verwerkingsactiviteit:{}:1"
_SIV_INFO = b"koppelradar/logboek/betrokkene"
_STATUS_OK = 1

TOEZICHT = "toezicht"
"""The ground on which an FG is told, as the log names it; no deelregel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handeling:
    """Who does what, from `begonnen_op` (aware) on. `operatie` and `spoor` are 8 and 16 random bytes, in hex."""

    naam: str
    organisatie: Oin
    medewerker: MedewerkerPseudoniem | None = field(repr=False)
    rol: str
    begonnen_op: datetime
    operatie: str = field(default_factory=lambda: secrets.token_hex(8))
    spoor: str = field(default_factory=lambda: secrets.token_hex(16))


class Bladmaker:
    """Makes the leaves of an act. Holds the key under which data subjects are named in the processing stream."""

    def __init__(self, sleutel: bytes) -> None:
        # AES-SIV wants two independent keys; both come from the one key that the operator keeps.
        double = HKDF(hashes.SHA256(), length=64, salt=None, info=_SIV_INFO).derive(sleutel)
        self._siv = AESSIV(double)

    def toegang(self, handeling: Handeling, **bijzonderheden: Json) -> Blad:
        """The access leaf: actor, role and outcome, with what belongs to this kind of act."""
        inhoud: dict[str, Json] = {
            "operatie": handeling.operatie,
            "handeling": handeling.naam,
            "organisatie": handeling.organisatie,
            "medewerker": encode_base64url(handeling.medewerker) if handeling.medewerker else None,
            "rol": handeling.rol,
            **bijzonderheden,
        }
        return make_blad(Stroom.TOEGANG, inhoud, tijd=handeling.begonnen_op)

    def verwerkingen(
        self, handeling: Handeling, signalen: Iterable[SignaalId], *, klaar_op: datetime
    ) -> Iterator[Blad]:
        """A processing leaf per data subject; a signal stands for the person it is about."""
        for signaal in signalen:
            inhoud = self._verwerking(handeling, signaal, klaar_op)
            yield make_blad(Stroom.VERWERKING, inhoud, tijd=klaar_op)

    def betrokkene(self, signaal: SignaalId) -> str:
        """The data subject as the log names it: the signal id under AES-SIV (RFC 5297), found again by its key."""
        return encode_base64url(self._siv.encrypt(signaal.bytes, None))

    def _verwerking(self, handeling: Handeling, signaal: SignaalId, klaar_op: datetime) -> dict[str, Json]:
        activity = _ACTIVITY.format(handeling.naam.replace(" ", "-"))
        return {
            "trace_id": handeling.spoor,
            "operation_id": handeling.operatie,
            "status_code": _STATUS_OK,
            "name": handeling.naam,
            "start_time": milliseconds(handeling.begonnen_op),
            "end_time": milliseconds(klaar_op),
            "attributes": [
                {"key": "dpl.core.processing_activity_id", "value": activity},
                {"key": "dpl.core.data_subject_id", "value": self.betrokkene(signaal)},
            ],
        }


def grond_fields(grond: Grond) -> dict[str, Json]:
    """What the access log keeps of the ground on which somebody was told something."""
    if isinstance(grond, Besluit):
        return besluit_fields(grond)
    fields: dict[str, Json] = {"convenant": grond.convenant, "convenantversie": grond.versie, "velden": []}
    if isinstance(grond, Afspraak):
        return fields | {"artikel": grond.artikel}
    if isinstance(grond, Toezicht):
        return fields | {"grondslag": TOEZICHT, "velden": [Veld.ORGANISATIE.value]}
    return fields


def weigering_fields(besluit: Besluit) -> dict[str, Json]:
    """What the access log keeps of a decision that granted nothing: why, and under which version."""
    return {"convenant": besluit.convenant, "convenantversie": besluit.versie, "reden": besluit.reden}


def besluit_fields(besluit: Besluit, velden: frozenset[Veld] | None = None) -> dict[str, Json]:
    """What the access log keeps of a decision: article, ground, version and the names of the fields.

    The fields are those that were told, where that is less than what was granted.
    """
    told = besluit.velden if velden is None else velden
    return {
        "artikel": besluit.artikel,
        "grondslag": besluit.grondslag,
        "convenant": besluit.convenant,
        "convenantversie": besluit.versie,
        "velden": [veld.value for veld in sorted(told)],
    }
