"""The reach of a rule is what `beslis` grants under that rule alone, asked in every way."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from convenant._bereik import bereik_of
from convenant.beleid import Vraag, beslis
from convenant.laden import convenant_from_document, parse_convenant
from convenant.model import Convenant, Deelregel
from convenant.types import Oin
from convenant.voorbeelden import example_text
from tests.convenant.conftest import document_with_afspraken

NHN = parse_convenant(example_text("noord-holland-noord"), bron="voorbeeld")
KLEIN = convenant_from_document(document_with_afspraken(), bron="test")


def _submits(convenant: Convenant, oin: Oin) -> frozenset[str]:
    return frozenset(s.code for s in convenant.signaalsoorten if convenant.may_submit(oin, s.code))


def _told(convenant: Convenant, regel: Deelregel) -> Iterator[tuple[Oin, Oin]]:
    """Yield who is told something about whom when everybody has submitted all that it may."""
    alone = replace(convenant, deelregels=(regel,))
    submits = {partij.oin: _submits(convenant, partij.oin) for partij in convenant.partijen}
    for (ontvanger, eigen), (over, soorten) in product(submits.items(), repeat=2):
        for soort in soorten:
            vraag = Vraag(
                gebeurtenis=min(regel.gebeurtenissen),
                niveau=min(regel.niveaus),
                ontvanger=ontvanger,
                over=over,
                signaalsoort=soort,
                eigen_signaalsoorten=eigen,
                op=convenant.geldig_van,
            )
            if beslis(alone, vraag).toegestaan:
                yield ontvanger, over


@pytest.mark.parametrize("convenant", [NHN, KLEIN], ids=["noord-holland-noord", "small"])
def test_the_reach_of_each_rule_is_what_it_grants(convenant: Convenant) -> None:
    for bereik in bereik_of(convenant):
        told = set(_told(convenant, bereik.regel))
        assert bereik.hoort == {ontvanger for ontvanger, _ in told}
        assert bereik.gehoord == {over for _, over in told}


def test_a_rule_on_what_nobody_may_submit_reaches_nobody() -> None:
    regel = replace(KLEIN.deelregels[0], signaalsoorten=frozenset({"onbekend"}))
    (bereik,) = bereik_of(replace(KLEIN, deelregels=(regel,)))
    assert bereik.hoort == bereik.gehoord == frozenset()
