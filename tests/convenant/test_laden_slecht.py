"""Bad input of every kind: refused with path, line and what to do, in little time and memory."""

import time
import tracemalloc
from typing import Any

import pytest

from convenant.errors import Bevinding, OngeldigConvenant
from convenant.laden import dump_yaml, parse_convenant
from tests.convenant.conftest import SCHOOL, Change, document_with_afspraken, drop, put

DOCUMENT = document_with_afspraken()
MIB = 1024 * 1024


def _refused(text: str) -> tuple[Bevinding, ...]:
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant(text, bron="test")
    return caught.value.bevindingen


def _text(*changes: Change) -> str:
    document: dict[str, Any] = document_with_afspraken()
    for change in changes:
        change(document)
    return dump_yaml(document)


def _line_with(text: str, part: str) -> int:
    return next(nummer for nummer, line in enumerate(text.splitlines(), 1) if part in line)


# Bombs: small texts that would become large, deep or slow.

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{een}: &{een} [{', '.join([f'*{ander}'] * 9)}]\n" for ander, een in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (LAUGHS, "Verwijzingen"),
        ("a: &a {b: c}\nd:\n  <<: *a\n", "Verwijzingen"),
        ("a: &a\n  - *a\n", "Verwijzingen"),
        ("a: " + "[" * 100_000, "te diep"),
        ("a: " + "{b: " * 100_000, "te diep"),
        ("- " * 200_000, "te diep"),
        ("? " * 200_000, "veldnaam moet gewone tekst"),
        ("a: !!python/object/apply:os.system [ls]\n", "Typeaanduidingen"),
        ("a: |\n" + "  x\n" * (MIB // 4), "1 MiB"),
    ],
    ids=[
        "billion-laughs",
        "merge-key",
        "contains-itself",
        "deep-lists",
        "deep-fields",
        "deep-dashes",
        "deep-keys",
        "code",
        "too-long",
    ],
)
def test_a_bomb_does_not_go_off(text: str, part: str) -> None:
    tracemalloc.start()
    begin = time.process_time()
    (bevinding,) = _refused(text)
    taken, (_, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert part in bevinding.melding
    assert taken < 10
    assert peak < 64 * MIB


def test_a_very_long_list_of_nothing_is_refused_in_time() -> None:
    text = _text().replace("deelregels:\n", "deelregels:\n" + "- {}\n" * 2_000)
    begin = time.process_time()
    assert len(_refused(text)) >= 2_000
    assert time.process_time() - begin < 20


# Another version of the schema.


@pytest.mark.parametrize("versie", [2, 0, "1", "een", True], ids=str)
def test_another_schemaversie_is_refused_on_its_line(versie: object) -> None:
    text = _text(put("schemaversie", value=versie))
    (bevinding,) = _refused(text)
    assert (bevinding.pad, bevinding.regel) == ("schemaversie", _line_with(text, "schemaversie"))
    assert "Deze versie van Koppelradar leest schemaversie 1." in bevinding.melding
    assert "Werk Koppelradar bij" in bevinding.melding


def test_what_another_schemaversie_has_is_not_called_a_mistake() -> None:
    text = _text(put("schemaversie", value=2), put("nieuwVeld", value="x"), drop("modus"))
    assert [bevinding.pad for bevinding in _refused(text)] == ["schemaversie"]


def test_a_document_without_schemaversie_lacks_a_field() -> None:
    (bevinding,) = _refused(_text(drop("schemaversie")))
    assert (bevinding.pad, bevinding.melding) == ("schemaversie", "Dit veld ontbreekt.")


# Misspelt fields.


@pytest.mark.parametrize(
    ("pad", "meant"),
    [
        (("opvolgin",), "opvolging"),
        (("vrijedagen",), "vrijeDagen"),
        (("toetredingen",), "toetreding"),
        (("plafond",), "plafonds"),
        (("overdrachten",), "overdracht"),
        (("opvolging", "lopendesignalen"), "lopendeSignalen"),
        (("toetreding", 0, "rol"), "rollen"),
        (("informeren", "trap"), "trappen"),
        (("informeren", "trappen", 0, "vanaff"), "vanaf"),
        (("informeren", "uitzonderingen", 0, "omschrijvng"), "omschrijving"),
        (("archivering", "maand"), "maanden"),
        (("termijnen", 0, "eenheden"), "eenheid"),
        (("monitoring", 0, "momentenMaand"), "momentenMaanden"),
        (("monitoring", 0, "door", "rolen"), "rollen"),
        (("escalatie", 0, "naWerkdag"), "naWerkdagen"),
        (("plafonds", 0, "signalen", "perDuizent"), "perDuizend"),
        (("berichten", 0, "ontvanger"), "ontvangers"),
        (("overdracht", 0, "nietgedeeld"), "nietGedeeld"),
        (("overdracht", 0, "hulpbetrokken"), "hulpBetrokken"),
        (("overdracht", 0, "ontvangers", "sector"), "sectoren"),
        (("grondslagen", 0, "ontvanger"), "ontvangers"),
        (("deelregels", 0, "fase"), "fasen"),
        (("partijen", 0, "verreist"), "vereist"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_misspelt_field_is_refused_with_what_was_meant(pad: tuple[str | int, ...], meant: str) -> None:
    text = _text(put(*pad, value="x"))
    (bevinding,) = _refused(text)
    assert bevinding.pad == ".".join(map(str, pad))
    assert bevinding.regel == _line_with(text, f"{pad[-1]}: x")
    assert bevinding.melding == f"Dit veld bestaat niet. Bedoelt u '{meant}'?"


# Values in the new sections.


@pytest.mark.parametrize(
    ("change", "pad", "part"),
    [
        (put("opvolging", "hash", value="abc"), "opvolging.hash", "geen hash"),
        (put("opvolging", "lopendeSignalen", value="weg"), "opvolging.lopendeSignalen", "'beeindigen'"),
        (put("vrijeDagen", value=["2026-02-30"]), "vrijeDagen.0", "jjjj-mm-dd"),
        (put("vrijeDagen", value=["15 mei 2026"]), "vrijeDagen.0", "jjjj-mm-dd"),
        (put("termijnen", 0, "aantal", value=0), "termijnen.0.aantal", "ten minste 1"),
        (put("termijnen", 0, "eenheid", value="uren"), "termijnen.0.eenheid", "'werkdagen'"),
        (put("monitoring", 0, "momentenMaanden", value=[]), "monitoring.0.momentenMaanden", "te kort"),
        (put("overdracht", 0, "hulpBetrokken", value="ja"), "overdracht.0.hulpBetrokken", "true of false"),
        (drop("overdracht", 0, "ontvangers"), "overdracht.0", "Noem 'ontvangers'"),
        (put("overdracht", 0, "gedeeld", value=["melder"]), "overdracht.0", "Kies één"),
        (put("partijen", 0, "sleutels", value=[]), "partijen.0.sleutels", "te kort"),
        (drop("partijen", 0, "sleutels"), "partijen.0.sleutels", "ontbreekt"),
        (put("partijen", 0, "oin", value="123"), "partijen.0.oin", "geen OIN"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_says_what_is_wrong_with_a_value(change: Change, pad: str, part: str) -> None:
    (bevinding,) = _refused(_text(change))
    assert bevinding.pad == pad
    assert part in bevinding.melding


# Sense, with lines.


@pytest.mark.parametrize(
    ("change", "pad", "line"),
    [
        (put("geldigTot", value="2026-12-31"), "epochen.1.tot", "tot: '2027-12-31'"),
        (put("epochen", 1, "van", value="2028-01-01"), "epochen.1.tot", "tot: '2027-12-31'"),
        (put("epochen", 0, "van", value="2025-12-31"), "epochen.0.van", "2025-12-31"),
        (put("opvolging", "versie", value=7), "opvolging.versie", "versie: 7"),
        (put("partijen", 2, "oin", value="00000099000000002000"), "partijen.2.oin", "naam: School"),
        (put("partijen", 2, "naam", value="Wіjkteam"), "partijen.2.naam", "Wіjkteam"),
        (put("convenanthouder", value="00000099000000009000"), "convenanthouder", "convenanthouder"),
    ],
    ids=["end", "epoch-backwards", "epoch-early", "succession", "oin-twice", "look-alike", "houder"],
)
def test_a_contradiction_is_refused_on_its_line(change: Change, pad: str, line: str) -> None:
    text = _text(change)
    (regel, melding) = next((b.regel, b.melding) for b in _refused(text) if b.pad == pad)
    expected = _line_with(text, line) - (pad == "partijen.2.oin")
    assert regel == expected
    assert melding.endswith(".")
    assert SCHOOL not in melding
