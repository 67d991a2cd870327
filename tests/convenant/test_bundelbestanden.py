"""Files that hold a convenant: what may be taken for signed, and what is said of a file that may not."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OKPKey

from convenant.bundelbestanden import load_geldend, load_tekst, read_text
from convenant.errors import ConvenantGeldtNiet, GebrokenKeten, OngeldigConvenant, OngeldigeBundel, OngeldigeVerklaring
from convenant.invullen import with_public_keys
from convenant.laden import convenant_from_document, document_from_yaml, dump_yaml
from convenant.ondertekening import Bundel, Verklaringsoort, dump_bundel, seal, sign_together, sign_verklaring
from convenant.types import Oin
from convenant.voorbeelden import example_text

OP = datetime(2026, 5, 12, 10, tzinfo=UTC)
VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
SLEUTELS = {oin: OKPKey.generate_key("Ed25519", auto_kid=True) for oin in (VT, WIJKTEAM, SCHOOL)}

Schrijf = Callable[..., Path]


def public_half(sleutel: OKPKey) -> dict[str, str]:
    return {naam: str(waarde) for naam, waarde in sleutel.as_dict(private=False).items()}


@pytest.fixture
def getekend(document: dict[str, Any]) -> dict[str, Any]:
    """The document with keys whose private halves we have."""
    return with_public_keys(document, {oin: public_half(sleutel) for oin, sleutel in SLEUTELS.items()})


def statements(document: dict[str, Any], *said: tuple[Oin, str]) -> Bundel:
    """The bundle in which parties said this, a minute after each other, under a seal."""
    convenant, bundel, op = convenant_from_document(document, bron="test"), Bundel(document=document), OP
    for oin, soort in said:
        op += timedelta(minutes=1)
        tekst = sign_verklaring(
            convenant,
            oin=oin,
            soort=Verklaringsoort(soort),
            ondertekenaar=SLEUTELS[oin],
            op=op,
            eerdere=bundel.verklaringen,
        )
        bundel = Bundel(document=document, verklaringen=(*bundel.verklaringen, tekst))
    return seal(bundel, ondertekenaar=SLEUTELS[VT], bron="test", op=op)


@pytest.fixture
def schrijf(tmp_path: Path, getekend: dict[str, Any]) -> Schrijf:
    """Write a bundle in which parties said this."""

    def write(*said: tuple[Oin, str], **changes: Any) -> Path:
        path = tmp_path / "convenant.bundel.json"
        path.write_text(dump_bundel(statements({**getekend, **changes}, *said)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def kaal(tmp_path: Path, getekend: dict[str, Any]) -> Schrijf:
    """Write the bare text."""

    def write(**changes: Any) -> Path:
        path = tmp_path / "convenant.yaml"
        path.write_text(dump_yaml({**getekend, **changes}), encoding="utf-8")
        return path

    return write


LATER = OP + timedelta(hours=1)


def oins(path: Path, load: Callable[..., Any], *, op: datetime = LATER) -> list[Oin]:
    return [partij.oin for partij in load(path, op=op).partijen]


def test_of_a_bundle_only_those_who_signed_take_part(schrijf: Schrijf) -> None:
    path = schrijf((VT, "aanvaarden"), (SCHOOL, "aanvaarden"))
    assert oins(path, load_geldend) == [VT, SCHOOL]
    assert oins(path, load_tekst) == [VT, WIJKTEAM, SCHOOL]


def test_whoever_left_takes_no_part_and_stays_in_the_text(schrijf: Schrijf) -> None:
    path = schrijf((VT, "aanvaarden"), (SCHOOL, "aanvaarden"), (SCHOOL, "opzeggen"))
    assert oins(path, load_geldend) == [VT]
    assert oins(path, load_tekst) == [VT, WIJKTEAM, SCHOOL]


def test_bare_text_is_taken_for_signed_in_a_trial(kaal: Schrijf) -> None:
    path = kaal()
    assert oins(path, load_geldend) == oins(path, load_tekst) == [VT, WIJKTEAM, SCHOOL]


class TestInProductie:
    @pytest.fixture
    def productie(self) -> str:
        return (
            example_text("noord-holland-noord")
            .replace("00000099", "00000001")
            .replace("omgeving: proef", "omgeving: productie")
        )

    def test_bare_text_is_refused(self, productie: str, tmp_path: Path) -> None:
        path = tmp_path / "nhn.yaml"
        path.write_text(productie, encoding="utf-8")
        with pytest.raises(ConvenantGeldtNiet, match=r"nhn\.yaml is niet ondertekend.*verzegelde bundel"):
            load_geldend(path, op=OP)
        assert load_tekst(path, op=OP).id == "nhn-2026"

    def test_what_everybody_signed_is_in_force(self, productie: str, tmp_path: Path) -> None:
        document = document_from_yaml(productie, bron="test")
        sleutels = {Oin(p["oin"]): OKPKey.generate_key("Ed25519", auto_kid=True) for p in document["partijen"]}
        document = with_public_keys(document, {oin: public_half(sleutel) for oin, sleutel in sleutels.items()})
        path = tmp_path / "nhn.bundel.json"
        path.write_text(dump_bundel(sign_together(document, sleutels, op=OP)), encoding="utf-8")
        assert oins(path, load_geldend) == list(sleutels)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ([], "nog niet door iedereen ondertekend"),
        ([(SCHOOL, "aanvaarden")], "nog niet door iedereen ondertekend"),
        ([(VT, "afwijzen"), (SCHOOL, "aanvaarden")], "is afgewezen"),
        ([(VT, "aanvaarden"), (VT, "opzeggen"), (SCHOOL, "aanvaarden")], "is opgezegd"),
    ],
    ids=["nobody", "not who is required", "rejected", "revoked"],
)
def test_what_is_not_in_force_is_refused_with_how_it_stands(
    schrijf: Schrijf, said: list[tuple[Oin, str]], sentence: str
) -> None:
    path = schrijf(*said)
    with pytest.raises(ConvenantGeldtNiet, match=rf"convenant\.bundel\.json .*{sentence}.* convenanthouder"):
        load_geldend(path, op=LATER)
    assert oins(path, load_tekst) == [VT, WIJKTEAM, SCHOOL]


def test_it_holds_from_its_first_day_to_its_last(schrijf: Schrijf) -> None:
    begin = {"geldigVan": "2026-05-13", "epochen": [{"nummer": 1, "van": "2026-05-13", "tot": "2027-12-31"}]}
    path = schrijf((VT, "aanvaarden"), **begin)
    with pytest.raises(ConvenantGeldtNiet, match="begint later"):
        load_geldend(path, op=OP)
    assert oins(path, load_geldend, op=datetime(2026, 5, 12, 22, tzinfo=UTC)) == [VT]
    assert oins(path, load_geldend, op=datetime(2027, 12, 31, 22, 59, tzinfo=UTC)) == [VT]
    with pytest.raises(ConvenantGeldtNiet, match="is verlopen"):
        load_geldend(path, op=datetime(2027, 12, 31, 23, tzinfo=UTC))


LOADERS = pytest.mark.parametrize("load", [load_tekst, load_geldend], ids=["text", "in force"])


@LOADERS
def test_a_file_that_is_not_there_is_named(load: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(OngeldigeBundel, match=r"weg\.json is niet te openen"):
        load(tmp_path / "weg.json", op=OP)


@LOADERS
def test_a_folder_is_no_file(load: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(OngeldigeBundel, match="is niet te openen"):
        load(tmp_path, op=OP)


@LOADERS
def test_what_is_not_utf8_is_refused_without_its_bytes(load: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("naam: Privégegevens".encode("latin-1"))
    with pytest.raises(OngeldigeBundel, match=r"latin\.yaml is geen tekst in UTF-8") as caught:
        load(path, op=OP)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@LOADERS
def test_what_is_neither_bundle_nor_convenant_is_refused(load: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "iets.yaml"
    path.write_text("boodschappen: [melk]", encoding="utf-8")
    with pytest.raises(OngeldigConvenant, match=r"iets\.yaml"):
        load(path, op=OP)


def _without_a_statement(inhoud: dict[str, Any]) -> None:
    inhoud["verklaringen"].pop()


def _with_another_text(inhoud: dict[str, Any]) -> None:
    inhoud["document"]["naam"] = "Een andere naam"


def _without_seal(inhoud: dict[str, Any]) -> None:
    inhoud["slot"] = None


def _doubled(inhoud: dict[str, Any]) -> None:
    inhoud["verklaringen"].append(inhoud["verklaringen"][0])


@LOADERS
@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (_without_a_statement, OngeldigeBundel),
        (_without_seal, OngeldigeBundel),
        (_doubled, GebrokenKeten),
        (_with_another_text, OngeldigeVerklaring),
    ],
)
def test_a_bundle_that_was_tampered_with_is_refused(
    load: Callable[..., Any],
    schrijf: Schrijf,
    tamper: Callable[[dict[str, Any]], None],
    kind: type[Exception],
) -> None:
    path = schrijf((VT, "aanvaarden"), (SCHOOL, "aanvaarden"), (SCHOOL, "opzeggen"))
    inhoud = json.loads(path.read_text(encoding="utf-8"))
    tamper(inhoud)
    path.write_text(json.dumps(inhoud), encoding="utf-8")
    with pytest.raises(kind):
        load(path, op=LATER)


def test_the_text_of_a_file_is_given_as_it_is(kaal: Schrijf) -> None:
    path = kaal()
    assert read_text(path) == path.read_text(encoding="utf-8")
