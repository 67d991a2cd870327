"""Errors in how a person is put into fields: every function returns the person as typed, or None."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from client_sdk.persoon import Persoon
from koppelradar.bench.bevolking.datums import standaarddatum
from koppelradar.bench.bevolking.fouten import letters
from koppelradar.bench.bevolking.kans import Kans
from koppelradar.bench.bevolking.model import Herkomst, Inwoner
from koppelradar.bench.bevolking.tabellen import roepnamen

Letterfout = Callable[[Kans, str], str | None]

_IN_DE_ACHTERNAAM: Final = 0.6
_AFKORTINGEN: Final = {
    "van": "v.", "van de": "v.d.", "van der": "v.d.", "van den": "v.d.", "van 't": "v. 't", "in 't": "i.h.",
    "op de": "o.d.", "op den": "o.d.", "op 't": "o.h.", "uit de": "u.d.", "uit den": "u.d.",
}  # fmt: skip
_ARABISCH: Final = ("El", "Al")
_ANDER_ALFABET: Final = frozenset({Herkomst.TURKS, Herkomst.MAROKKAANS, Herkomst.POOLS, Herkomst.SYRISCH})
_CIJFERPLAATSEN: Final = (2, 3, 5, 6, 8, 9)


def typefout(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """One letter of a given name or of the surname."""
    return _in_a_name(kans, persoon, letters.typefout)


def ocr(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """A letter that a scanner misread."""
    return _in_a_name(kans, persoon, letters.ocr)


def fonetisch(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """A name written by its sound."""
    return _in_a_name(kans, persoon, letters.fonetisch)


def transliteratie(kans: Kans, persoon: Persoon, inwoner: Inwoner) -> Persoon | None:
    """Another spelling of a Turkish, Arabic, Berber or Polish name; also El Amrani as Elamrani or Al Amrani."""
    if inwoner.herkomst not in _ANDER_ALFABET:
        return None
    if persoon.voorvoegsel in _ARABISCH and kans.happens(0.5):
        return _article(kans, persoon)
    return _in_a_name(kans, persoon, letters.transliteratie)


def voorvoegsel(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """The voorvoegsel left out, abbreviated, before the surname, behind it, or behind the given names."""
    if not persoon.voorvoegsel:
        return None
    los = replace(persoon, voorvoegsel="")
    kort = _AFKORTINGEN.get(persoon.voorvoegsel)
    vormen = [
        los,
        replace(los, geslachtsnaam=f"{persoon.voorvoegsel} {persoon.geslachtsnaam}"),
        replace(los, geslachtsnaam=f"{persoon.geslachtsnaam}, {persoon.voorvoegsel}"),
        replace(los, voornamen=f"{persoon.voornamen} {persoon.voorvoegsel}".strip()),
    ]
    return kans.pick([*vormen, replace(persoon, voorvoegsel=kort)] if kort else vormen)


def verwisseld(_: Kans, persoon: Persoon, __: Inwoner) -> Persoon | None:
    """Given names and surname in each other's field; the voorvoegsel goes along with the surname."""
    achternaam = f"{persoon.voorvoegsel} {persoon.geslachtsnaam}".strip()
    if not persoon.voornamen:
        return None
    return replace(persoon, voornamen=achternaam, voorvoegsel="", geslachtsnaam=persoon.voornamen)


def roepnaam(_: Kans, persoon: Persoon, inwoner: Inwoner) -> Persoon | None:
    """The name somebody goes by instead of all given names: one per person, the same at every organisation."""
    namen = roepnamen().get(inwoner.persoon.voornamen.split(" ")[0], ())
    return replace(persoon, voornamen=namen[inwoner.nummer % len(namen)]) if namen else None


def initialen(_: Kans, persoon: Persoon, __: Inwoner) -> Persoon | None:
    """Initials with dots."""
    namen = persoon.voornamen.split()
    return replace(persoon, voornamen="".join(f"{naam[0].upper()}." for naam in namen)) if namen else None


def dubbele_naam_half(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """One half of a double surname or, failing that, of a double given name."""
    if "-" in persoon.geslachtsnaam:
        eerste, _streep, tweede = persoon.geslachtsnaam.partition("-")
        return replace(persoon, geslachtsnaam=kans.pick((eerste, tweede)))
    eerste, streep, rest = persoon.voornamen.partition("-")
    return replace(persoon, voornamen=kans.pick((eerste, rest))) if streep else None


def getrouwde_naam(kans: Kans, persoon: Persoon, inwoner: Inwoner) -> Persoon | None:
    """The partner's name as surname, alone or before the own name with a hyphen."""
    partner = inwoner.persoon.partnernaam
    if partner is None or persoon.partnernaam is None:
        return None
    eigen = f"{persoon.voorvoegsel} {persoon.geslachtsnaam}".strip()
    naam = kans.pick((partner, partner, f"{partner}-{eigen}"))
    return replace(persoon, voorvoegsel="", geslachtsnaam=naam, partnernaam=None)


def dag_maand(_: Kans, persoon: Persoon, __: Inwoner) -> Persoon | None:
    """Day and month in each other's place; None when that day does not exist."""
    jaar, maand, dag = persoon.geboortedatum.split("-")
    return _dated(persoon, f"{jaar}-{dag}-{maand}")


def datumcijfer(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """One digit of day, month or the last two of the year; None when that day does not exist."""
    plaats = kans.pick(_CIJFERPLAATSEN)
    datum = persoon.geboortedatum
    return _dated(persoon, f"{datum[:plaats]}{kans.below(10)}{datum[plaats + 1 :]}")


def voornaam_ontbreekt(_: Kans, persoon: Persoon, __: Inwoner) -> Persoon | None:
    """No given names at all."""
    return replace(persoon, voornamen="")


def voornamen_ingekort(_: Kans, persoon: Persoon, __: Inwoner) -> Persoon | None:
    """The first given name only."""
    eerste, spatie, _rest = persoon.voornamen.partition(" ")
    return replace(persoon, voornamen=eerste) if spatie else None


def vervangende_datum(kans: Kans, persoon: Persoon, _: Inwoner) -> Persoon | None:
    """The first of January or July of the same year."""
    jaar = int(persoon.geboortedatum[:4])
    return replace(persoon, geboortedatum=standaarddatum(kans, jaar).isoformat())


def _in_a_name(kans: Kans, persoon: Persoon, fout: Letterfout) -> Persoon | None:
    if kans.happens(_IN_DE_ACHTERNAAM) or not persoon.voornamen:
        naam = fout(kans, persoon.geslachtsnaam)
        return None if naam is None else replace(persoon, geslachtsnaam=naam)
    namen = persoon.voornamen.split(" ")
    plaats = kans.below(len(namen))
    nieuw = fout(kans, namen[plaats])
    if nieuw is None:
        return None
    return replace(persoon, voornamen=" ".join([*namen[:plaats], nieuw, *namen[plaats + 1 :]]))


def _article(kans: Kans, persoon: Persoon) -> Persoon:
    anders = "Al" if persoon.voorvoegsel == "El" else "El"
    vast = persoon.voorvoegsel + persoon.geslachtsnaam.lower()
    return kans.pick((replace(persoon, voorvoegsel=anders), replace(persoon, voorvoegsel="", geslachtsnaam=vast)))


def _dated(persoon: Persoon, datum: str) -> Persoon | None:
    try:
        date.fromisoformat(datum)
    except ValueError:
        return None
    return replace(persoon, geboortedatum=datum)
