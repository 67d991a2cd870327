"""Statements, where they leave a convenant, and the bundle in which they travel."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from convenant.model import Convenant, Partij, PubliekeSleutel
from convenant.ondertekening.types import Slottekst, Status, Verklaringhash, Verklaringsoort, Verklaringtekst
from convenant.types import Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Verklaring:
    """One signed event of one party about one version; what `read_verklaringen` returns was verified.

    `partij` belongs to toetreden, `partij_oin` to toelaten, schorsen and hervatten, `toetreding` to toelaten, `sleutel`
    to sleutelwissel; they are None elsewhere. `op` is aware and in whole seconds, by the clock of the party.
    """

    oin: Oin
    soort: Verklaringsoort
    nummer: int
    vorige: Verklaringhash | None
    op: datetime
    hash: Verklaringhash
    kid: str
    tekst: Verklaringtekst = field(repr=False)
    partij: Partij | None = None
    partij_oin: Oin | None = None
    toetreding: Verklaringhash | None = None
    sleutel: PubliekeSleutel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a set of statements leaves a convenant at one moment.

    `geregistreerd` are all parties that are known, with the keys they have now: those of the document, then those that
    were admitted. `partijen` are the ones among them that take part: the last word is to accept, and no suspension.
    `aanvaard`, `afgewezen` and `opgezegd` go by last words; `ontbreekt` are the parties that said nothing yet.
    """

    status: Status
    aanvaard: frozenset[Oin]
    afgewezen: frozenset[Oin]
    opgezegd: frozenset[Oin]
    ontbreekt: frozenset[Oin]
    geschorst: frozenset[Oin]
    partijen: tuple[Partij, ...]
    geregistreerd: tuple[Partij, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundel:
    """A document with statements on it, as they travel in one file; nothing of it was verified."""

    document: dict[str, Any] = field(repr=False)
    verklaringen: tuple[Verklaringtekst, ...] = field(default=(), repr=False)
    slot: Slottekst | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ondertekend:
    """A bundle that was verified, and what it says. `convenant` is the text as written: ask `in_werking` who is in."""

    convenant: Convenant
    verklaringen: tuple[Verklaring, ...]
    stand: Stand
    bundel: Bundel
