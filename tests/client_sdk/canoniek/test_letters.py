"""Folding to a-z, checked letter by letter and as properties over several alphabets."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.canoniek.letters import fold, fold_hyphens, letters_of

_LETTERS = "".join(
    chr(point)
    for first, last in (
        (0x41, 0x24F),
        (0x386, 0x3CE),
        (0x400, 0x45F),
        (0x5D0, 0x5EA),
        (0x621, 0x64A),
        (0x1E00, 0x1EFF),
    )
    for point in range(first, last + 1)
    if chr(point).isalpha()
)
_NAMES = st.text(alphabet=st.sampled_from(_LETTERS + " '’-–.,/()"), max_size=30)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("Dĳkstra DIJKSTRA Dykstra Dÿkstra", "dykstra dykstra dykstra dykstra", id="ij-and-y-are-one"),
        pytest.param("Ĳsbrand", "ysbrand", id="ligature-ij"),
        pytest.param("ß ẞ ø Ø æ œ ł đ ð þ", "ss ss o o ae oe l d d th", id="letters-that-do-not-decompose"),
        pytest.param("ı I İ i", "i i i i", id="turkish-i"),
        pytest.param("Müller Zoë Öztürk Ǿrsted", "muller zoe ozturk orsted", id="diacritics-dropped-not-expanded"),
        pytest.param("Źdźbło Şükrü Nguyễn", "zdzblo sukru nguyen", id="polish-turkish-vietnamese"),
        pytest.param("Фёдор Ελένη", "fedor eleni", id="cyrillic-and-greek"),
        pytest.param("محمد مُحَمَّد", "mhmd mhmd", id="arabic-with-and-without-vowel-signs"),
        pytest.param("Ｊａｎ", "jan", id="full-width"),
        pytest.param("ﬁona", "fiona", id="ligature"),
        pytest.param("Jan\u00a0Piet\u2003Kees", "jan piet kees", id="spaces-of-every-width"),
        pytest.param("J\u200ba\u00adn\ufeff", "jan", id="invisible-characters"),
        pytest.param("a\u2010b\u2011c–d—e−f‑g﹣h", "a-b-c-d-e-f-g-h", id="hyphens-of-every-kind"),
        pytest.param("’t ʼt ´t `t ‘t ′t ＇t", "'t 't 't 't 't 't 't", id="apostrophes-of-every-kind"),
        pytest.param("Jan 🙂 & Piet", "jan piet", id="signs-separate"),
        pytest.param("v.d. v/d", "v.d. v/d", id="dots-and-slashes-stay"),
    ],
)
def test_folds(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_joining_can_make_an_ij() -> None:
    assert letters_of("henri jan") == letters_of("henrijan") == "henryan"


def test_hyphens_in_a_date_become_one() -> None:
    assert fold_hyphens("1980\u201305\u201331\u200b") == "1980-05-31"


@settings(max_examples=150)
@given(_NAMES)
def test_folding_leaves_only_the_small_alphabet(text: str) -> None:
    assert re.fullmatch(r"[a-z' .,/()-]*", fold(text))


@settings(max_examples=100)
@given(st.text(max_size=20))
def test_folding_any_text_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=150)
@given(_NAMES)
def test_composition_and_case_make_no_difference(text: str) -> None:
    folded = fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(text.lower()) == folded
    assert fold(text.upper()) == folded


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_ascii_folds_by_its_table_as_it_does_beside_another_letter(text: str) -> None:
    assert fold(text) == fold(f"{text} \u00e9").removesuffix("e").rstrip()


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_hyphens_of_ascii_are_those_beside_an_invisible_sign(text: str) -> None:
    assert fold_hyphens(text) == fold_hyphens(f"{text}\u00ad")
