"""The kinds of error, how often each is tried, and what it is; docs/bevolking.md shows the same list."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Foutsoort(StrEnum):
    """What went wrong when an organisation wrote a person down."""

    TYPEFOUT = "typefout"
    OCR = "ocr"
    FONETISCH = "fonetisch"
    VOORVOEGSEL = "voorvoegsel"
    VERWISSELD = "verwisseld"
    ROEPNAAM = "roepnaam"
    INITIALEN = "initialen"
    DUBBELE_NAAM_HALF = "dubbele-naam-half"
    GETROUWDE_NAAM = "getrouwde-naam"
    DAG_MAAND = "dag-maand"
    DATUMCIJFER = "datumcijfer"
    VOORNAAM_ONTBREEKT = "voornaam-ontbreekt"
    VOORNAMEN_INGEKORT = "voornamen-ingekort"
    TRANSLITERATIE = "transliteratie"
    STANDAARDDATUM = "standaarddatum"


GEWICHTEN: Final[Mapping[Foutsoort, int]] = MappingProxyType(
    {
        Foutsoort.ROEPNAAM: 30,
        Foutsoort.TYPEFOUT: 20,
        Foutsoort.GETROUWDE_NAAM: 20,
        Foutsoort.VOORNAMEN_INGEKORT: 16,
        Foutsoort.FONETISCH: 10,
        Foutsoort.TRANSLITERATIE: 10,
        Foutsoort.DUBBELE_NAAM_HALF: 10,
        Foutsoort.DATUMCIJFER: 8,
        Foutsoort.VOORVOEGSEL: 7,
        Foutsoort.INITIALEN: 6,
        Foutsoort.DAG_MAAND: 4,
        Foutsoort.OCR: 4,
        Foutsoort.VERWISSELD: 2,
        Foutsoort.VOORNAAM_ONTBREEKT: 2,
        Foutsoort.STANDAARDDATUM: 2,
    }
)
"""How often a kind is tried, relative to the others; one that cannot happen to a person is drawn again."""

TWEEDE_FOUT: Final = 0.15
"""Probability that a copy with an error carries a second one, of another kind and in other fields; never a third."""

UITLEG: Final[Mapping[Foutsoort, str]] = MappingProxyType(
    {
        Foutsoort.TYPEFOUT: "een letter te veel, te weinig, verkeerd (toets ernaast) of omgewisseld",
        Foutsoort.OCR: "een letter die een scanner voor een andere aanziet (rn en m, l en i)",
        Foutsoort.FONETISCH: "geschreven zoals het klinkt (ei en ij, ou en au, c en k, s en z, dt)",
        Foutsoort.VOORVOEGSEL: "voorvoegsel weggelaten, afgekort, of in het verkeerde veld",
        Foutsoort.VERWISSELD: "voornaam en achternaam in elkaars veld",
        Foutsoort.ROEPNAAM: "de roepnaam in plaats van de doopnamen",
        Foutsoort.INITIALEN: "alleen voorletters",
        Foutsoort.DUBBELE_NAAM_HALF: "van een dubbele naam alleen de ene helft",
        Foutsoort.GETROUWDE_NAAM: "de naam van de partner als achternaam",
        Foutsoort.DAG_MAAND: "dag en maand omgewisseld",
        Foutsoort.DATUMCIJFER: "één cijfer van de geboortedatum verkeerd",
        Foutsoort.VOORNAAM_ONTBREEKT: "geen voornaam ingevuld",
        Foutsoort.VOORNAMEN_INGEKORT: "alleen de eerste voornaam",
        Foutsoort.TRANSLITERATIE: "andere spelling van een naam uit een ander schrift of alfabet",
        Foutsoort.STANDAARDDATUM: "1 januari of 1 juli van hetzelfde jaar in plaats van de geboortedag",
    }
)
