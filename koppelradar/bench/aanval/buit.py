"""What an attacker holds, and nothing else: each kind of knowledge is a type, and no attacker is given the world.

An attacker takes a `Buit` (a dump of the matcher's database with the secrets of two roles) or a `Deelname` (what any
organisation may do), and the public `Woordenlijst`. The OPRF keys are a separate argument that is None unless the
attack is run with the missing key.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, TypeAlias
from uuid import UUID

from client_sdk.koppeltokens import Tokenafleiding
from client_sdk.types import ConvenantSleutel, OrganisatieSleutel
from convenant.model import Convenant
from convenant.profielen import NL_1
from convenant.types import Epoche, Oin
from matcher.domein.pepper import Pepper

Tabellen: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
"""Every table of a database, by name; the rows as PostgreSQL gave them."""

CODES: Final = tuple(slot.code for slot in NL_1.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gevondensignaal:
    """A stored signal as a thief finds it: who sent it, when, until when, and its hashes in slot order."""

    id: UUID
    organisatie: Oin
    medewerker: bytes = field(repr=False)
    signaalsoort: str
    ingediend_op: datetime
    verloopt_op: date
    referentie: bytes = field(repr=False)
    hashes: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Dump:
    """A copy of the whole database, and the signals in it in the order of their ids."""

    signalen: tuple[Gevondensignaal, ...] = field(repr=False)
    tabellen: Tabellen = field(repr=False)

    @cached_property
    def plaatsen(self) -> Mapping[bytes, tuple[tuple[UUID, int], ...]]:
        """In which signals, and at which place, each hash occurs."""
        found: defaultdict[bytes, list[tuple[UUID, int]]] = defaultdict(list)
        for signaal in self.signalen:
            for slot, token_hash in enumerate(signaal.hashes):
                found[token_hash].append((signaal.id, slot))
        return {token_hash: tuple(plaatsen) for token_hash, plaatsen in found.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Organisatiegeheimen:
    """What one organisation holds: the convenant, its key K, and the key that is its own."""

    oin: Oin
    convenant: Convenant = field(repr=False)
    epoche: Epoche
    convenantsleutel: ConvenantSleutel
    organisatiesleutel: OrganisatieSleutel

    def afleiding(self, epoche: int | None = None) -> Tokenafleiding:
        """Return the derivation of tokens, of this epoch or another one."""
        return Tokenafleiding(self.convenant.id, Epoche(epoche or self.epoche), self.convenantsleutel)


@dataclass(frozen=True, eq=False, kw_only=True)
class Buit:
    """A stolen database, the matcher's pepper, and the secrets of one organisation."""

    dump: Dump
    pepper: Pepper
    organisatie: Organisatiegeheimen
