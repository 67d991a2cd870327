"""The canonical form of whole persons, and its invariances."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_sdk.canoniek import CanoniekePersoon, canoniseer
from client_sdk.errors import OngeldigPersoon
from client_sdk.persoon import Persoon

VANDAAG = date(2025, 3, 15)


def _canoniseer(
    voornamen: str = "Jan", voorvoegsel: str = "", geslachtsnaam: str = "Berg", partnernaam: str | None = None
) -> CanoniekePersoon:
    return canoniseer(Persoon(voornamen, voorvoegsel, geslachtsnaam, "1980-05-31", partnernaam), vandaag=VANDAAG)


def _delen(canoniek: CanoniekePersoon) -> list[tuple[str, str]]:
    return [(deel.voorvoegsel, deel.naam) for deel in canoniek.naamdelen]


def _partner(canoniek: CanoniekePersoon) -> list[tuple[str, str]]:
    return [(deel.voorvoegsel, deel.naam) for deel in canoniek.partnerdelen]


@pytest.mark.parametrize(
    ("voornamen", "voorvoegsel", "geslachtsnaam"),
    [
        pytest.param("Jan", "van der", "Berg", id="in-its-own-field"),
        pytest.param("Jan", "VAN  DER", "BERG", id="capitals-and-spaces"),
        pytest.param("Jan", "", "van der Berg", id="before-the-surname"),
        pytest.param("Jan", "", "Berg, van der", id="after-a-comma"),
        pytest.param("Jan", "", "Berg (van der)", id="in-parentheses"),
        pytest.param("Jan van der", "", "Berg", id="after-the-given-names"),
        pytest.param("Jan van der", "van der", "Berg", id="after-the-given-names-and-in-its-field"),
        pytest.param("Jan van", "", "der Berg", id="spread-over-given-names-and-surname"),
        pytest.param("Jan van", "der", "Berg", id="spread-over-given-names-and-field"),
        pytest.param("Jan", "van", "der Berg", id="spread-over-two-fields"),
        pytest.param("Jan", "van der", "van der Berg", id="twice"),
        pytest.param("Jan", "v.d.", "Berg", id="v.d."),
        pytest.param("Jan", "v/d", "Berg", id="v/d"),
        pytest.param("Jan", "vd", "Berg", id="vd"),
        pytest.param("Jan", "v d", "Berg", id="v-d"),
        pytest.param("Jan", "v. der", "Berg", id="v.-der"),
        pytest.param("Jan", "", "v.d.Berg", id="v.d.-glued"),
        pytest.param("Jan", "", "Berg, v.d.", id="v.d.-after-a-comma"),
        pytest.param("Jan v.d.", "", "Berg", id="v.d.-after-the-given-names"),
        pytest.param("Jan", "vander", "Berg", id="one-word"),
        pytest.param("Jan", "", "van-der-Berg", id="with-hyphens"),
    ],
)
def test_a_voorvoegsel_is_found_wherever_it_was_typed(voornamen: str, voorvoegsel: str, geslachtsnaam: str) -> None:
    canoniek = _canoniseer(voornamen, voorvoegsel, geslachtsnaam)
    assert canoniek.voornamen == ("jan",)
    assert canoniek.voorvoegsel == "vander"
    assert _delen(canoniek) == [("vander", "berg")]


@pytest.mark.parametrize(
    ("voorvoegsel", "geslachtsnaam", "delen"),
    [
        pytest.param("", "De", [("", "de")], id="surname-that-is-a-voorvoegsel"),
        pytest.param("van", "De", [("van", "de")], id="voorvoegsel-and-surname-that-is-one"),
        pytest.param("", "Van", [("", "van")], id="only-van"),
        pytest.param("", "Jansen-De", [("", "jansen"), ("", "de")], id="second-part-that-is-a-voorvoegsel"),
        pytest.param("'t", "Hooft", [("t", "hooft")], id="apostrophe-t"),
        pytest.param("", "’tHooft", [("t", "hooft")], id="apostrophe-t-glued"),
        pytest.param("het", "Hooft", [("t", "hooft")], id="het-is-t"),
        pytest.param("", "van het Hof", [("vant", "hof")], id="van-het"),
        pytest.param("a/d", "Brugh", [("aande", "brugh")], id="a/d"),
        pytest.param("", "D’Angelo", [("d", "angelo")], id="elision"),
        pytest.param("d'", "Angelo", [("d", "angelo")], id="elision-in-its-field"),
        pytest.param("", "O'Brien", [("", "obrien")], id="o-belongs-to-the-name"),
        pytest.param("", "MacDonald", [("", "macdonald")], id="mac-belongs-to-the-name"),
        pytest.param("", "'s-Gravesande", [("s", "gravesande")], id="apostrophe-s"),
        pytest.param("", "el-Amrani", [("el", "amrani")], id="el-with-hyphen"),
        pytest.param("El", "Amrani", [("el", "amrani")], id="el-in-its-field"),
        pytest.param("", "Aït ben el Hadj", [("aitbenel", "hadj")], id="several"),
        pytest.param("", "Jansen-de Vries", [("", "jansen"), ("de", "vries")], id="double-name"),
        pytest.param("", "Jansen – de Vries", [("", "jansen"), ("de", "vries")], id="double-name-spaced-dash"),
        pytest.param("van", "Dijk-el-Amrani", [("van", "dyk"), ("el", "amrani")], id="two-voorvoegsels"),
        pytest.param("", "Jansen de Vries", [("", "jansendevries")], id="a-space-does-not-split"),
        pytest.param("", "Jansen, jr.", [("", "jansenjr")], id="another-comma"),
        pytest.param("zonder", "Naam", [("zonder", "naam")], id="voorvoegsel-outside-the-table"),
    ],
)
def test_surnames(voorvoegsel: str, geslachtsnaam: str, delen: list[tuple[str, str]]) -> None:
    assert _delen(_canoniseer(voorvoegsel=voorvoegsel, geslachtsnaam=geslachtsnaam)) == delen


@pytest.mark.parametrize(
    ("geslachtsnaam", "partnernaam", "delen", "partner"),
    [
        pytest.param("Jansen", "de Vries", [("", "jansen")], [("de", "vries")], id="own-field"),
        pytest.param("Jansen", "Vries, de", [("", "jansen")], [("de", "vries")], id="own-field-comma"),
        pytest.param("Jansen", "e/v de Vries", [("", "jansen")], [("de", "vries")], id="own-field-marked"),
        pytest.param("Jansen e/v de Vries", None, [("", "jansen")], [("de", "vries")], id="e/v"),
        pytest.param("Jansen e.v. de Vries", None, [("", "jansen")], [("de", "vries")], id="e.v."),
        pytest.param("Jansen gehuwd met de Vries", None, [("", "jansen")], [("de", "vries")], id="gehuwd-met"),
        pytest.param("de Vries geb. Jansen", None, [("", "jansen")], [("de", "vries")], id="geb."),
        pytest.param("Jansen e/v Smit", "de Vries", [("", "jansen")], [("de", "vries")], id="field-wins"),
        pytest.param("Jansen e/v", None, [("", "jansen")], [], id="marker-without-a-name"),
        pytest.param("Jansen", "-", [("", "jansen")], [], id="no-letters"),
        pytest.param("Bevers", None, [("", "bevers")], [], id="letters-inside-a-word"),
    ],
)
def test_names_by_marriage(
    geslachtsnaam: str, partnernaam: str | None, delen: list[tuple[str, str]], partner: list[tuple[str, str]]
) -> None:
    canoniek = _canoniseer(geslachtsnaam=geslachtsnaam, partnernaam=partnernaam)
    assert (_delen(canoniek), _partner(canoniek)) == (delen, partner)


@pytest.mark.parametrize(
    ("typed", "voornamen", "roepnaam", "voorletters_only"),
    [
        pytest.param("Jan Pieter", ("jan", "pieter"), "", False, id="two"),
        pytest.param("Jan-Willem", ("janwillem",), "", False, id="hyphenated-is-one"),
        pytest.param("Jan - Willem", ("janwillem",), "", False, id="spaced-hyphen"),
        pytest.param("Johannes (Jan)", ("johannes",), "jan", False, id="roepnaam"),
        pytest.param("(Jan)", (), "jan", False, id="only-a-roepnaam"),
        pytest.param("Johannes (Jan", ("johannes", "jan"), "", False, id="unbalanced-parenthesis"),
        pytest.param("J.P.", ("j", "p"), "", True, id="initials"),
        pytest.param("J P", ("j", "p"), "", True, id="initials-spaced"),
        pytest.param("J.-P.", ("j", "p"), "", True, id="initials-hyphenated"),
        pytest.param("J", ("j",), "", True, id="one-initial"),
        pytest.param("IJ.", ("y",), "", True, id="ij-is-one-letter"),
        pytest.param("Th. Chr.", ("th", "chr"), "", True, id="long-initials"),
        pytest.param("J.V.D.", ("j", "v", "d"), "", True, id="initials-that-look-like-a-voorvoegsel"),
        pytest.param("Jan P.", ("jan", "p"), "", False, id="name-and-initial"),
        pytest.param("", (), "", False, id="empty"),
        pytest.param("-", (), "", False, id="dash"),
        pytest.param("Onbekend", (), "", False, id="placeholder"),
        pytest.param("N.N.", (), "", False, id="nomen-nescio"),
        pytest.param("M'hamed", ("mhamed",), "", False, id="apostrophe"),
    ],
)
def test_given_names(typed: str, voornamen: tuple[str, ...], roepnaam: str, voorletters_only: bool) -> None:
    canoniek = _canoniseer(typed)
    assert canoniek.voornamen == voornamen
    assert canoniek.roepnaam == roepnaam
    assert canoniek.voorletters_only is voorletters_only
    assert canoniek.eerste_voornaam == (voornamen[0] if voornamen else "")


def test_a_given_name_that_looks_like_a_voorvoegsel_stays_where_the_surname_has_one_already() -> None:
    canoniek = _canoniseer("Thi Van", "", "el Amrani")
    assert canoniek.voornamen == ("thi", "van")
    assert canoniek.voorvoegsel == "el"


@pytest.mark.parametrize("geslachtsnaam", ["", " ", "-", "???", "''", "e/v Jansen", "\u200b"])
def test_refuses_a_surname_without_letters(geslachtsnaam: str) -> None:
    with pytest.raises(OngeldigPersoon, match=r"^geslachtsnaam: De achternaam is leeg"):
        _canoniseer(geslachtsnaam=geslachtsnaam)


def test_shows_nothing_of_the_person() -> None:
    canoniek = _canoniseer("Zebedeus", "van", "Querido")
    assert repr(canoniek) == "CanoniekePersoon(***)"
    assert repr(canoniek.naamdelen) == "(Naamdeel(***),)"


_SCRIPTS = "abcdeijtvyABCIJSTÄëïöüÿĳßøłđşğıİŻЖйЁшΩάςب محمد"
_NAMES = st.text(alphabet=st.sampled_from(_SCRIPTS + " '’-–.,/()"), max_size=25)
_HYPHENS = str.maketrans({"-": "\u2011"})
_SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: unicodedata.normalize("NFD", text),
    str.upper,
    str.lower,
    lambda text: f"  {text.replace(' ', '   ')}\u00a0",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.translate(_HYPHENS),
    lambda text: text.replace("'", "\u02bc"),
    "\u200b".join,
)


@settings(max_examples=150)
@given(voornamen=_NAMES, voorvoegsel=_NAMES, geslachtsnaam=_NAMES, spelling=st.sampled_from(_SPELLINGS))
def test_spelling_makes_no_difference(
    voornamen: str, voorvoegsel: str, geslachtsnaam: str, spelling: Callable[[str], str]
) -> None:
    fields = (voornamen, voorvoegsel, "a" + geslachtsnaam)
    respelled = tuple(spelling(field) for field in fields)
    assert _canoniseer(*respelled) == _canoniseer(*fields)


@settings(max_examples=150)
@given(voornamen=_NAMES, voorvoegsel=_NAMES, geslachtsnaam=_NAMES, partnernaam=_NAMES)
def test_every_name_is_in_a_to_z(voornamen: str, voorvoegsel: str, geslachtsnaam: str, partnernaam: str) -> None:
    canoniek = _canoniseer(voornamen, voorvoegsel, "a" + geslachtsnaam, partnernaam)
    delen = (*canoniek.naamdelen, *canoniek.partnerdelen)
    assert all(re.fullmatch("[a-z]+", name) for name in (*canoniek.voornamen, *(deel.naam for deel in delen)))
    assert all(re.fullmatch("[a-z]*", name) for name in (canoniek.roepnaam, *(d.voorvoegsel for d in delen)))
    assert canoniek.naamdelen


_PLAIN = st.text(alphabet="abcdehjlmnorstvwy", min_size=7, max_size=12)


@settings(max_examples=100)
@given(
    voornamen=st.lists(_PLAIN, max_size=3),
    voorvoegsel=st.sampled_from(["", "vander", "de", "el", "t", "vonundzu"]),
    delen=st.lists(_PLAIN, min_size=1, max_size=3),
)
def test_a_canonical_form_typed_again_is_the_same(voornamen: list[str], voorvoegsel: str, delen: list[str]) -> None:
    canoniek = _canoniseer(" ".join(voornamen), voorvoegsel, "-".join(delen))
    assert list(canoniek.voornamen) == voornamen
    assert canoniek.voorvoegsel == voorvoegsel
    assert [deel.naam for deel in canoniek.naamdelen] == delen
