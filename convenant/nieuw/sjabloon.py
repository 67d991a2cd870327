"""The text of a new convenant, from a template with comments that say what is to be filled in.

What nobody but the parties knows, their keys, stands in it as a placeholder that no check lets pass.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from importlib.resources import files
from string import Template
from typing import Final

from convenant.types import TEST_OIN_PREFIX, Oin, Rol, Sector

PLACEHOLDER: Final = "VUL-IN-PUBLIEKE-SLEUTEL"

_MAX_ID: Final = 40
_MAX_KID: Final = 50
_NOT_IN_CODES: Final = re.compile("[^a-z0-9]+")
_DOEL: Final = "Professionals die zich zorgen maken over dezelfde persoon weten dat van elkaar en stemmen hun hulp af."


@unique
class Sjabloon(StrEnum):
    """What a new convenant starts from."""

    MINIMAAL = "minimaal"
    """Organisations that signal, and hear that they did: nothing more."""
    REGIO = "regio"
    """With Veilig Thuis as radar, violence as a signal of its own, joining, terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuwePartij:
    """A party as somebody thinks of it at the start."""

    naam: str
    sector: Sector
    rollen: tuple[Rol, ...]
    gemeenten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NieuwConvenant:
    """What has to be known at the start; `convenanthouder` is the name of one of the parties."""

    id: str
    naam: str
    regio: str
    van: date
    tot: date
    convenanthouder: str
    beheerder: str
    partijen: tuple[NieuwePartij, ...]


def nieuw_yaml(nieuw: NieuwConvenant, sjabloon: Sjabloon, *, bestand: str) -> str:
    """Return the YAML of a new convenant; `bestand` is what the comments call it.

    What was typed is quoted, so that no name becomes anything but a name. That it makes sense is not checked.
    """
    kop = _template("kop").substitute(
        kopregel=_comment(f"{nieuw.naam}: een begin, gemaakt van het sjabloon {sjabloon.value}."),
        bestand=_comment(bestand),
        id=nieuw.id,
        naam=_quoted(nieuw.naam),
        regio=_quoted(nieuw.regio),
        doel=_DOEL,
        van=nieuw.van.isoformat(),
        tot=nieuw.tot.isoformat(),
        convenanthouder=_holder(nieuw),
        convenanthouder_naam=_comment(nieuw.convenanthouder),
        beheerder=test_oin(0),
        beheerder_naam=_quoted(nieuw.beheerder),
        partijen="\n".join(_parties(nieuw)),
    )
    return f"{kop}\n{_template(sjabloon.value).template}"


def test_oin(nummer: int) -> Oin:
    """Return a test OIN (prefix 00000099): made up, and refused in production."""
    return Oin(f"{TEST_OIN_PREFIX}{nummer + 1:06d}000000")


def slug(tekst: str) -> str:
    """Return the text as a code: letters without accents, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_CODES.sub("-", plain).strip("-")


def convenant_id(regio: str, jaar: int) -> str:
    """Return an id for the convenant of a region that begins in that year."""
    return f"{slug(regio)[: _MAX_ID - 5].strip('-') or 'convenant'}-{jaar}"


def _holder(nieuw: NieuwConvenant) -> Oin:
    namen = [partij.naam for partij in nieuw.partijen]
    return test_oin(namen.index(nieuw.convenanthouder) + 1)


def _parties(nieuw: NieuwConvenant) -> Iterator[str]:
    for nummer, partij in enumerate(nieuw.partijen, 1):
        yield _template("partij").substitute(
            oin=test_oin(nummer),
            naam=_quoted(partij.naam),
            sector=partij.sector.value,
            rollen=", ".join(rol.value for rol in partij.rollen),
            gemeenten=", ".join(map(_quoted, partij.gemeenten)),
            vereist="true" if partij.naam == nieuw.convenanthouder else "false",
            # With the number, so that two names that look alike have two keys.
            kid=f"{slug(partij.naam)[:_MAX_KID].strip('-') or 'partij'}-{nummer}",
            sleutel=PLACEHOLDER,
        )


def _template(naam: str) -> Template:
    return Template(files(__package__).joinpath(f"{naam}.txt").read_text(encoding="utf-8"))


def _quoted(tekst: str) -> str:
    """Return the text as a YAML scalar in double quotes, which JSON strings are (YAML 1.2)."""
    return json.dumps(tekst, ensure_ascii=False)


def _comment(tekst: str) -> str:
    """Return the text on one line: a line break would end the comment."""
    return " ".join("".join(teken if teken.isprintable() else " " for teken in tekst).split())
