"""Whether an organisation stays within what the convenant lets it do in a calendar month (ONTWERP guarantee 10).

Without a limit an insider could submit a signal on everybody in a class or a street, and read from what comes back who
else knows them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from convenant.model import Convenant
from convenant.profielen import PROFIELEN
from convenant.types import ConvenantId, Oin
from convenant.web.errors import Invoerfout

_SIGNALEN = "Uw organisatie mag deze maand niet zoveel nieuwe signalen meer indienen. Dien er minder in, of wacht."
_MOGELIJK = (
    "Uw organisatie kreeg deze maand al zoveel mogelijke matches als het convenant toestaat. Beoordeel die eerst."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an organisation did under one convenant, in a month or in one act.

    `signalen` are all that brought tokens in, for the alarm of the sleutelhouder; `nieuwe_signalen` those among them
    that were not there before, and `mogelijke_matches` what these found. `bevragingen` and `bekendheidsvragen` are
    counted in persons.
    """

    signalen: int = 0
    nieuwe_signalen: int = 0
    mogelijke_matches: int = 0
    bevragingen: int = 0
    bekendheidsvragen: int = 0

    def as_row(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "signalen": self.signalen,
            "nieuwe_signalen": self.nieuwe_signalen,
            "mogelijke_matches": self.mogelijke_matches,
            "bevragingen": self.bevragingen,
            "bekendheidsvragen": self.bekendheidsvragen,
        }


def most_at_once(convenant: Convenant, organisatie: Oin, voor: Telling) -> int:
    """How many signals one act may bring, after what was counted in this month before it.

    Each slot of a signal can find somebody, so that a large batch would find far more than the limit before anything
    is counted. What is left of the limit bounds it, whatever the signals find: a refusal tells nothing about them.
    """
    regel = convenant.plafondregel_of(organisatie)
    if regel is None:
        return 1
    left = regel.mogelijke_matches.of(convenant.partij(organisatie).omvang) - voor.mogelijke_matches
    return max(1, left // len(PROFIELEN[convenant.profiel].slots))


def over_plafond(
    organisatie: Oin,
    erbij: Mapping[ConvenantId, Telling],
    totaal: Mapping[ConvenantId, Telling],
    *,
    convenanten: Mapping[ConvenantId, Convenant],
) -> tuple[Invoerfout, ...]:
    """What this act goes beyond; `totaal` are the counts of the month with it, `erbij` what it adds to them.

    The signals count to the last one. Of the possible matches those found before count, never those of this act: else
    a refusal would tell that a signal finds somebody.
    """
    return tuple(
        fout
        for convenant_id in sorted(totaal)
        for fout in _check(convenanten[convenant_id], organisatie, erbij[convenant_id], totaal[convenant_id])
    )


def _check(convenant: Convenant, organisatie: Oin, erbij: Telling, totaal: Telling) -> Iterator[Invoerfout]:
    if not erbij.nieuwe_signalen:
        return
    regel = convenant.plafondregel_of(organisatie)
    omvang = convenant.partij(organisatie).omvang
    if regel is None or totaal.nieuwe_signalen > regel.signalen.of(omvang):
        yield Invoerfout("/signalen", "plafond-signalen", _SIGNALEN)
    if regel is not None and totaal.mogelijke_matches - erbij.mogelijke_matches >= regel.mogelijke_matches.of(omvang):
        yield Invoerfout("/signalen", "plafond-mogelijke-matches", _MOGELIJK)
