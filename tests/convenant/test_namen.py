"""Names that look alike, and names that hold something unseen."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.namen import hides_characters, mixes_scripts, skeleton


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("Veilig Thuis", "Vеіlіg Тhuіѕ"),
        ("Parlan", "Ρаrlаn"),
        ("Wijkteam Noord", "WIJKTEAM NOORD"),
        ("Wijkteam Noord", "Wijk-team  Noord"),
        ("Wijkteam Noord", "Wijkteam\u200bNoord"),
        ("Wijkteam", "Ｗｉｊｋｔｅａｍ"),
        ("Esdégé", "Esdege\u0301"),
        ("Esdégé", "Esdege"),
        ("Locatie 1", "Locatie l"),
        ("Locatie I", "Locatie 1"),
        ("School 0", "School O"),
        ("Wijkteams Hoorn", "Wijkteams Hoom"),
        ("Vvaterland", "Waterland"),
        ("Ǿresund", "Oresund"),
        ("Meßdorf", "MESSDORF"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(een: str, ander: str) -> None:
    assert skeleton(een) == skeleton(ander)


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("Wijkteam Alkmaar", "Wijkteam Hoorn"),
        ("School 1", "School 2"),
        ("School 10", "School 1"),
        ("Parlan", "Parlam"),
        ("Москва", "Минск"),
    ],
)
def test_other_names_have_another_skeleton(een: str, ander: str) -> None:
    assert skeleton(een) != skeleton(ander)


@given(st.text(alphabet=string.ascii_letters + string.digits + " -é", max_size=30))
@settings(max_examples=100)
def test_case_and_gaps_make_no_other_name(naam: str) -> None:
    assert skeleton(naam) == skeleton(naam.swapcase()) == skeleton("-".join(naam))


@pytest.mark.parametrize(
    ("naam", "mixed"),
    [
        ("Veilig Thuis", False),
        ("Wijktеam", True),
        ("Ρarlan", True),
        ("Москва", False),
        ("Esdégé-Reigersdaal & ʼt Zand 24/7", False),
        ("Ｗijkteam", False),
        ("", False),
        ("Team\U000f0000", False),
    ],
    ids=["dutch", "cyrillic-e", "greek-rho", "all-cyrillic", "signs", "full-width", "empty", "private-use"],
)
def test_scripts_are_not_mixed(naam: str, mixed: bool) -> None:
    assert mixes_scripts(naam) is mixed


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_finds_what_no_screen_shows(hidden: str) -> None:
    assert hides_characters(f"Wijk{hidden}team")
    assert not hides_characters("Wijkteam")
