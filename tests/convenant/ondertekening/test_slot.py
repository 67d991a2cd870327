"""The seal: a bundle from which something is gone, or in which something changed place, is found out."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from convenant.errors import (
    ConvenantFout,
    GebrokenKeten,
    OndertekeningFout,
    OngeldigConvenant,
    OngeldigeBundel,
    OngeldigeVerklaring,
)
from convenant.ondertekening import (
    Bundel,
    Slottekst,
    Status,
    Verklaringtekst,
    check_groei,
    seal,
    verify_bundel,
    verify_verklaringen,
)
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Dekken, Tafel, Vervalsen

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")
TYP = "koppelradar-slot+jws"


def _busy(tafel: "Tafel", reserve: tuple[OKPKey, ...]) -> "Tafel":
    tafel.accept()
    tafel.admit(tafel.ask())
    tafel.sign(SCHOOL, "opzeggen")
    tafel.change_key(WIJKTEAM, reserve[0])
    tafel.sign(VT, "schorsen", partij_oin=WIJKTEAM)
    return tafel


def _verify(tafel: "Tafel", bundel: Bundel) -> Any:
    return verify_bundel(bundel, bron="los.json", op=tafel.op)


def test_a_sealed_bundle_says_where_it_stands(tafel: "Tafel", reserve: tuple[OKPKey, ...]) -> None:
    sealed = _busy(tafel, reserve).sealed()
    ondertekend = _verify(tafel, sealed)
    assert ondertekend.convenant == tafel.convenant
    assert ondertekend.bundel == sealed
    assert ondertekend.stand == tafel.stand()
    assert ondertekend.stand.status is Status.GELDIG
    assert [partij.oin for partij in ondertekend.stand.partijen] == [VT, NIEUW]


def test_without_a_seal_it_is_refused_and_the_statements_can_still_be_read(tafel: "Tafel") -> None:
    bundel = tafel.accept().bundel()
    with pytest.raises(OngeldigeBundel, match=r"los\.json is niet verzegeld"):
        _verify(tafel, bundel)
    assert verify_verklaringen(bundel, bron="los.json", op=tafel.op).stand == tafel.stand()


_DAMAGE = st.sampled_from(["remove", "change", "swap", "repeat", "add"])


def _damaged(bundel: Bundel, damage: str, i: int, j: int, added: Verklaringtekst) -> Bundel:
    teksten = list(bundel.verklaringen)
    i, j = i % len(teksten), j % len(teksten)
    if damage == "remove":
        del teksten[i]
    elif damage == "change":
        head, inhoud, signature = teksten[i].split(".")
        k = j % len(signature)
        letter = "A" if signature[k] != "A" else "B"
        teksten[i] = Verklaringtekst(f"{head}.{inhoud}.{signature[:k]}{letter}{signature[k + 1 :]}")
    elif damage == "swap":
        j = (i + 1 + j % (len(teksten) - 1)) % len(teksten)
        teksten[i], teksten[j] = teksten[j], teksten[i]
    elif damage == "repeat":
        teksten.insert(j, teksten[i])
    else:
        teksten.insert(j, added)
    return replace(bundel, verklaringen=tuple(teksten))


@settings(max_examples=60, deadline=None)
@given(damage=_DAMAGE, i=st.integers(0, 100), j=st.integers(0, 100))
def test_whatever_happens_to_a_statement_of_a_sealed_bundle_is_found_out(
    verzegeld: tuple["Tafel", Bundel, Verklaringtekst], damage: str, i: int, j: int
) -> None:
    tafel, sealed, later = verzegeld
    broken = _damaged(sealed, damage, i, j, later)
    assert broken != sealed
    with pytest.raises(OndertekeningFout):
        _verify(tafel, broken)


@pytest.fixture(scope="module")
def verzegeld(dek: "Dekken", reserve: tuple[OKPKey, ...]) -> tuple["Tafel", Bundel, Verklaringtekst]:
    """A table, its sealed bundle, and a good statement that came after."""
    tafel = _busy(dek(), reserve)
    sealed = tafel.sealed()
    assert _verify(tafel, sealed)
    return tafel, sealed, tafel.sign(SCHOOL, "aanvaarden")


def test_the_last_word_of_a_party_cannot_be_left_out(tafel: "Tafel") -> None:
    """What chains alone do not show: the bundle without the opzegging is right in itself."""
    tafel.accept()
    tafel.sign(SCHOOL, "opzeggen")
    sealed = tafel.sealed()
    cut = replace(sealed, verklaringen=tuple(v.tekst for v in tafel.verklaringen() if v.soort != "opzeggen"))
    assert verify_verklaringen(cut, bron="los.json", op=tafel.op).stand.aanvaard == {VT, WIJKTEAM, SCHOOL}
    with pytest.raises(OngeldigeBundel, match="er ontbreekt iets"):
        _verify(tafel, cut)


def test_statements_of_two_parties_do_not_change_places(tafel: "Tafel") -> None:
    sealed = tafel.accept().sealed()
    een, ander, *rest = sealed.verklaringen
    swapped = replace(sealed, verklaringen=(ander, een, *rest))
    assert verify_verklaringen(swapped, bron="los.json", op=tafel.op).stand == tafel.stand()
    with pytest.raises(OngeldigeBundel, match="niet in de volgorde"):
        _verify(tafel, swapped)


@pytest.mark.parametrize(
    "changes",
    [
        {"aantal": 2},
        {"verklaringen": "sha256:" + "0" * 64},
        {"hash": "sha256:" + "0" * 64},
        {"versie": 2},
        {"convenant": "ander-2026"},
        {"oin": WIJKTEAM},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_seal_is_on_exactly_these_statements_and_this_text(
    tafel: "Tafel", vervals: "Vervalsen", changes: dict[str, Any]
) -> None:
    tafel.accept()
    inhoud = _slot_payload(tafel)
    honest = replace(tafel.sealed(), slot=Slottekst(vervals(inhoud, tafel.sleutels[VT], typ=TYP)))
    assert _verify(tafel, honest)
    forged = vervals(inhoud | changes, tafel.sleutels[VT], typ=TYP)
    with pytest.raises(OngeldigeBundel, match="na het verzegelen veranderd"):
        _verify(tafel, replace(honest, slot=Slottekst(forged)))


def _slot_payload(tafel: "Tafel") -> dict[str, Any]:
    import hashlib  # noqa: PLC0415 - spelled out here, so that the test does not lean on the code

    hashes = sorted(f"sha256:{hashlib.sha256(tekst.encode()).hexdigest()}" for tekst in tafel.teksten)
    return {
        "v": 1,
        "convenant": "test-2026",
        "versie": 1,
        "hash": tafel.convenant.hash,
        "oin": VT,
        "aantal": len(hashes),
        "verklaringen": f"sha256:{hashlib.sha256(chr(10).join(hashes).encode()).hexdigest()}",
        "op": "2026-03-02T09:00:00Z",
    }


@pytest.mark.parametrize(
    ("changes", "header"),
    [
        ({"v": 2}, {}),
        ({"extra": 1}, {}),
        ({"aantal": True}, {}),
        ({"op": "gisteren"}, {}),
        ({"op": "2026-03-02T12:00:00Z"}, {}),
        ({}, {"typ": "koppelradar-verklaring+jws"}),
        ({}, {"alg": "none"}),
    ],
    ids=["newer", "extra", "boolean", "no-moment", "future", "other-typ", "other-alg"],
)
def test_refuses_a_seal_of_another_form(
    tafel: "Tafel", vervals: "Vervalsen", changes: dict[str, Any], header: dict[str, Any]
) -> None:
    sealed = tafel.accept().sealed()
    forged = vervals(_slot_payload(tafel) | changes, tafel.sleutels[VT], **{"typ": TYP, **header})
    with pytest.raises(OngeldigeBundel, match="Het slot van"):
        _verify(tafel, replace(sealed, slot=Slottekst(forged)))


def test_only_the_convenanthouder_seals_with_the_key_it_has_now(
    tafel: "Tafel", vervals: "Vervalsen", reserve: tuple[OKPKey, ...]
) -> None:
    tafel.accept()
    old = tafel.sleutels[VT]
    tafel.change_key(VT, reserve[0])
    sealed = tafel.sealed()
    assert _verify(tafel, sealed)
    for key, kid in ((old, None), (tafel.sleutels[WIJKTEAM], None), (old, str(reserve[0].thumbprint()))):
        with pytest.raises(OngeldigeBundel, match="verzegelt"):
            seal(sealed, ondertekenaar=key, bron="los.json", op=tafel.op)
        header = {"typ": TYP, "kid": kid or str(key.thumbprint())}
        forged = vervals(_slot_payload(tafel), key, **header)
        with pytest.raises(OngeldigeBundel, match="niet van de convenanthouder"):
            _verify(tafel, replace(sealed, slot=Slottekst(forged)))


def test_any_party_can_be_the_convenanthouder(dek: "Dekken") -> None:
    tafel = dek(convenanthouder=WIJKTEAM)
    partijen = [{**partij, "vereist": partij["oin"] == WIJKTEAM} for partij in tafel.document["partijen"]]
    tafel.use({**tafel.document, "partijen": partijen}).accept()
    sealed = seal(tafel.bundel(), ondertekenaar=tafel.sleutels[WIJKTEAM], bron="los.json", op=tafel.op)
    assert _verify(tafel, sealed).stand.status is Status.GELDIG
    with pytest.raises(OngeldigeBundel, match="Alleen de convenanthouder"):
        tafel.sealed()


def test_nobody_seals_for_a_convenanthouder_that_is_no_party(dek: "Dekken") -> None:
    tafel = dek(convenanthouder=NIEUW)
    with pytest.raises(OngeldigConvenant, match="De convenanthouder is geen partij"):
        seal(tafel.bundel(), ondertekenaar=tafel.sleutels[NIEUW], bron="los.json", op=tafel.op)


def test_seals_nothing_that_is_wrong(tafel: "Tafel") -> None:
    tafel.sign(SCHOOL, "aanvaarden")
    tafel.sign(SCHOOL, "opzeggen")
    tafel.teksten.pop(0)
    with pytest.raises(GebrokenKeten):
        tafel.sealed()
    with pytest.raises(OngeldigConvenant):
        seal(Bundel(document={}), ondertekenaar=tafel.sleutels[VT], bron="los.json", op=tafel.op)


def test_a_changed_document_carries_none_of_its_signatures(tafel: "Tafel") -> None:
    sealed = tafel.accept().sealed()
    changed = replace(sealed, document={**sealed.document, "naam": "Een ander convenant"})
    with pytest.raises(OngeldigeVerklaring, match="andere tekst"):
        _verify(tafel, changed)
    with pytest.raises(OngeldigConvenant):
        _verify(tafel, replace(sealed, document={**sealed.document, "versie": "1"}))


def test_a_seal_of_before_the_last_statement_is_refused(tafel: "Tafel") -> None:
    early = tafel.accept(VT).sealed()
    late = tafel.accept(SCHOOL).sealed()
    with pytest.raises(OngeldigeBundel, match="na het verzegelen veranderd"):
        _verify(tafel, replace(late, slot=early.slot))


def test_who_saw_more_before_refuses_an_older_bundle(tafel: "Tafel", dek: "Dekken") -> None:
    """An older bundle under its own seal is right in itself; only memory shows that it is old."""
    old = _verify(tafel, tafel.accept().sealed())
    tafel.sign(SCHOOL, "opzeggen")
    new = _verify(tafel, tafel.sealed())
    check_groei(old, new)
    check_groei(new, new)
    with pytest.raises(OngeldigeBundel, match="ontbreken verklaringen"):
        check_groei(new, old)
    other = dek(naam="Ander")
    with pytest.raises(OngeldigeBundel, match="andere tekst"):
        check_groei(new, verify_verklaringen(other.bundel(), bron="x", op=tafel.op))


def test_a_seal_holds_however_long_ago_it_was_made(tafel: "Tafel") -> None:
    sealed = tafel.accept().sealed()
    later = verify_bundel(sealed, bron="x", op=tafel.op + timedelta(days=900))
    assert later.stand.status is Status.VERLOPEN


def test_errors_name_the_file_and_quote_nothing(tafel: "Tafel") -> None:
    sealed = replace(tafel.accept().sealed(), slot=Slottekst("geheim.geheim.geheim"))
    with pytest.raises(ConvenantFout) as found:
        _verify(tafel, sealed)
    assert "los.json" in str(found.value)
    assert "geheim" not in str(found.value)
    assert sealed.verklaringen[0] not in repr(sealed)
