"""All signatures at once: what it makes is what the parties would have made one by one."""

from typing import TYPE_CHECKING

import pytest

from convenant.errors import OngeldigConvenant, VerklaringGeweigerd
from convenant.ondertekening import Status, Verklaringsoort, dump_bundel, read_bundel, sign_together, verify_bundel
from convenant.types import Oin

if TYPE_CHECKING:
    from tests.convenant.ondertekening.conftest import Tafel

VT = Oin("00000099000000001000")
WIJKTEAM = Oin("00000099000000002000")
SCHOOL = Oin("00000099000000003000")
NIEUW = Oin("00000099000000004000")


def test_everybody_accepts_under_a_seal(tafel: "Tafel") -> None:
    sleutels = {oin: tafel.sleutels[oin] for oin in (SCHOOL, VT, WIJKTEAM)}
    bundel = sign_together(tafel.document, sleutels, op=tafel.op)
    ondertekend = verify_bundel(bundel, bron="test", op=tafel.op)
    assert ondertekend.stand.status is Status.GELDIG
    assert [partij.oin for partij in ondertekend.stand.partijen] == [VT, WIJKTEAM, SCHOOL]
    assert {verklaring.soort for verklaring in ondertekend.verklaringen} == {Verklaringsoort.AANVAARDEN}
    assert {verklaring.op for verklaring in ondertekend.verklaringen} == {tafel.op}
    assert read_bundel(dump_bundel(bundel), bron="test") == bundel


def test_it_makes_the_same_as_parties_who_sign_one_by_one_at_that_moment(tafel: "Tafel") -> None:
    sleutels = {oin: tafel.sleutels[oin] for oin in (VT, SCHOOL)}
    together = sign_together(tafel.document, sleutels, op=tafel.op)
    again = sign_together(tafel.document, dict(reversed(sleutels.items())), op=tafel.op)
    assert together == again
    assert [verklaring.oin for verklaring in verify_bundel(together, bron="test", op=tafel.op).verklaringen] == [
        VT,
        SCHOOL,
    ]


def test_only_those_whose_key_there_is_accept(tafel: "Tafel") -> None:
    bundel = sign_together(tafel.document, {VT: tafel.sleutels[VT]}, op=tafel.op)
    stand = verify_bundel(bundel, bron="test", op=tafel.op).stand
    assert stand.aanvaard == {VT}
    assert stand.ontbreekt == {WIJKTEAM, SCHOOL}


def test_without_the_convenanthouder_nothing_is_made(tafel: "Tafel") -> None:
    with pytest.raises(KeyError):
        sign_together(tafel.document, {SCHOOL: tafel.sleutels[SCHOOL]}, op=tafel.op)


@pytest.mark.parametrize("oin", [WIJKTEAM, NIEUW], ids=["of another party", "of a stranger"])
def test_a_key_that_is_not_the_registered_one_is_refused(tafel: "Tafel", oin: Oin) -> None:
    sleutels = {VT: tafel.sleutels[VT], SCHOOL: tafel.sleutels[oin]}
    with pytest.raises(VerklaringGeweigerd, match="niet de geregistreerde sleutel"):
        sign_together(tafel.document, sleutels, op=tafel.op)


def test_a_text_that_is_no_convenant_is_signed_by_nobody(tafel: "Tafel") -> None:
    with pytest.raises(OngeldigConvenant):
        sign_together({**tafel.document, "deelregels": []}, tafel.sleutels, op=tafel.op)
