"""The file: what goes in comes out, what is no bundle is refused, and bundles of one version merge."""

import json
from typing import TYPE_CHECKING

import pytest

from convenant.errors import OngeldigeBundel, OngeldigeVerklaring
from convenant.ondertekening import Bundel, Slottekst, Verklaringtekst, dump_bundel, is_bundel, merge, read_bundel
from convenant.ondertekening import bundel as bundelmodule
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Dekken, Tafel

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")


def test_what_is_written_is_read_back(tafel: "Tafel") -> None:
    for bundel in (tafel.bundel(), tafel.accept().bundel(), tafel.sealed()):
        text = dump_bundel(bundel)
        assert read_bundel(text, bron="test") == bundel
        assert is_bundel(text)


def test_yaml_is_no_bundle() -> None:
    assert not is_bundel("schemaversie: 1\n")
    assert not is_bundel("{schemaversie: 1}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen json",
        "[]",
        "null",
        "{}",
        '{"bundelversie":1,"document":{},"verklaringen":[],"slot":null,"extra":1}',
        '{"bundelversie":1,"document":[],"verklaringen":[]}',
        '{"bundelversie":1,"document":{},"verklaringen":[1]}',
        '{"bundelversie":1,"document":{},"verklaringen":{}}',
        '{"bundelversie":1,"document":{},"verklaringen":[],"slot":1}',
        '{"bundelversie":true,"document":{},"verklaringen":[]}',
        '{"bundelversie":1,"document":{},"verklaringen":[],"verklaringen":[]}',
        '{"bundelversie":1,"document":{"a":1,"a":2},"verklaringen":[]}',
        '{"bundelversie":1,"document":{"a":NaN},"verklaringen":[]}',
        '{"bundelversie":1,"document":{"a":' + "[" * 100_000 + "",
        '{"bundelversie":1,"document":{"a":' + "1" * 5_000 + '},"verklaringen":[]}',
    ],
    ids=lambda text: text[:70],
)
def test_refuses_what_is_no_bundle(text: str) -> None:
    with pytest.raises(OngeldigeBundel, match=r"^los\.json is geen bundel"):
        read_bundel(text, bron="los.json")


def test_says_when_a_file_is_of_a_newer_version_or_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OngeldigeBundel, match="Werk Koppelradar bij"):
        read_bundel('{"bundelversie":2}', bron="los.json")
    monkeypatch.setattr(bundelmodule, "MAX_BUNDEL_BYTES", 10)
    with pytest.raises(OngeldigeBundel, match="te groot"):
        read_bundel('{"bundelversie":2}', bron="los.json")


def test_refuses_more_statements_than_a_region_can_make() -> None:
    text = json.dumps({"bundelversie": 1, "document": {}, "verklaringen": ["x"] * 10_001})
    with pytest.raises(OngeldigeBundel, match="geen bundel"):
        read_bundel(text, bron="los.json")


def test_what_two_parties_signed_apart_comes_together(tafel: "Tafel") -> None:
    empty = tafel.bundel()
    tafel.accept(SCHOOL)
    een = tafel.bundel()
    tafel.teksten.clear()
    tafel.accept(WIJKTEAM, VT)
    ander = tafel.bundel()
    union = merge(een, ander)
    assert union == merge(ander, een) == merge(union, een) == merge(empty, union)
    tafel.teksten = list(union.verklaringen)
    assert [verklaring.oin for verklaring in tafel.verklaringen()] == [VT, WIJKTEAM, SCHOOL]


def test_a_seal_stays_as_long_as_nothing_was_added(tafel: "Tafel") -> None:
    half = tafel.accept(VT).bundel()
    sealed = tafel.accept(SCHOOL).sealed()
    assert merge(sealed, half).slot == merge(half, sealed).slot == sealed.slot
    other = Bundel(document=sealed.document, verklaringen=sealed.verklaringen, slot=Slottekst("ander"))
    assert merge(sealed, other).slot == sealed.slot
    assert merge(sealed, tafel.accept(WIJKTEAM).bundel()).slot is None


def test_refuses_to_merge_two_texts(dek: "Dekken") -> None:
    with pytest.raises(OngeldigeBundel, match="verschillende teksten"):
        merge(dek().bundel(), dek(naam="Ander convenant").bundel())


def test_refuses_to_merge_what_is_no_statement_or_no_document(tafel: "Tafel") -> None:
    loose = Bundel(document=tafel.document, verklaringen=(Verklaringtekst("x"),))
    with pytest.raises(OngeldigeVerklaring):
        merge(tafel.bundel(), loose)
    with pytest.raises(OngeldigeBundel, match="niet te lezen"):
        merge(Bundel(document={"a": 2**60}), tafel.bundel())
