"""What a contact card says, and what it is bound to. A repr names no professional."""

from dataclasses import asdict, dataclass, field
from uuid import UUID

from client_sdk.errors import KaartOngeldig
from client_sdk.types import Kaartgeheim
from convenant.types import ConvenantId, Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartgegevens:
    """Who to call about a signal, as the own organisation fills it in; empty is not known.

    Raises KaartOngeldig, naming the field, for a professional or functie that is empty, for a card without telefoon
    and email, and for characters that cannot be printed.
    """

    professional: str = field(repr=False)
    functie: str = field(repr=False)
    telefoon: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    beschikbaarheid: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        for veld, waarde in asdict(self).items():
            if not waarde.isprintable():
                raise KaartOngeldig(veld, "Gebruik één regel gewone tekst.")
        for veld in ("professional", "functie"):
            if not getattr(self, veld).strip():
                raise KaartOngeldig(veld, "Vul dit in: de ander moet weten wie er opneemt.")
        if not (self.telefoon.strip() or self.email.strip()):
            raise KaartOngeldig("telefoon", "Vul een telefoonnummer of een e-mailadres in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaartcontext:
    """The signal that a card belongs to, and whose it is: what every seal and signature is bound to."""

    convenant: ConvenantId
    signaal: UUID
    oin: Oin

    def document(self) -> dict[str, str]:
        """Return the three as JSON, under the names of the protocol."""
        return {"convenant": self.convenant, "signaal": str(self.signaal), "oin": self.oin}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contactkaart:
    """A card of which the signature holds; `naam` is the organisation's."""

    context: Kaartcontext
    naam: str
    gegevens: Kaartgegevens


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenKaart:
    """The own card of one signal as the register keeps it: signed, with the key under which the matcher holds it."""

    jws: str = field(repr=False)
    geheim: Kaartgeheim
