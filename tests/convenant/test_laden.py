"""Reading a convenant: what is refused, where it is said to be, and what is never quoted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import OKPKey, RSAKey

from convenant.errors import Bevinding, OngeldigConvenant
from convenant.laden import (
    convenant_from_document,
    document_from_yaml,
    dump_yaml,
    load_convenant,
    parse_convenant,
    stored_convenant,
)
from convenant.types import Modus, Oin, Omgeving

Change = Callable[[dict[str, Any]], None]
Changed = Callable[[Change], str]

VT = Oin("00000099000000001000")


def _refused(text: str) -> tuple[Bevinding, ...]:
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant(text, bron="test")
    return caught.value.bevindingen


def _line_with(text: str, part: str) -> int:
    return next(nummer for nummer, line in enumerate(text.splitlines(), 1) if part in line)


def _set(*pad: str | int, value: Any) -> Change:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        document[pad[-1]] = value

    return change


def _without(*pad: str | int) -> Change:
    def change(document: Any) -> None:
        for deel in pad[:-1]:
            document = document[deel]
        del document[pad[-1]]

    return change


def test_reads_a_convenant_without_faults(document: dict[str, Any]) -> None:
    convenant = parse_convenant(dump_yaml(document), bron="test")
    assert (convenant.id, convenant.versie) == ("test-2026", 1)
    assert (convenant.omgeving, convenant.modus) == (Omgeving.PROEF, Modus.HMAC)
    assert [partij.naam for partij in convenant.partijen] == ["Veilig Thuis", "Wijkteam", "School"]


def test_text_and_document_give_the_same_convenant(document: dict[str, Any]) -> None:
    assert parse_convenant(dump_yaml(document), bron="a") == convenant_from_document(document, bron="b")


def test_the_word_alle_stands_for_every_signaalsoort(document: dict[str, Any]) -> None:
    convenant = convenant_from_document(document, bron="test")
    assert convenant.deelregels[1].signaalsoorten == {"zorg", "verzuim"}


def test_a_comment_changes_no_hash_and_a_value_does(document: dict[str, Any]) -> None:
    text = dump_yaml(document)
    first = parse_convenant(text, bron="test").hash
    assert parse_convenant("# Nieuw\n" + text, bron="test").hash == first
    assert parse_convenant(text.replace("Nergens", "Ergens"), bron="test").hash != first


@pytest.mark.parametrize(
    ("text", "regel", "part"),
    [
        ("", None, "begint met velden"),
        ("- a\n- b\n", 1, "begint met velden"),
        ("naam: [\n", 2, "geen geldige YAML"),
        ("a: b: c\n", 1, "geen geldige YAML"),
        ("a: \x00\n", None, "geen geldige YAML"),
        ("a: \ud800\n", None, "geen geldige YAML"),
        ("a: 1\nb: &x 2\n", 2, "Verwijzingen"),
        ("a: 1\nb: *x\n", 2, "Verwijzingen"),
        ("a: 1\n? &x b\n: 2\n", 2, "Verwijzingen"),
        ("a: 1\nb: !!python/object:os.system 2\n", 2, "Typeaanduidingen"),
        ("a: 1\n? [b]\n: 2\n", 2, "veldnaam"),
        ("a: 1\n---\nb: 2\n", 2, "één document"),
        ("a: " + "[" * 20 + "]" * 20, 1, "te diep"),
        ("a: " + "x" * 1024 * 1024, None, "1 MiB"),
        ("a: " + "é" * 600 * 1024, None, "1 MiB"),
    ],
    ids=[
        "empty",
        "list",
        "open-bracket",
        "two-colons",
        "nul",
        "half-a-surrogate",
        "anchor",
        "alias",
        "anchor-on-a-key",
        "tag",
        "list-as-key",
        "two-documents",
        "deep",
        "large",
        "large-in-bytes",
    ],
)
def test_refuses_what_is_no_plain_yaml(text: str, regel: int | None, part: str) -> None:
    (bevinding,) = _refused(text)
    assert bevinding.regel == regel
    assert part in bevinding.melding


def test_reports_a_doubled_field_with_the_line_of_the_second(document: dict[str, Any]) -> None:
    text = dump_yaml(document) + "versie: 2\n"
    (bevinding,) = _refused(text)
    assert bevinding == Bevinding("versie", len(text.splitlines()), "Dit veld staat er twee keer. Laat er één staan.")


def test_the_bare_document_is_refused_for_its_doubled_fields_too(document: dict[str, Any]) -> None:
    with pytest.raises(OngeldigConvenant, match="twee keer"):
        document_from_yaml(dump_yaml(document) + "versie: 2\n", bron="test")


def test_reports_an_empty_value_once(changed: Changed) -> None:
    (bevinding,) = _refused(changed(_set("naam", value=None)))
    assert (bevinding.pad, bevinding.melding[:22]) == ("naam", "Hier ontbreekt de waar")


def test_reports_faults_of_reading_and_of_shape_together(changed: Changed) -> None:
    text = changed(_set("partijen", 1, "oin", value="123")) + "versie: 2\n"
    assert [bevinding.pad for bevinding in _refused(text)] == ["partijen.1.oin", "versie"]


def test_reports_all_faults_of_shape_in_the_order_of_the_lines(changed: Changed) -> None:
    def change(document: dict[str, Any]) -> None:
        document["deelregels"][0]["velden"] = ["adres"]
        document["partijen"][2]["omvang"] = "veel"
        document["versie"] = 0
        del document["naam"]

    text = changed(change)
    found = _refused(text)
    assert [(b.pad, b.regel) for b in found] == [
        ("naam", 1),
        ("versie", _line_with(text, "versie: 0")),
        ("partijen.2.omvang", _line_with(text, "omvang: veel")),
        ("deelregels.0.velden.0", _line_with(text, "- adres")),
    ]


@pytest.mark.parametrize(
    ("change", "pad", "part"),
    [
        (_without("partijen", 0, "contact", "email"), "partijen.0.contact.email", "ontbreekt"),
        (_set("geldigvan", value="2026-01-01"), "geldigvan", "Bedoelt u 'geldigVan'?"),
        (_set("partijen", 0, "roles", value=[]), "partijen.0.roles", "Bedoelt u 'rollen'?"),
        (_set("deelregels", 1, "over", "sector", value=["x"]), "deelregels.1.over.sector", "'sectoren'?"),
        (_set("partijen", 0, "sleutels", 0, "kdi", value="x"), "partijen.0.sleutels.0.kdi", "Bedoelt u 'kid'?"),
        (_set("wachtwoord", value="x"), "wachtwoord", "Haal het weg"),
        (_set("versie", value="1"), "versie", "geheel getal"),
        (_set("naam", value=7), "naam", "tekst"),
        (_set("naam", value="a\nb"), "naam", "op één regel"),
        (_set("naam", value="a\u202eb"), "naam", "op één regel"),
        (_set("naam", value="a" * 201), "naam", "ten hoogste 200"),
        (_set("doel", value="a\u0007b"), "doel", "besturingstekens"),
        (_set("omgeving", value="test"), "omgeving", "'proef' of 'productie'"),
        (_set("profiel", value="nl-2"), "profiel", "'nl-1'"),
        (_set("geldigVan", value="2026-02-30"), "geldigVan", "jjjj-mm-dd"),
        (_set("geldigVan", value="2026-01-01T00:00:00"), "geldigVan", "jjjj-mm-dd"),
        (_set("geldigVan", value=20260101), "geldigVan", "jjjj-mm-dd"),
        (_set("convenant", value="Test 2026"), "convenant", "kleine letters"),
        (_set("convenanthouder", value="1234"), "convenanthouder", "geen OIN"),
        (_set("partijen", value=[]), "partijen", "te kort"),
        (_set("partijen", value={}), "partijen", "lijst"),
        (_set("matcher", value="x"), "matcher", "Hier horen velden"),
        (_set("partijen", 0, "contact", "telefoon", value="bel maar"), "partijen.0.contact.telefoon", "telefoon"),
        (_set("partijen", 0, "contact", "email", value="a@b"), "partijen.0.contact.email", "e-mailadres"),
        (_set("partijen", 0, "omvang", value=0), "partijen.0.omvang", "ten minste 1"),
        (_set("signaalsoorten", 0, "leeftijdTot", value=99), "signaalsoorten.0.leeftijdTot", "ten hoogste 30"),
        (_set("signaalsoorten", 0, "indieners", value={}), "signaalsoorten.0.indieners", "kiest niemand"),
        (_set("signaalsoorten", 0, "indieners", value={"oins": []}), "signaalsoorten.0.indieners.oins", "te kort"),
        (_set("signaalsoorten", 0, "indieners", value={"alle": False}), "signaalsoorten.0.indieners", "alleen true"),
        (_set("deelregels", 0, "tussen", value=[{"alle": True}]), "deelregels.0.tussen.1", "ontbreekt"),
        (_set("deelregels", 0, "over", value={"alle": True}), "deelregels.0", "Kies: 'tussen'"),
        (_without("deelregels", 0, "tussen"), "deelregels.0", "Kies: 'tussen'"),
        (_without("deelregels", 1, "over"), "deelregels.1", "Kies: 'tussen'"),
        (_set("deelregels", 1, "tussen", value=[{"alle": True}] * 2), "deelregels.1", "Kies: 'tussen'"),
        (_set("deelregels", 0, "zonderEigenSignaal", value=True), "deelregels.0", "zonderEigenSignaal"),
        (_set("deelregels", 1, "zonderEigenSignaal", value="ja"), "deelregels.1.zonderEigenSignaal", "true of false"),
        (_set("deelregels", 0, "signaalsoorten", value="zorg"), "deelregels.0.signaalsoorten", "'alle'"),
        (_set("deelregels", 0, "signaalsoorten", value=["Zorg"]), "deelregels.0.signaalsoorten.0", "kleine letters"),
        (_set("deelregels", 0, "artikel", value="vier"), "deelregels.0.artikel", "artikelnummer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_says_what_is_wrong_with_the_shape(changed: Changed, change: Change, pad: str, part: str) -> None:
    (bevinding,) = _refused(changed(change))
    assert bevinding.pad == pad
    assert part in bevinding.melding


def test_a_missing_field_is_on_the_line_of_what_it_is_missing_from(changed: Changed) -> None:
    text = changed(_without("partijen", 1, "naam"))
    (bevinding,) = _refused(text)
    assert bevinding.regel == _line_with(text, "00000099000000002000")


# Keys.


def _key(kind: str) -> dict[str, Any]:
    rsa = RSAKey.generate_key(2048).as_dict(private=False)
    good = OKPKey.generate_key("Ed25519").as_dict(private=False)
    keys: dict[str, dict[str, Any]] = {
        "ed25519": good,
        "ed25519-with-alg": {**good, "alg": "EdDSA"},
        "rsa": rsa,
        "rsa-ps256": {**rsa, "alg": "PS256"},
        "no-kty": {"x": "x"},
        "unknown-kty": {"kty": "EC"},
        "other-curve": {**good, "crv": "X25519"},
        "hmac-alg": {**good, "alg": "HS256"},
        "short": {**good, "x": "AAAA"},
        "stray-bits": {**good, "x": "A" * 42 + "B"},
        "no-x": {"kty": "OKP", "crv": "Ed25519"},
        "rsa-short": {"kty": "RSA", "n": f"{rsa['n'][:167]}B", "e": "AQAB"},
        "rsa-small-exponent": {**rsa, "e": "Aw"},
        "rsa-no-number": {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
    }
    return keys[kind]


def _with_key(document: dict[str, Any], key: dict[str, Any]) -> str:
    document["partijen"][0]["sleutels"] = [{"kid": "nieuw", **key}]
    return dump_yaml(document)


@pytest.mark.parametrize("kind", ["ed25519", "ed25519-with-alg", "rsa", "rsa-ps256"])
def test_accepts_public_keys_that_parse(document: dict[str, Any], kind: str) -> None:
    key = _key(kind)
    convenant = parse_convenant(_with_key(document, key), bron="test")
    assert convenant.partij(VT).sleutels[0].as_jwk() == {"kid": "nieuw", **key}


@pytest.mark.parametrize(
    ("kind", "pad", "part"),
    [
        ("no-kty", "", "kty ontbreekt"),
        ("unknown-kty", "", "'OKP', 'RSA'"),
        ("other-curve", ".crv", "'Ed25519'"),
        ("hmac-alg", ".alg", "'EdDSA' of 'Ed25519'"),
        ("short", ".x", "juiste vorm"),
        ("stray-bits", "", "niet te lezen"),
        ("no-x", ".x", "ontbreekt"),
        ("rsa-short", "", "te zwak"),
        ("rsa-small-exponent", "", "te zwak"),
        ("rsa-no-number", "", "niet te lezen"),
    ],
)
def test_refuses_keys_that_nobody_should_trust(document: dict[str, Any], kind: str, pad: str, part: str) -> None:
    (bevinding,) = _refused(_with_key(document, _key(kind)))
    assert bevinding.pad == f"partijen.0.sleutels.0{pad}"
    assert part in bevinding.melding


@pytest.mark.parametrize("kind", ["OKP", "RSA"])
def test_refuses_private_keys_loudly_without_quoting_them(document: dict[str, Any], kind: str) -> None:
    private = (OKPKey.generate_key("Ed25519") if kind == "OKP" else RSAKey.generate_key(2048)).as_dict(private=True)
    text = _with_key(document, private)
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant(text, bron="test")
    assert "PRIVÉSLEUTEL" in str(caught.value)
    assert str(private["d"]) not in str(caught.value) + repr(caught.value)
    assert caught.value.bevindingen[0].regel == _line_with(text, " d: ")


def test_never_quotes_a_value_or_a_key_that_could_be_a_secret(document: dict[str, Any]) -> None:
    secret = "Xb7" * 14
    document["partijen"][0]["contact"]["telefoon"] = secret
    document["partijen"][0]["oin"] = secret
    document["omgeving"] = secret
    document["partijen"][0]["sleutels"][0]["x"] = secret
    document[secret] = secret
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant(dump_yaml(document), bron="test")
    assert len(caught.value.bevindingen) == 5
    assert secret not in str(caught.value) + repr(caught.value)


def test_broken_yaml_does_not_carry_the_line_along_in_its_cause() -> None:
    with pytest.raises(OngeldigConvenant) as caught:
        parse_convenant('d: "Xb7geheim\n', bron="test")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


# Scalars: what other YAML readers would take for something else.


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("2026-01-01", "2026-01-01"),
        ("00000099000000001000", "00000099000000001000"),
        ("0123", "0123"),
        ("1:30", "1:30"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("9" * 5000, "9" * 5000),
        ("-12", -12),
        ("0", 0),
        ("true", True),
        ('"true"', "true"),
        ('"12"', "12"),
        ("<<", "<<"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_plain_scalar_is_text_unless_it_is_plainly_a_number_or_truth(text: str, value: Any) -> None:
    read = document_from_yaml(f"a: {text}\n", bron="test")["a"]
    assert (read, type(read)) == (value, type(value))


_VALUES = st.recursive(
    st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=6), _VALUES, max_size=4))
@settings(max_examples=150)
def test_a_document_survives_writing_and_reading(document: dict[str, Any]) -> None:
    assert document_from_yaml(dump_yaml(document), bron="test") == document


def test_values_that_occur_twice_are_written_twice() -> None:
    shared = {"alle": True}
    assert document_from_yaml(dump_yaml({"a": shared, "b": shared}), bron="test")["b"] == shared


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}&*!|>'\"#%@ \n\t0?,<")), max_size=40))
@settings(max_examples=200)
def test_no_text_makes_the_loader_fail_otherwise(text: str) -> None:
    with pytest.raises(OngeldigConvenant):
        parse_convenant(text, bron="test")


# Files.


def test_loads_a_file(tmp_path: Path, document: dict[str, Any]) -> None:
    path = tmp_path / "nhn.yaml"
    path.write_text(dump_yaml(document), encoding="utf-8")
    assert load_convenant(path) == load_convenant(str(path)) == convenant_from_document(document, bron="test")


@pytest.mark.parametrize(
    ("content", "part"),
    [(None, "niet te openen"), (b"naam: \xff\n", "UTF-8"), (b"a" * (1024 * 1024 + 1), "1 MiB")],
    ids=["missing", "latin-1", "large"],
)
def test_says_what_is_wrong_with_a_file_by_its_name(tmp_path: Path, content: bytes | None, part: str) -> None:
    path = tmp_path / "nhn.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OngeldigConvenant, match=part) as caught:
        load_convenant(path)
    assert caught.value.bron == "nhn.yaml"
    assert str(tmp_path) not in str(caught.value)


def test_refuses_a_document_with_values_that_json_does_not_have(document: dict[str, Any]) -> None:
    document["versie"] = 1.5j
    with pytest.raises(OngeldigConvenant) as caught:
        convenant_from_document(document, bron="uit code")
    assert caught.value.bron == "uit code"


def test_what_was_let_in_before_is_read_again_also_when_it_makes_no_sense_now(document: dict[str, Any]) -> None:
    """A later release may ask more of a new text; what was signed stays readable."""
    document["convenanthouder"] = "00000099000000077000"
    with pytest.raises(OngeldigConvenant, match="De convenanthouder is geen partij"):
        convenant_from_document(document, bron="test")
    assert stored_convenant(document, bron="test").convenanthouder == "00000099000000077000"
    with pytest.raises(OngeldigConvenant, match="naam"):
        stored_convenant({k: v for k, v in document.items() if k != "naam"}, bron="test")


def test_what_still_has_to_be_filled_in_is_called_so(document: dict[str, Any]) -> None:
    document["partijen"][0]["sleutels"][0]["x"] = "VUL-IN-PUBLIEKE-SLEUTEL"
    with pytest.raises(OngeldigConvenant, match=r"partijen\.0\.sleutels\.0\.x: Hier staat nog VUL IN"):
        convenant_from_document(document, bron="test")
