"""Persons on the way in: from a file, from standard input, or asked for one field at a time.

Never from the command line: other users of the same computer can read that.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeVar

import typer
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from client_sdk.dienst import Betrokkene
from client_sdk.errors import InvoerFout
from client_sdk.persoon import Persoon
from convenant.errors import OngeldigOin
from convenant.types import Oin, parse_oin

DATES: Final = ["%Y-%m-%d"]
InvoerOptie = Annotated[
    str | None, typer.Option("--invoer", help="JSON-bestand met de gegevens, of - voor standaardinvoer.")
]
_STDIN: Final = "-"
_T = TypeVar("_T")


class Invoer(BaseModel):
    """The base of what is read; what it does not know is refused, so that a typing error does not go unseen."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", strict=True, hide_input_in_errors=True
    )


class Persoonsinvoer(Invoer):
    """The fields of a person."""

    voornamen: str
    voorvoegsel: str = ""
    geslachtsnaam: str
    geboortedatum: str
    partnernaam: str | None = None

    @property
    def persoon(self) -> Persoon:
        """The person, not checked yet."""
        return Persoon(
            voornamen=self.voornamen,
            voorvoegsel=self.voorvoegsel,
            geslachtsnaam=self.geslachtsnaam,
            geboortedatum=self.geboortedatum,
            partnernaam=self.partnernaam or None,
        )


class Clientinvoer(Persoonsinvoer):
    """A person with the own client number."""

    clientnummer: str

    @property
    def betrokkene(self) -> Betrokkene:
        """The person as a directbetrokkene of a casus."""
        return Betrokkene(persoon=self.persoon, clientnummer=self.clientnummer)


class Signaalinvoer(Clientinvoer):
    """A person with the kind of signal, as far as that is not on the command line."""

    signaalsoort: str | None = None


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


class Casusinvoer(Invoer):
    """A casus with everybody whom it is about."""

    casusnummer: str
    signaalsoort: str | None = None
    acuut: bool = False
    monitoring_tot: Annotated[date, BeforeValidator(_day)]
    betrokkenen: list[Clientinvoer]


def read_invoer(source: str, document: type[_T], wat: str) -> _T:
    """Return what stands in a file, or in standard input for `-`; `wat` says in Dutch what should.

    Raises InvoerFout, which names a field and never what stands in it.
    """
    adapter = TypeAdapter(document)
    try:
        text = sys.stdin.read() if source == _STDIN else Path(source).read_text(encoding="utf-8")
        return adapter.validate_json(text)
    except (OSError, UnicodeDecodeError):
        raise InvoerFout("De invoer kan niet worden gelezen. Geef een bestand in UTF-8 op, of -.") from None
    except ValidationError as error:
        # Without its cause: pydantic can quote what was entered.
        raise InvoerFout(f"De invoer klopt niet{_place(error)}. Geef {wat}.") from None


def ask_persoon(*, voornamen_nodig: bool = False) -> Persoonsinvoer:
    """Ask for a person, field by field; again and again for first names that are needed."""
    return Persoonsinvoer(
        voornamen=typer.prompt("Alle voornamen", default=None if voornamen_nodig else "", show_default=False),
        voorvoegsel=typer.prompt("Voorvoegsel (leeg als er geen is)", default="", show_default=False),
        geslachtsnaam=typer.prompt("Eigen achternaam"),
        geboortedatum=typer.prompt("Geboortedatum (JJJJ-MM-DD)"),
    )


def ask_client() -> Clientinvoer:
    """Ask for a person and the own client number."""
    clientnummer = typer.prompt("Cliëntnummer in uw eigen systeem")
    return _with_number(clientnummer)


def ask_clients() -> list[Clientinvoer]:
    """Ask for persons with their client numbers, until there are no more."""
    found: list[Clientinvoer] = []
    while True:
        nummer = typer.prompt(
            f"Cliëntnummer van betrokkene {len(found) + 1} (leeg: klaar)", default="", show_default=False
        )
        if not nummer:
            return found
        found.append(_with_number(nummer))


def ask_day(text: str) -> date:
    """Ask for a day. Raises InvoerFout."""
    try:
        return date.fromisoformat(typer.prompt(f"{text} (JJJJ-MM-DD)"))
    except ValueError:
        raise InvoerFout("Dit is geen dag. Geef een dag als JJJJ-MM-DD.") from None


def read_oin(text: str) -> Oin:
    """Return an OIN that was typed. Raises InvoerFout."""
    try:
        return parse_oin(text)
    except OngeldigOin as error:
        raise InvoerFout(str(error)) from None


def _with_number(clientnummer: str) -> Clientinvoer:
    return Clientinvoer(clientnummer=clientnummer, **ask_persoon().model_dump())


_FIELDS: Final = frozenset(
    to_camel(name) for document in (Signaalinvoer, Casusinvoer) for name in document.model_fields
)


def _place(error: ValidationError) -> str:
    place = error.errors(include_url=False, include_input=False)[0]["loc"]
    persoon = [f" bij persoon {place[0] + 1}"] if place and isinstance(place[0], int) else []
    known = [f" bij {part}" for part in place if str(part) in _FIELDS][-1:]
    return ",".join([*persoon, *known])
