"""The small words of a convenant: identifiers and the closed lists that appear in the document."""

import re
from enum import StrEnum, unique
from typing import Final, NewType

from convenant.errors import OngeldigOin

Oin = NewType("Oin", str)
"""Organisatie-identificatienummer: twenty characters, leading zeros included; checked by `parse_oin`."""

ConvenantId = NewType("ConvenantId", str)
"""Three to forty characters of `[a-z0-9-]`; part of the salt of every koppeltoken."""

Epoche = NewType("Epoche", int)
"""Number of a key period, from 1."""

# Prefix, main number and suffix as in Logius' OIN-stelsel. Prefix 05 is unassigned. There is no check digit.
OIN_PATTERN: Final = "^(0000000[1-46-9]|00000010|00000099)[0-9A-Z]{9}000$"
TEST_OIN_PREFIX: Final = "00000099"

_OIN: Final = re.compile(OIN_PATTERN)


@unique
class Niveau(StrEnum):
    """How sure it is that two signals are about one person, the surest first."""

    ZEKER = "zeker"
    WAARSCHIJNLIJK = "waarschijnlijk"
    MOGELIJK = "mogelijk"

    @property
    def rang(self) -> int:
        """The place in this order; 0 for the surest. The values themselves sort as text, and mean nothing so."""
        return _RANGEN[self]


_RANGEN: Final = {niveau: rang for rang, niveau in enumerate(Niveau)}


@unique
class Omgeving(StrEnum):
    """Whether real persons may be in it: a `proef` runs on invented ones."""

    PROEF = "proef"
    PRODUCTIE = "productie"


@unique
class Modus(StrEnum):
    """How a koppeltoken is derived; `hmac` falls to a dictionary attack by a party: for a `proef` only."""

    HMAC = "hmac"
    VOPRF = "voprf"


@unique
class Rol(StrEnum):
    """What a party may do in the system."""

    SIGNALEERDER = "signaleerder"
    RADAR = "radar"
    REGISSEUR = "regisseur"
    PRIVACY = "privacy"
    BEHEER = "beheer"


@unique
class Sector(StrEnum):
    """The sectors of the Wet meldcode, with Veilig Thuis and other public bodies."""

    GEZONDHEIDSZORG = "gezondheidszorg"
    ONDERWIJS = "onderwijs"
    KINDEROPVANG = "kinderopvang"
    MAATSCHAPPELIJKE_ONDERSTEUNING = "maatschappelijke-ondersteuning"
    JEUGDHULP = "jeugdhulp"
    JUSTITIE = "justitie"
    VEILIG_THUIS = "veilig-thuis"
    OVERHEID = "overheid"


@unique
class Veld(StrEnum):
    """What can be told about a signal; there is nothing else that the matcher could tell."""

    ORGANISATIE = "organisatie"
    CONTACT = "contact"
    SIGNAALSOORT = "signaalsoort"
    INGEDIEND_OP = "ingediendOp"
    KAART = "kaart"
    """The contact card of the professional who signalled."""
    OVEREENKOMST = "overeenkomst"
    """Which slots of a possible match coincide; the only thing that is told of one."""
    REGIE = "regie"
    """That this party was proposed for, accepted or handed over the regie of the match."""
    OPVOLGING = "opvolging"
    """What this party did after the match: contact, the next moment, closing. No content."""
    HULP = "hulp"
    """That the help of this party started, stagnates or stopped. No content."""
    TERUGKOPPELING = "terugkoppeling"
    """What became of a melding: taken up or not, handed over to whom, who monitors."""


@unique
class Gebeurtenis(StrEnum):
    """What gives rise to telling something."""

    MATCH = "match"
    """Two signals share slot `zeker`, or both sides confirmed that they are about one person."""
    MOGELIJKE_MATCH = "mogelijke-match"
    """Weaker slots coincide and nobody has confirmed anything."""
    ACUUT = "acuut"
    """One side confirmed a possible match because of acute danger; reviewed afterwards."""
    GEZINSMATCH = "gezinsmatch"
    """Two signals are about different members of one casus."""
    BEVRAGING = "bevraging"
    """A party with a radar asks, at a melding, which signals there are on these persons."""
    TERUGKOPPELING = "terugkoppeling"
    """Veilig Thuis lets whoever signalled know what became of it."""
    BEKENDHEIDSVRAAG = "bekendheidsvraag"
    """A party asks the others who knows a person, and they answer from their own registers."""


