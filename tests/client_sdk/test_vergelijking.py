"""What coincides in words: every pattern of slots has a sentence, and it says what the slots say."""

from itertools import combinations

import pytest

from client_sdk.vergelijking import niveau_of, vergelijking
from convenant.profielen import NL_1
from convenant.types import Niveau

CODES = tuple(slot.code for slot in NL_1.slots)
PATTERNS = [pattern for size in range(1, len(CODES) + 1) for pattern in combinations(CODES, size)]


@pytest.mark.parametrize(
    ("sloten", "zin"),
    [
        (["zeker"], "Zelfde voornamen, achternaam en geboortedatum."),
        (
            ["namen"],
            "Zelfde voornaam (klank), achternaam (klank) en geboortejaar; de geboortemaand en de geboortedag "
            "verschillen of ontbreken; voor- en achternaam kunnen verwisseld zijn.",
        ),
        (
            ["einde", "achternaam"],
            "Zelfde eerste letter van de voornaam, achternaam of gebruikte naam (klank) en geboortedatum (dag en maand "
            "kunnen verwisseld zijn); de rest van de voornaam verschilt of ontbreekt.",
        ),
        (
            ["achternaam"],
            "Zelfde achternaam of gebruikte naam (klank) en geboortedatum (dag en maand kunnen verwisseld zijn); de "
            "voornaam verschilt of ontbreekt.",
        ),
        (
            ["voornamen"],
            "Zelfde voornamen (klank) en geboortedatum (dag en maand kunnen verwisseld zijn); de achternaam verschilt "
            "of ontbreekt.",
        ),
        (
            ["maand-dag"],
            "Zelfde voornaam (klank), achternaam of gebruikte naam (klank), geboortemaand en geboortedag; het "
            "geboortejaar verschilt of ontbreekt.",
        ),
        (
            ["lang-of-kort"],
            "Zelfde eerste letter van de voornaam, deel van de achternaam en deel van de geboortedatum; de rest van de "
            "voornaam en de rest van de achternaam verschillen of ontbreken.",
        ),
        (["namen", "maand-dag"], "Zelfde voornaam (klank), achternaam (klank) en geboortedatum."),
        (["iets-nieuws"], "Wat overeenkomt, kent deze versie niet. Werk Koppelradar bij."),
        ([], "Wat overeenkomt, kent deze versie niet. Werk Koppelradar bij."),
    ],
)
def test_says_what_the_slots_say(sloten: list[str], zin: str) -> None:
    assert vergelijking(sloten) == zin


def test_every_pattern_has_one_sentence() -> None:
    for pattern in PATTERNS:
        zin = vergelijking(pattern)
        assert zin.startswith("Zelfde ")
        assert zin.endswith(".")
        assert zin.count("\n") == 0


def test_what_one_slot_says_is_the_same_is_never_said_to_differ() -> None:
    def differing(zin: str) -> set[str]:
        part = " ".join(part for part in zin.split("; ") if "verschil" in part)
        return {deel for deel in ("voornaam", "achternaam", "geboortedag", "geboortemaand", "jaar") if deel in part}

    single = {code: differing(vergelijking([code])) for code in CODES}
    for pattern in PATTERNS:
        assert differing(vergelijking(pattern)) <= set.intersection(*(single[code] for code in pattern))


def test_the_order_of_the_slots_does_not_matter() -> None:
    assert all(vergelijking(pattern) == vergelijking(pattern[::-1]) for pattern in PATTERNS)


def test_something_differs_or_may_be_swapped_unless_all_is_the_same() -> None:
    whole = {"zeker"}
    for pattern in PATTERNS:
        if not whole & set(pattern) and len(pattern) == 1:
            assert ";" in vergelijking(pattern)


@pytest.mark.parametrize(
    ("sloten", "niveau"),
    [
        (["voornamen"], Niveau.MOGELIJK),
        (["begin", "voornamen"], Niveau.WAARSCHIJNLIJK),
        (["zeker", "achternaam"], Niveau.ZEKER),
        (["iets-nieuws"], Niveau.MOGELIJK),
    ],
)
def test_the_level_is_that_of_the_best_slot(sloten: list[str], niveau: Niveau) -> None:
    assert niveau_of(sloten) is niveau
