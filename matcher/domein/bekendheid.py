"""The bekendheidsvraag: who may ask it, who is asked, until when, and what an answer may tell. Pure.

An answer holds tokens only, and not of which kind of signal each comes. So the convenant is asked about every kind that
the answering party may submit, and what it does not grant of one of them is told of none: the answer depends on the
convenant alone, never on a register, and can only be less than the rules give.

Whoever answers after a person's yes may take until the last day. A question to such a party therefore never closes
before it, whatever was answered: else the moment of closing would tell that somebody was, or was not, thinking it over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from convenant.beleid import Besluit, Verlening, Vraag, beslis
from convenant.kalender import local_date
from convenant.model import Convenant
from convenant.types import Antwoordwijze, ConvenantId, Epoche, Gebeurtenis, Niveau, Oin, Veld
from convenant.web.errors import Invoerfout
from matcher.domein import termijn
from matcher.domein.toelating import EPOCHE_LOOPT_NIET
from matcher.types import TokenHash, VraagId

STAP: Final = 256
"""An answer holds a multiple of so many tokens: the SDK pads it, so that it hardly shows how large a register is."""

MAX_ANTWOORDEN: Final = 20
"""How often one party may answer one question: once, and again after new signals, but not as a way to guess."""

BEWAARD: Final = timedelta(days=30)
"""How long after its closing a question, and who knew somebody, can still be read."""

_GEEN_SOORT: Final = ""
_TOLD: Final = frozenset({Veld.ORGANISATIE, Veld.CONTACT})
_NO_NAME: Final = (
    "Het convenant laat de organisatie niet voor elke signaalsoort noemen die zij mag indienen; nodig is een deelregel "
    "die dat wel doet."
)


class Vraagstatus(StrEnum):
    """Where a question is in its life."""

    LOOPT = "loopt"
    GESLOTEN = "gesloten"


class Oordeel(StrEnum):
    """What a party says of a person of whom it holds the same token."""

    OPEN = "open"
    """Nobody has decided yet; the asker sees nothing."""
    BEKEND = "bekend"
    NEE = "nee"
    """A no. To the asker it is the same as unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekendheidsvraag:
    """One question about `aantal` persons; whose, only the asker knows. `uiterlijk` is the last day to answer on."""

    id: VraagId
    convenant: ConvenantId
    vrager: Oin
    epoche: Epoche
    aantal: int
    gesteld_op: datetime
    uiterlijk: date
    gesloten_op: datetime | None = None

    def status_on(self, dag: date) -> Vraagstatus:
        """Where it is on that day; past its last day it is closed, also when it was not cleared yet."""
        over = self.gesloten_op is not None or dag > self.uiterlijk
        return Vraagstatus.GESLOTEN if over else Vraagstatus.LOOPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stelling:
    """A question as it comes in; `tokens` are peppered already, in the order in which the asker names the persons."""

    id: VraagId
    convenant: ConvenantId
    epoche: Epoche
    reden: str
    tokens: tuple[TokenHash, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gevraagde:
    """A party that is asked, how it answers, and how often it did."""

    organisatie: Oin
    wijze: Antwoordwijze
    antwoorden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Treffer:
    """That a party holds the token of the person at `plaats`."""

    plaats: int
    organisatie: Oin
    oordeel: Oordeel


def decide(convenant: Convenant, *, vrager: Oin, over: Oin, op: date) -> Besluit:
    """What the asker may be told when this party knows somebody: its name at least, or nothing."""
    soorten = [s.code for s in convenant.signaalsoorten if convenant.may_submit(over, s.code)]
    # Who may submit nothing knows nobody in this sense; the question is asked, so that the log has a reason.
    besluiten = [_decide_soort(convenant, vrager, over, soort, op) for soort in soorten or [_GEEN_SOORT]]
    refused = next((besluit for besluit in besluiten if not besluit.toegestaan), None)
    return refused or _least(besluiten)


def asked(convenant: Convenant, vrager: Oin, *, op: date) -> tuple[Gevraagde, ...]:
    """Whom a question of this party goes to, as the convenant says; nobody is an answer too."""
    bekendheid = convenant.afspraken.bekendheid
    if bekendheid is None:
        return ()
    wijzen = ((partij.oin, bekendheid.wijze_of(partij)) for partij in convenant.partijen)
    return tuple(
        Gevraagde(organisatie=oin, wijze=wijze)
        for oin, wijze in wijzen
        if wijze is not None and decide(convenant, vrager=vrager, over=oin, op=op).toegestaan
    )


def artikel_of(convenant: Convenant) -> str:
    """The article on which questions are put; empty where the convenant has none."""
    return convenant.afspraken.bekendheid.artikel if convenant.afspraken.bekendheid else ""


def last_day(convenant: Convenant, *, op: date) -> date | None:
    """The last day on which a question of that day is answered; None where the convenant names no term for it."""
    bekendheid = convenant.afspraken.bekendheid
    return termijn.last_day(convenant, bekendheid.antwoordtermijn, op) if bekendheid else None


def cap_of(convenant: Convenant, vrager: Oin) -> int | None:
    """About how many persons this party may ask in a month; None is that it may ask nothing."""
    regel = convenant.plafondregel_of(vrager)
    if regel is None or regel.bekendheidsvragen is None:
        return None
    return regel.bekendheidsvragen.of(convenant.partij(vrager).omvang)


def may_ask(convenant: Convenant, vrager: Oin, *, op: date) -> bool:
    """Whether the convenant lets this party ask: a rule, a cap and a term of answering. Says nothing of anybody."""
    return (
        cap_of(convenant, vrager) is not None
        and last_day(convenant, op=op) is not None
        and bool(asked(convenant, vrager, op=op))
    )


def findings(convenant: Convenant, stelling: Stelling, *, op: date) -> tuple[Invoerfout, ...]:
    """Everything in a question that the convenant does not take; `pad` is a JSON pointer into the request."""
    return tuple(_findings(convenant, stelling, op))


def most_tokens(lopend: int) -> int:
    """How many tokens a party with so many live signals may send in one answer: one for each, padded."""
    return (lopend // STAP + 1) * STAP


def is_complete(gevraagden: Iterable[Gevraagde]) -> bool:
    """Whether nothing more can come: all answered, and none of them is waiting for a person."""
    return all(g.antwoorden and g.wijze is Antwoordwijze.AUTOMATISCH for g in gevraagden)


def must_close(vraag: Bekendheidsvraag, convenanten: Mapping[ConvenantId, Convenant], *, vandaag: date) -> bool:
    """Whether a question that was not closed has come to its end: its day passed, or its keys leaked."""
    if vraag.status_on(vandaag) is Vraagstatus.GESLOTEN:
        return True
    convenant = convenanten.get(vraag.convenant)
    return convenant is not None and all(p.nummer != vraag.epoche or p.gelekt for p in convenant.epochen)


def make_vraag(convenant: Convenant, stelling: Stelling, vrager: Oin, *, op: datetime) -> Bekendheidsvraag:
    """A new question, of a party that `may_ask`."""
    uiterlijk = last_day(convenant, op=local_date(op))
    if uiterlijk is None:
        raise ValueError("a convenant without a term of answering takes no question")
    return Bekendheidsvraag(
        id=stelling.id,
        convenant=convenant.id,
        vrager=vrager,
        epoche=stelling.epoche,
        aantal=len(stelling.tokens),
        gesteld_op=op,
        uiterlijk=uiterlijk,
    )


def is_same(vraag: Bekendheidsvraag, stored: Sequence[TokenHash], stelling: Stelling, vrager: Oin) -> bool:
    """Whether a question that was put before is this one, sent again.

    `stored` are its tokens, in order; once it was closed there are none, and only the rest can be compared.
    """
    known = (vraag.vrager, vraag.convenant, vraag.epoche, vraag.aantal)
    sent = (vrager, stelling.convenant, stelling.epoche, len(stelling.tokens))
    return known == sent and (not stored or tuple(stored) == stelling.tokens)


def _findings(convenant: Convenant, stelling: Stelling, op: date) -> Iterator[Invoerfout]:
    if stelling.epoche not in {periode.nummer for periode in convenant.running_epochen(op)}:
        yield Invoerfout("/epoche", "epoche-loopt-niet", EPOCHE_LOOPT_NIET)
    bevraging = convenant.afspraken.bevraging
    if bevraging is None or not bevraging.has_reden(stelling.reden):
        yield Invoerfout("/reden", "onbekende-reden", "Kies een van de redenen die in het convenant staan.")
    if len(set(stelling.tokens)) != len(stelling.tokens):
        yield Invoerfout("/tokens", "dubbel-token", "Vraag in één bekendheidsvraag hoogstens één keer naar iemand.")


def _decide_soort(convenant: Convenant, vrager: Oin, over: Oin, soort: str, op: date) -> Besluit:
    return beslis(
        convenant,
        Vraag(
            gebeurtenis=Gebeurtenis.BEKENDHEIDSVRAAG,
            niveau=Niveau.ZEKER,
            ontvanger=vrager,
            over=over,
            signaalsoort=soort,
            # Asking is no signal: who asks gives nothing away, and only a rule that needs no signal of its own grants.
            eigen_signaalsoorten=frozenset(),
            op=op,
        ),
    )


def _least(besluiten: Sequence[Besluit]) -> Besluit:
    """What all of these grant, with the articles of each of them; a refusal when that is not even the name."""
    velden = _TOLD.intersection(*(besluit.velden for besluit in besluiten))
    if Veld.ORGANISATIE not in velden:
        geen = replace(besluiten[0], toegestaan=False, velden=frozenset(), artikel="", grondslag="", verleend=())
        return replace(geen, reden=_NO_NAME)
    verleend = _merged(verlening for besluit in besluiten for verlening in besluit.verleend)
    carrying = [verlening for verlening in verleend if verlening.velden & velden]
    return replace(
        besluiten[0],
        velden=velden,
        artikel=", ".join(dict.fromkeys(verlening.artikel for verlening in carrying)),
        grondslag=", ".join(sorted({verlening.grondslag for verlening in carrying})),
        verleend=tuple(carrying),
    )


def _merged(verleningen: Iterable[Verlening]) -> list[Verlening]:
    return sorted(set(verleningen), key=lambda v: (v.artikel, v.grondslag, sorted(v.velden)))