@unique
class Antwoordwijze(StrEnum):
    """How a party answers a bekendheidsvraag."""

    AUTOMATISCH = "automatisch"
    """Its SDK answers by itself; the party does not learn about whom the question was."""
    NA_AKKOORD = "na-akkoord"
    """Only after a professional of the party said yes."""


@unique
class Informatieplicht(StrEnum):
    """Whether the persons concerned must have been told before a signal is submitted."""

    VERPLICHT = "verplicht"
    NIET_VERPLICHT = "niet-verplicht"


@unique
class Fase(StrEnum):
    """Where a casus stands on the way to lasting safety (gefaseerd samenwerken aan veiligheid)."""

    DIRECTE_VEILIGHEID = "directe-veiligheid"
    STABIELE_VEILIGHEID = "stabiele-veiligheid"
    HERSTEL = "herstel"
    STABILISATIE = "stabilisatie"
    TERUGVAL = "terugval"


@unique
class LopendeSignalen(StrEnum):
    """What a new version does with the signals that were submitted under the one before."""

    NIEUWE_REGELS = "nieuwe-regels"
    """They stay until their own end date; what is told of them is up to the new version."""
    BEEINDIGEN = "beeindigen"
    """They end at the moment at which the new version comes into force."""


@unique
class Betrokkene(StrEnum):
    """Who is told that a signal is submitted."""

    OUDERS = "ouders"
    JEUGDIGE = "jeugdige"
    VOLWASSENE = "volwassene"


@unique
class Eenheid(StrEnum):
    """In what a term is counted."""

    WERKDAGEN = "werkdagen"
    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"


@unique
class Zwaarte(StrEnum):
    """How heavy a melding is, in the veiligheidsbeoordeling of Veilig Thuis."""

    LICHT = "licht"
    MIDDELZWAAR = "middelzwaar"
    ZWAAR = "zwaar"


@unique
class Doelgroep(StrEnum):
    """Whom a melding is about, as far as it decides who takes it over."""

    JEUGD = "jeugd"
    VOLWASSENEN = "volwassenen"


@unique
class Overdrachtsmoment(StrEnum):
    """After which of its tasks Veilig Thuis hands a melding over."""

    BEOORDELING = "beoordeling"
    ONDERZOEK = "onderzoek"


@unique
class Overdrachtswijze(StrEnum):
    """How a melding is handed over: warm is in a conversation with those concerned or with the receiver."""

    WARM = "warm"
    SCHRIFTELIJK = "schriftelijk"
    WARM_EN_SCHRIFTELIJK = "warm-en-schriftelijk"


@unique
class Overdrachtsgegeven(StrEnum):
    """What can go along with a melding, or be kept out of it. It travels between systems, never through ours."""

    AANLEIDING = "aanleiding"
    GEZINSSAMENSTELLING = "gezinssamenstelling"
    CONTACTGEGEVENS = "contactgegevens"
    VEILIGHEIDSBEOORDELING = "veiligheidsbeoordeling"
    VEILIGHEIDSVOORWAARDEN = "veiligheidsvoorwaarden"
    EERDERE_MELDINGEN = "eerdere-meldingen"
    BETROKKEN_HULP = "betrokken-hulp"
    MELDER = "melder"
    POLITIEMELDING = "politiemelding"
    MEDISCHE_GEGEVENS = "medische-gegevens"
    STRAFRECHTELIJKE_GEGEVENS = "strafrechtelijke-gegevens"


@unique
class Informeerder(StrEnum):
    """Who tells those concerned that their melding is handed over."""

    VEILIG_THUIS = "veilig-thuis"
    ONTVANGER = "ontvanger"
    SAMEN = "samen"


def parse_oin(text: str) -> Oin:
    """Return `text` as an OIN.

    Only the form is checked: an OIN has no check digit and the public register is incomplete, so that this
    does not prove that the organisation exists. Raises `OngeldigOin`.
    """
    if not _OIN.fullmatch(text):
        raise OngeldigOin(
            "Dit is geen OIN. Een OIN heeft 20 tekens: 8 cijfers voorvoegsel, een nummer van 9 tekens en 000."
        )
    return Oin(text)
