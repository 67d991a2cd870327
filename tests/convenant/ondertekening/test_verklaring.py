"""Statements: what a right one is, and that every forgery is refused with a sentence that says what to do."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from joserfc.jwk import OKPKey, RSAKey

from convenant.base64url import decode_base64url, encode_base64url
from convenant.errors import (
    GebrokenKeten,
    OndertekeningFout,
    OngeldigeVerklaring,
    VerklaringGeweigerd,
)
from convenant.invullen import with_public_keys
from convenant.ondertekening import Verklaringsoort, read_verklaringen, sign_verklaring
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Dekken, Tafel, Vervalsen

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")
NOBODY = Oin("00000099000000008000")


def _payload(tekst: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(decode_base64url(tekst.split(".")[1]))
    return found


def test_a_statement_is_about_one_version_and_follows_on_the_one_before(tafel: "Tafel") -> None:
    eerste = tafel.sign(SCHOOL, "aanvaarden")
    tweede = tafel.sign(SCHOOL, "opzeggen")
    header = json.loads(decode_base64url(eerste.split(".")[0]))
    assert header == {
        "alg": "Ed25519",
        "kid": str(tafel.sleutels[SCHOOL].thumbprint()),
        "typ": "koppelradar-verklaring+jws",
    }
    assert _payload(tweede) == {
        "v": 1,
        "convenant": "test-2026",
        "versie": 1,
        "hash": tafel.convenant.hash,
        "oin": SCHOOL,
        "soort": "opzeggen",
        "nummer": 2,
        "vorige": f"sha256:{hashlib.sha256(eerste.encode()).hexdigest()}",
        "op": "2026-03-02T09:02:00Z",
    }


def test_the_way_these_forgeries_are_made_gives_a_good_one_when_nothing_is_wrong(
    tafel: "Tafel", vervals: "Vervalsen"
) -> None:
    tekst = vervals(tafel.payload(SCHOOL, "aanvaarden"), tafel.sleutels[SCHOOL])
    (verklaring,) = tafel.read(tekst)
    assert (verklaring.oin, verklaring.soort, verklaring.nummer) == (SCHOOL, Verklaringsoort.AANVAARDEN, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"convenant": "ander-2026"}, "ander convenant"),
        ({"versie": 2}, "andere versie"),
        ({"hash": "sha256:" + "0" * 64}, "andere tekst"),
        ({"oin": WIJKTEAM}, "niet gezet met de geregistreerde sleutel"),
        ({"oin": NOBODY}, "geen partij"),
        ({"nummer": 2}, "sluit niet aan"),
        ({"vorige": "sha256:" + "0" * 64}, "sluit niet aan"),
        ({"op": "2026-03-02T09:10:01Z"}, "toekomst"),
        ({"v": 2}, "nieuwere versie"),
        ({"v": 0}, "onbekende vorm"),
        ({"v": True}, "onbekende vorm"),
        ({"nummer": 0}, "onbekende vorm"),
        ({"nummer": True}, "onbekende vorm"),
        ({"versie": True}, "onbekende vorm"),
        ({"soort": "schenken"}, "onbekende vorm"),
        ({"op": "2026-03-02T09:00:00+00:00"}, "onbekende vorm"),
        ({"op": "2026-03-02T09:00:00.5Z"}, "onbekende vorm"),
        ({"op": "2026-13-02T09:00:00Z"}, "onbekende vorm"),
        ({"op": 1}, "onbekende vorm"),
        ({"oin": "geen-oin"}, "onbekende vorm"),
        ({"extra": 1}, "onbekende vorm"),
        ({"partij_oin": VT}, "onbekende vorm"),
        ({"partij": None}, "onbekende vorm"),
        ({"soort": "schorsen"}, "onbekende vorm"),
        ({"soort": "sleutelwissel"}, "onbekende vorm"),
        ({"soort": "toetreden"}, "onbekende vorm"),
        ({"soort": "schorsen", "partij_oin": WIJKTEAM}, "Alleen de convenanthouder"),
        ({"soort": "hervatten", "partij_oin": WIJKTEAM}, "Alleen de convenanthouder"),
        ({"soort": "toelaten", "partij_oin": NIEUW, "toetreding": "sha256:" + "0" * 64}, "Alleen de convenanthouder"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else "",
)
def test_refuses_a_statement_that_says_something_else(
    tafel: "Tafel", vervals: "Vervalsen", changes: dict[str, Any], sentence: str
) -> None:
    tekst = vervals(tafel.payload(SCHOOL, "aanvaarden") | changes, tafel.sleutels[SCHOOL])
    with pytest.raises(OndertekeningFout, match=sentence) as found:
        tafel.read(tekst)
    assert found.value.plaats == 1
    assert str(found.value).startswith("Verklaring 1: ")


@pytest.mark.parametrize(
    "naam", ["v", "convenant", "versie", "hash", "oin", "soort", "nummer", "vorige", "op"], ids=lambda naam: naam
)
def test_refuses_a_statement_that_leaves_something_out(tafel: "Tafel", vervals: "Vervalsen", naam: str) -> None:
    inhoud = tafel.payload(SCHOOL, "aanvaarden")
    del inhoud[naam]
    with pytest.raises(OngeldigeVerklaring, match="onbekende vorm"):
        tafel.read(vervals(inhoud, tafel.sleutels[SCHOOL]))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "EdDSA"},
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": None},
        {"typ": "koppelradar-slot+jws"},
        {"typ": "kaart+jws"},
        {"typ": None},
        {"kid": None},
        {"kid": 1},
        {"crit": ["b64"], "b64": False},
        {"jwk": {"kty": "OKP"}},
    ],
    ids=json.dumps,
)
def test_refuses_any_header_but_the_one(tafel: "Tafel", vervals: "Vervalsen", header: dict[str, Any]) -> None:
    tekst = vervals(tafel.payload(SCHOOL, "aanvaarden"), tafel.sleutels[SCHOOL], **header)
    with pytest.raises(OngeldigeVerklaring, match="ander soort handtekening"):
        tafel.read(tekst)


@pytest.mark.parametrize("alg", ["none", "HS256", "Ed25519"])
def test_refuses_a_signature_that_needs_no_private_key(tafel: "Tafel", alg: str) -> None:
    public = str(tafel.sleutels[SCHOOL].as_dict(private=False)["x"])
    head = {"alg": alg, "kid": str(tafel.sleutels[SCHOOL].thumbprint()), "typ": "koppelradar-verklaring+jws"}
    parts = [
        json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        for part in (head, tafel.payload(SCHOOL, "aanvaarden"))
    ]
    signing_input = ".".join(map(encode_base64url, parts))
    # The classic confusion: the public key as the secret of an HMAC.
    mac = b"" if alg == "none" else hmac.digest(public.encode(), signing_input.encode(), hashlib.sha256)
    with pytest.raises(OngeldigeVerklaring):
        tafel.read(f"{signing_input}.{encode_base64url(mac)}")


def test_refuses_the_key_of_another_party_and_of_nobody(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    own = str(tafel.sleutels[SCHOOL].thumbprint())
    for key in (tafel.sleutels[WIJKTEAM], reserve[0]):
        for kid in (own, str(key.thumbprint())):
            with pytest.raises(OngeldigeVerklaring, match="geregistreerde sleutel"):
                tafel.read(vervals(tafel.payload(SCHOOL, "aanvaarden"), key, kid=kid))


def test_the_kid_has_to_be_that_of_the_key_that_signed(tafel: "Tafel", vervals: "Vervalsen") -> None:
    tekst = vervals(tafel.payload(SCHOOL, "aanvaarden"), tafel.sleutels[SCHOOL], kid="ander")
    with pytest.raises(OngeldigeVerklaring, match="geregistreerde sleutel"):
        tafel.read(tekst)


def test_refuses_a_payload_that_was_changed_after_signing(tafel: "Tafel") -> None:
    head, _, signature = tafel.sign(SCHOOL, "aanvaarden").split(".")
    tafel.teksten.clear()
    changed = json.dumps(tafel.payload(SCHOOL, "afwijzen"), sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(OngeldigeVerklaring, match="geregistreerde sleutel"):
        tafel.read(f"{head}.{encode_base64url(changed)}.{signature}")


def test_one_statement_has_one_text(tafel: "Tafel", vervals: "Vervalsen") -> None:
    """A second text of a statement would have another hash and break the chain of a party, without its key."""
    tekst = tafel.sign(SCHOOL, "aanvaarden")
    tafel.teksten.clear()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = tekst[:-1] + alphabet[alphabet.index(tekst[-1]) ^ 1]
    for other in (same_bytes, tekst + "=", tekst + "\n", f" {tekst}", tekst + ".", tekst.replace(".", "..", 1)):
        with pytest.raises(OngeldigeVerklaring):
            tafel.read(other)
    inhoud = tafel.payload(SCHOOL, "aanvaarden")
    loose = (json.dumps(inhoud).encode(), json.dumps(inhoud, indent=1).encode())
    doubled = b'{"v":1,' + json.dumps(inhoud, sort_keys=True, separators=(",", ":")).encode()[1:]
    for payload in (*loose, doubled):
        with pytest.raises(OngeldigeVerklaring, match="niet te lezen"):
            tafel.read(vervals(payload, tafel.sleutels[SCHOOL]))


@pytest.mark.parametrize(
    "tekst",
    ["", ".", "..", "a.b.c", "e30.e30.e30", "é.é.é", "x" * 70_000, "bnVsbA.bnVsbA.", "W10.W10.AAAA"],
    ids=["empty", "dot", "dots", "words", "empty-objects", "not-ascii", "too-long", "null", "lists"],
)
def test_refuses_what_is_no_statement(tafel: "Tafel", tekst: str) -> None:
    with pytest.raises(OngeldigeVerklaring):
        tafel.read(tekst)


def test_refuses_a_payload_that_is_nested_without_end(tafel: "Tafel", vervals: "Vervalsen") -> None:
    with pytest.raises(OngeldigeVerklaring, match="niet te lezen"):
        tafel.read(vervals(b"[" * 20_000, tafel.sleutels[SCHOOL]))


def test_errors_quote_nothing_of_a_statement(tafel: "Tafel", vervals: "Vervalsen") -> None:
    with pytest.raises(OngeldigeVerklaring) as found:
        tafel.read(vervals(tafel.payload(SCHOOL, "geheim"), tafel.sleutels[SCHOOL]))
    assert "geheim" not in str(found.value)
    assert found.value.__cause__ is None or "geheim" not in str(found.value.__cause__)
    assert tafel.sign(SCHOOL, "aanvaarden") not in repr(tafel.verklaringen())


def test_refuses_the_same_statement_twice(tafel: "Tafel") -> None:
    tekst = tafel.sign(SCHOOL, "aanvaarden")
    with pytest.raises(GebrokenKeten, match="twee keer"):
        tafel.read(tekst)


def test_an_old_accept_cannot_be_used_again_after_a_revocation(tafel: "Tafel", vervals: "Vervalsen") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    tafel.sign(SCHOOL, "opzeggen")
    eerder, later = tafel.teksten
    with pytest.raises(GebrokenKeten):
        tafel.read(eerder)
    with pytest.raises(GebrokenKeten):
        read_verklaringen(tafel.convenant, [later, eerder], op=tafel.op)
    replayed = vervals({**tafel.payload(SCHOOL, "aanvaarden"), "nummer": 1, "vorige": None}, tafel.sleutels[SCHOOL])
    with pytest.raises(GebrokenKeten):
        tafel.read(replayed)


def test_refuses_two_statements_in_one_place_of_a_chain(tafel: "Tafel", vervals: "Vervalsen") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    fork = tafel.payload(SCHOOL, "opzeggen")
    tafel.sign(SCHOOL, "opzeggen")
    with pytest.raises(GebrokenKeten, match="sluit niet aan"):
        tafel.read(vervals({**fork, "op": "2026-03-02T09:01:30Z"}, tafel.sleutels[SCHOOL]))


def test_refuses_a_chain_with_a_hole_or_in_another_order(tafel: "Tafel") -> None:
    for soort in ("aanvaarden", "opzeggen", "aanvaarden"):
        tafel.sign(SCHOOL, soort)
    een, twee, drie = tafel.teksten
    for teksten in ([een, drie], [twee, drie], [twee, een, drie], [een, drie, twee]):
        with pytest.raises(GebrokenKeten):
            read_verklaringen(tafel.convenant, teksten, op=tafel.op)


def test_the_number_has_to_fit_even_when_the_link_does(tafel: "Tafel", vervals: "Vervalsen") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    for nummer in (1, 3):
        with pytest.raises(GebrokenKeten, match="sluit niet aan"):
            tafel.read(vervals(tafel.payload(SCHOOL, "opzeggen", nummer=nummer), tafel.sleutels[SCHOOL]))


def test_time_does_not_run_backwards_in_a_chain(tafel: "Tafel", vervals: "Vervalsen") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    early = tafel.payload(SCHOOL, "opzeggen", op="2026-03-02T09:00:59Z")
    with pytest.raises(GebrokenKeten, match="eerder gedateerd"):
        tafel.read(vervals(early, tafel.sleutels[SCHOOL]))
    tafel.read(vervals({**early, "op": "2026-03-02T09:01:00Z"}, tafel.sleutels[SCHOOL]))


def test_a_clock_may_be_ten_minutes_ahead_of_ours(tafel: "Tafel") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    assert read_verklaringen(tafel.convenant, tafel.teksten, op=tafel.op - timedelta(minutes=10))
    with pytest.raises(OngeldigeVerklaring, match="toekomst"):
        read_verklaringen(tafel.convenant, tafel.teksten, op=tafel.op - timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize(
    ("before", "soort", "sentence"),
    [
        ([], "opzeggen", "niets om op te zeggen"),
        (["aanvaarden"], "aanvaarden", "al aanvaard"),
        (["aanvaarden"], "afwijzen", "Kies opzeggen"),
        (["afwijzen"], "afwijzen", "Afwijzen kan alleen"),
        (["afwijzen"], "opzeggen", "niets om op te zeggen"),
        (["aanvaarden", "opzeggen"], "opzeggen", "niets om op te zeggen"),
        (["aanvaarden", "opzeggen"], "afwijzen", "Afwijzen kan alleen"),
    ],
)
def test_refuses_a_word_that_changes_nothing(tafel: "Tafel", before: list[str], soort: str, sentence: str) -> None:
    for eerder in before:
        tafel.sign(SCHOOL, eerder)
    with pytest.raises(VerklaringGeweigerd, match=sentence):
        tafel.sign(SCHOOL, soort)
    assert len(tafel.teksten) == len(before)


def test_signs_only_with_the_registered_key_of_that_party(tafel: "Tafel", reserve: tuple[OKPKey, ...]) -> None:
    for oin, key in ((SCHOOL, reserve[0]), (SCHOOL, tafel.sleutels[WIJKTEAM]), (NOBODY, reserve[0])):
        with pytest.raises(VerklaringGeweigerd, match="niet de geregistreerde sleutel"):
            tafel.sign(oin, "aanvaarden", sleutel=key)


def test_signs_nothing_on_top_of_statements_that_are_wrong(tafel: "Tafel") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    with pytest.raises(GebrokenKeten):
        sign_verklaring(
            tafel.convenant,
            oin=WIJKTEAM,
            soort=Verklaringsoort.AANVAARDEN,
            ondertekenaar=tafel.sleutels[WIJKTEAM],
            op=tafel.op,
            eerdere=(tafel.teksten[0], tafel.teksten[0]),
        )


def test_the_kid_of_the_convenant_is_used_whatever_the_key_file_says(dek: "Dekken") -> None:
    tafel = dek()
    jwk = {**tafel.document["partijen"][2]["sleutels"][0], "kid": "school-1"}
    tafel.use(with_public_keys(tafel.document, {SCHOOL: jwk}))
    tafel.sign(SCHOOL, "aanvaarden")
    assert tafel.verklaringen()[0].kid == "school-1"


def test_any_of_several_registered_keys_signs_and_an_rsa_key_never_does(
    dek: "Dekken", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    tafel = dek()
    x = str(reserve[0].as_dict(private=False)["x"])
    rsa = RSAKey.generate_key(2048, auto_kid=True).as_dict(private=False)
    second = {"kid": str(reserve[0].thumbprint()), "kty": "OKP", "crv": "Ed25519", "x": x}
    log_in = {"kid": "rsa-1", "kty": "RSA", "n": rsa["n"], "e": rsa["e"]}
    tafel.document["partijen"][2]["sleutels"] += [second, log_in]
    tafel.use(tafel.document)
    tafel.sign(SCHOOL, "aanvaarden", sleutel=reserve[0])
    tafel.sign(SCHOOL, "opzeggen")
    with pytest.raises(OngeldigeVerklaring, match="geregistreerde sleutel"):
        tafel.read(vervals(tafel.payload(SCHOOL, "aanvaarden"), reserve[1], kid="rsa-1"))
