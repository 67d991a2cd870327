"""What can go wrong with a convenant.

ConvenantFout
├── OngeldigConvenant          the document; carries every Bevinding at once
├── OngeldigOin
├── SleutelbestandFout         a file with a secret cannot be read or made
├── OnbekendePartij
├── OnbekendeSignaalsoort
├── OnbekendeEpoche
├── OnbekendeGemeente
├── OnbekendVoorbeeld
├── ZegelFout                  sealing for one party (`convenant.zegel`)
│   ├── OngeldigZegel
│   └── OngeldigeZegelsleutel
├── OngeldigeUitgifte          a convenant key that came sealed cannot be given out or trusted
├── OndertekeningFout          signing (`convenant.ondertekening`); nothing of it counts
│   ├── OngeldigeVerklaring    a statement or seal of another form, or not signed by whom it says
│   ├── GebrokenKeten          a statement does not follow on the one before: forged, left out, doubled or swapped
│   ├── VerklaringGeweigerd    well signed, and not for this party to state, or not now
│   ├── OngeldigeBundel        a file of statements cannot be read, or is not what was sealed
│   ├── OngeldigeOpvolging     a version does not follow on the one before
│   └── ConvenantGeldtNiet     well signed, and not in force
├── VoprfFout                  blind evaluation (`convenant.voprf`); no outcome, not even in part
│   ├── OngeldigPunt
│   ├── OngeldigBewijs
│   ├── OngeldigeSleutel
│   └── VerkeerdAantal
└── LeeftijdsgrensBereikt      the signal would have ended before it began
    └── LeeftijdOnbekend       the age limit cannot be applied: no year of birth

Texts are Dutch, for the person who has to act. They name fields, lines and paths, never values: somebody
may have put a private key where a public one belongs.
"""

from dataclasses import dataclass

from convenant.taal import meervoud


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One problem in a document.

    `pad` is the dotted path from the root (list positions count from 0, "" is the document itself), `regel`
    the line counted from 1, or None where the document did not come from text.
    """

    pad: str
    regel: int | None
    melding: str

    def __str__(self) -> str:
        plaats = [f"regel {self.regel}"] if self.regel is not None else []
        if self.pad:
            plaats.append(self.pad)
        return f"{', '.join(plaats)}: {self.melding}" if plaats else self.melding


class ConvenantFout(Exception):
    """Base of every error of this package."""


class OngeldigConvenant(ConvenantFout):
    """The document is not a usable convenant; `bevindingen` holds all problems, in the order of the lines."""

    def __init__(self, bron: str, bevindingen: tuple[Bevinding, ...]) -> None:
        super().__init__(bron, bevindingen)
        self.bron = bron
        self.bevindingen = bevindingen

    def __str__(self) -> str:
        telling = meervoud(len(self.bevindingen), "probleem", "problemen")
        kop = f"Het convenant in {self.bron} klopt niet ({telling})."
        return "\n".join([kop, *(f"  {self.bron}: {bevinding}" for bevinding in self.bevindingen)])


class OngeldigOin(ConvenantFout):
    """The text is not an OIN (Logius, OIN-stelsel)."""


class SleutelbestandFout(ConvenantFout):
    """A file with a secret is missing, open to others, exists already, or holds no key."""


class OnbekendePartij(ConvenantFout):
    """The organisation is no party to the convenant."""


class OnbekendeSignaalsoort(ConvenantFout):
    """The convenant does not know this kind of signal."""


class OnbekendeEpoche(ConvenantFout):
    """The convenant has no such epoch, or none on that day."""


class OnbekendeGemeente(ConvenantFout):
    """The convenant names no such municipality."""


class OnbekendVoorbeeld(ConvenantFout):
    """The package has no example convenant with this name."""


class ZegelFout(ConvenantFout):
    """Something cannot be sealed or opened."""


class OngeldigZegel(ZegelFout):
    """A seal was made for another key or another purpose, or was changed; nothing of it may be used."""


class OngeldigeZegelsleutel(ZegelFout):
    """The bytes are no sealing key, secret or public."""


class OngeldigeUitgifte(ConvenantFout):
    """The convenant key is not for this party and epoch, or not from the sleutelbewaarder; it may not be used."""


class OndertekeningFout(ConvenantFout):
    """A statement, a bundle or a version cannot be trusted; `plaats` counts statements from 1, None for the whole."""

    def __init__(self, melding: str, plaats: int | None = None) -> None:
        super().__init__(melding, plaats)
        self.melding = melding
        self.plaats = plaats

    def __str__(self) -> str:
        return self.melding if self.plaats is None else f"Verklaring {self.plaats}: {self.melding}"


class OngeldigeVerklaring(OndertekeningFout):
    """It has another form, is about another convenant or version, or is not signed by whom it says."""


class GebrokenKeten(OndertekeningFout):
    """Number, link or moment do not follow on the statement before: something is missing, doubled or swapped."""


class VerklaringGeweigerd(OndertekeningFout):
    """It is well signed, and this party may not state this, or not now."""


class OngeldigeBundel(OndertekeningFout):
    """The file cannot be read, has no seal, or is not what the convenanthouder sealed."""


class OngeldigeOpvolging(OndertekeningFout):
    """The version does not follow on the one before, or not everybody who had to accept it did."""


class ConvenantGeldtNiet(OndertekeningFout):
    """The convenant is not in force: somebody still has to sign, it ended, or nobody signed it at all."""


class VoprfFout(ConvenantFout):
    """A blind evaluation cannot be made or trusted; nothing of it may be used."""


class OngeldigPunt(VoprfFout):
    """No canonical encoding of a group element, or the identity; `positie` counts from 0, None outside a row."""

    def __init__(self, positie: int | None = None) -> None:
        super().__init__(positie)
        self.positie = positie

    def __str__(self) -> str:
        punt = "Een punt" if self.positie is None else f"Het punt op plaats {self.positie + 1}"
        return f"{punt} is ongeldig. Gebruik dit bericht niet en maak een nieuwe aanvraag."


class OngeldigBewijs(VoprfFout):
    """The proof does not show that the evaluation was made with the pinned key."""


class OngeldigeSleutel(VoprfFout):
    """The bytes are no OPRF key, secret or public."""


class VerkeerdAantal(VoprfFout):
    """A batch is empty, too large, or not as long as what it answers."""


class LeeftijdsgrensBereikt(ConvenantFout):
    """The person has reached, or is about to reach, the age at which this kind of signal ends."""


class LeeftijdOnbekend(LeeftijdsgrensBereikt):
    """The signal has an age limit and the year of birth is unknown: nobody can tell when it must end."""
