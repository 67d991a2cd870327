"""The form that every signed text has, and which keys can sign at all."""

import hashlib

import pytest
from joserfc.jwk import OKPKey

from convenant.errors import OngeldigeVerklaring
from convenant.model import PubliekeSleutel
from convenant.ondertekening import _jws
from convenant.ondertekening._jws import hash_of, is_signed_by, public_x, read_compact, sign_compact

KEY = OKPKey.generate_key("Ed25519")
TYP = "test+jws"


def _sleutel(x: str | None, *, kty: str = "OKP", crv: str | None = "Ed25519") -> PubliekeSleutel:
    return PubliekeSleutel(kid="a", kty=kty, crv=crv, x=x)


def test_what_is_signed_is_read_back_and_verified() -> None:
    tekst = sign_compact({"b": 1, "a": "é"}, typ=TYP, kid="a", ondertekenaar=KEY)
    gelezen = read_compact(tekst, typ=TYP)
    assert (gelezen.kid, gelezen.inhoud) == ("a", {"a": "é", "b": 1})
    assert is_signed_by(tekst, _sleutel(public_x(KEY))) is True


def test_no_other_key_and_no_other_kind_of_key_verifies() -> None:
    tekst = sign_compact({}, typ=TYP, kid="a", ondertekenaar=KEY)
    x = public_x(KEY)
    other = public_x(OKPKey.generate_key("Ed25519"))
    for sleutel in (
        _sleutel(other),
        _sleutel(None),
        _sleutel("geen sleutel"),
        _sleutel(x, crv="X25519"),
        _sleutel(x, crv=None),
        _sleutel(x, kty="EC"),
    ):
        assert is_signed_by(tekst, sleutel) is False
    assert is_signed_by(tekst[:-2], _sleutel(x)) is False


def test_a_text_has_at_most_64_kib(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _jws.MAX_CHARS == 64 * 1024
    tekst = sign_compact({}, typ=TYP, kid="a", ondertekenaar=KEY)
    monkeypatch.setattr(_jws, "MAX_CHARS", len(tekst))
    assert read_compact(tekst, typ=TYP).kid == "a"
    monkeypatch.setattr(_jws, "MAX_CHARS", len(tekst) - 1)
    with pytest.raises(OngeldigeVerklaring, match="niet te lezen"):
        read_compact(tekst, typ=TYP)


def test_a_signature_in_another_spelling_is_refused_before_anybody_looks_at_it() -> None:
    head, inhoud, _ = sign_compact({}, typ=TYP, kid="a", ondertekenaar=KEY).split(".")
    with pytest.raises(OngeldigeVerklaring, match="niet te lezen"):
        read_compact(f"{head}.{inhoud}.AB", typ=TYP)


def test_the_hash_is_over_the_bytes_of_the_text() -> None:
    assert hash_of("a.b.c") == f"sha256:{hashlib.sha256(b'a.b.c').hexdigest()}"


def test_shows_nothing_of_what_is_inside() -> None:
    tekst = sign_compact({"naam": "geheim"}, typ=TYP, kid="a", ondertekenaar=KEY)
    assert "geheim" not in repr(read_compact(tekst, typ=TYP))
