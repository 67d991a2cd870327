"""Every example can be put into force: with keys of their own, its parties sign it and it holds."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from joserfc.jwk import OKPKey

from convenant.invullen import with_public_keys
from convenant.laden import document_from_yaml
from convenant.model import Convenant
from convenant.ondertekening import (
    Bundel,
    Ondertekend,
    Stand,
    Status,
    dump_bundel,
    in_werking,
    read_bundel,
    seal,
    sign_together,
    verify_bundel,
)
from convenant.types import Oin
from convenant.voorbeelden import example_names, example_text


@dataclass(frozen=True)
class Getekend:
    """An example that all its parties signed at noon of its first day."""

    bundel: Bundel
    sleutels: dict[Oin, OKPKey]
    op: datetime

    def verified(self, bundel: Bundel | None = None, *, op: datetime | None = None) -> Ondertekend:
        return verify_bundel(bundel or self.bundel, bron="test", op=op or self.op)

    def without(self, oin: Oin) -> Bundel:
        """The bundle in which this party said nothing, under a new seal."""
        own = {verklaring.tekst for verklaring in self.verified().verklaringen if verklaring.oin == oin}
        fewer = tuple(tekst for tekst in self.bundel.verklaringen if tekst not in own)
        houder = self.verified().convenant.convenanthouder
        return seal(
            replace(self.bundel, verklaringen=fewer), ondertekenaar=self.sleutels[houder], bron="test", op=self.op
        )


def with_new_keys(document: dict[str, Any]) -> tuple[dict[str, Any], dict[Oin, OKPKey]]:
    sleutels = {Oin(p["oin"]): OKPKey.generate_key("Ed25519", auto_kid=True) for p in document["partijen"]}
    public = {
        oin: {naam: str(waarde) for naam, waarde in sleutel.as_dict(private=False).items()}
        for oin, sleutel in sleutels.items()
    }
    return with_public_keys(document, public), sleutels


@pytest.fixture(scope="module", params=example_names())
def getekend(request: pytest.FixtureRequest) -> Getekend:
    document, sleutels = with_new_keys(document_from_yaml(example_text(request.param), bron=request.param))
    day = datetime.fromisoformat(document["geldigVan"])
    op = datetime.combine(day, time(12), UTC)
    return Getekend(sign_together(document, sleutels, op=op), sleutels, op)


def test_signed_by_all_it_is_in_force_among_all(getekend: Getekend) -> None:
    ondertekend = getekend.verified()
    convenant, stand = ondertekend.convenant, ondertekend.stand
    assert stand.status is Status.GELDIG
    assert stand.aanvaard == {partij.oin for partij in convenant.partijen}
    assert in_werking(convenant, stand) == convenant
    assert read_bundel(dump_bundel(getekend.bundel), bron="test") == getekend.bundel


def test_it_holds_to_its_last_day_and_not_a_day_longer(getekend: Getekend) -> None:
    convenant = getekend.verified().convenant
    last = datetime.combine(convenant.geldig_tot, time(12), UTC)
    assert getekend.verified(op=last).stand.status is Status.GELDIG
    assert getekend.verified(op=last + timedelta(days=1)).stand.status is Status.VERLOPEN


def test_before_its_first_day_it_does_not_hold_yet(getekend: Getekend) -> None:
    document, op = getekend.bundel.document, getekend.op - timedelta(days=1)
    early = sign_together(document, getekend.sleutels, op=op)
    assert getekend.verified(early, op=op).stand.status is Status.VOORGESTELD
    assert getekend.verified(early).stand.status is Status.GELDIG


def test_without_one_of_those_it_requires_it_does_not_hold(getekend: Getekend) -> None:
    convenant = getekend.verified().convenant
    vereist = [partij.oin for partij in convenant.partijen if partij.vereist]
    assert vereist
    for oin in vereist:
        found = getekend.verified(getekend.without(oin))
        assert (found.stand.status, list(found.stand.ontbreekt)) == (Status.VOORGESTELD, [oin])
        assert nobody_takes_part(found.convenant, found.stand)


def nobody_takes_part(convenant: Convenant, stand: Stand) -> bool:
    return not in_werking(convenant, stand).partijen


def test_without_one_of_the_others_it_holds_among_the_rest(getekend: Getekend) -> None:
    convenant = getekend.verified().convenant
    others = [partij.oin for partij in convenant.partijen if not partij.vereist]
    for oin in (*others[:2], *others[-1:]):
        stand = getekend.verified(getekend.without(oin)).stand
        assert stand.status is Status.GELDIG
        assert {partij.oin for partij in stand.partijen} == set(getekend.sleutels) - {oin}
