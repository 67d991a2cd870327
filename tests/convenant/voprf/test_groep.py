"""The group: what is taken for an element or a scalar, and the arithmetic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenant.errors import OngeldigPunt
from convenant.voprf import groep
from convenant.voprf.groep import Punt, Puntcodering, Scalar

# RFC 9496, section 4.
_ORDER = 2**252 + 27742317777372353535851937790883648493
_GENERATOR = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"
_TWICE_GENERATOR = "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919"

_NOT_AN_ELEMENT = {
    "identity": "00" * 32,
    "empty": "",
    "31-bytes": _GENERATOR[:-2],
    "33-bytes": _GENERATOR + "00",
    "generator-with-high-bit": _GENERATOR[:-2] + "f6",
    # RFC 9496, appendix A.2
    "field-element-not-reduced-p": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "field-element-not-reduced-p+6": "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "field-element-all-ones": "ff" * 32,
    "negative-1": "01" + "00" * 31,
    "negative-2": "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
    "negative-3": "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
    "no-square-root": "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "s-is-minus-1": "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

_scalars = st.integers(1, _ORDER - 1)


def _scalar(getal: int) -> Scalar:
    return groep.parse_scalar(getal.to_bytes(32, "little"))


def _times_generator(getal: int) -> Punt:
    return groep.multiply_base(_scalar(getal))


def test_knows_the_generator_and_its_double() -> None:
    assert _times_generator(1).hex() == _GENERATOR
    assert groep.add(_times_generator(1), _times_generator(1)).hex() == _TWICE_GENERATOR


@pytest.mark.parametrize("codering", _NOT_AN_ELEMENT.values(), ids=_NOT_AN_ELEMENT.keys())
def test_refuses_what_is_no_canonical_encoding_of_an_element(codering: str) -> None:
    with pytest.raises(OngeldigPunt) as fout:
        groep.parse_punt(bytes.fromhex(codering))
    assert fout.value.positie is None


@pytest.mark.parametrize("codering", _NOT_AN_ELEMENT.values(), ids=_NOT_AN_ELEMENT.keys())
def test_multiplying_on_the_way_in_refuses_the_same_with_its_position(codering: str) -> None:
    row = [Puntcodering(bytes.fromhex(text)) for text in (_GENERATOR, codering, _GENERATOR)]
    with pytest.raises(OngeldigPunt) as fout:
        groep.parse_and_multiply([_scalar(7)] * 3, row)
    assert fout.value.positie == 1


@settings(max_examples=50)
@given(
    codering=st.binary(min_size=30, max_size=33) | _scalars.map(lambda s: bytes(_times_generator(s))), getal=_scalars
)
def test_multiplying_on_the_way_in_is_parsing_and_multiplying(codering: bytes, getal: int) -> None:
    try:
        expected = [groep.multiply(_scalar(getal), groep.parse_punt(codering))]
    except OngeldigPunt:
        with pytest.raises(OngeldigPunt):
            groep.parse_and_multiply([_scalar(getal)], [Puntcodering(codering)])
    else:
        assert groep.parse_and_multiply([_scalar(getal)], [Puntcodering(codering)]) == expected


def test_a_form_that_cannot_be_an_element_is_refused_with_its_position() -> None:
    good = bytes.fromhex(_GENERATOR)
    groep.check_vormen([good, bytes(32)])
    for bad in (b"", good[:-1], good + b"\x00", bytes(2**16), b"\xff" * 32):
        with pytest.raises(OngeldigPunt) as fout:
            groep.check_vormen([good, bad])
        assert fout.value.positie == 1


def test_names_the_position_of_the_first_bad_element_and_not_its_bytes() -> None:
    good = bytes.fromhex(_GENERATOR)
    with pytest.raises(OngeldigPunt, match="plaats 3") as fout:
        groep.parse_punten([good, good, b"\xff" * 32, bytes(32)])
    assert fout.value.positie == 2
    assert "ff" * 8 not in str(fout.value)


@settings(max_examples=50)
@given(codering=st.binary(min_size=32, max_size=32))
def test_random_bytes_are_refused_or_stay_as_they_are(codering: bytes) -> None:
    try:
        assert groep.parse_punt(codering) == codering
    except OngeldigPunt:
        return
    assert groep.multiply(_scalar(1), Punt(Puntcodering(codering))) == codering


@pytest.mark.parametrize(
    "codering",
    [
        b"",
        bytes(31),
        bytes(32),
        _ORDER.to_bytes(32, "little"),
        (_ORDER + 1).to_bytes(32, "little"),
        b"\xff" * 32,
        bytes(33),
    ],
    ids=["empty", "31-bytes", "zero", "order", "order+1", "all-ones", "33-bytes"],
)
def test_refuses_what_is_no_reduced_scalar_from_one(codering: bytes) -> None:
    with pytest.raises(ValueError, match="scalar"):
        groep.parse_scalar(codering)


def test_accepts_the_largest_scalar() -> None:
    assert _scalar(_ORDER - 1) == (_ORDER - 1).to_bytes(32, "little")


def test_random_scalars_are_scalars_and_differ() -> None:
    scalars = [groep.random_scalar() for _ in range(20)]
    assert len({groep.parse_scalar(scalar) for scalar in scalars}) == 20


def test_opposite_elements_have_no_sum() -> None:
    with pytest.raises(OngeldigPunt):
        groep.add(_times_generator(5), _times_generator(_ORDER - 5))


@pytest.mark.parametrize("punt", [bytes(32), b"\xff" * 32], ids=["identity", "not-canonical"])
def test_arithmetic_refuses_also_what_was_never_parsed(punt: bytes) -> None:
    smuggled = Punt(Puntcodering(punt))
    with pytest.raises(OngeldigPunt):
        groep.multiply(_scalar(2), smuggled)
    if punt != bytes(32):
        with pytest.raises(OngeldigPunt):
            groep.add(_times_generator(1), smuggled)


def test_multiplying_by_zero_is_refused() -> None:
    zero = Scalar(bytes(32))
    with pytest.raises(OngeldigPunt):
        groep.multiply(zero, _times_generator(1))
    with pytest.raises(OngeldigPunt):
        groep.multiply_base(zero)


@settings(max_examples=20)
@given(paren=st.lists(st.tuples(_scalars, _scalars), min_size=1, max_size=5))
def test_weighted_sum_is_the_sum_of_products(paren: list[tuple[int, int]]) -> None:
    total = sum(gewicht * getal for gewicht, getal in paren) % _ORDER
    som = groep.weighted_sum(
        [_scalar(gewicht) for gewicht, _ in paren], [_times_generator(getal) for _, getal in paren]
    )
    assert som == _times_generator(total)


@settings(max_examples=20)
@given(getallen=st.lists(_scalars, min_size=1, max_size=6))
def test_inverts_every_scalar_of_a_batch(getallen: list[int]) -> None:
    inversen = groep.invert_scalars([_scalar(getal) for getal in getallen])
    assert [int.from_bytes(inverse, "little") for inverse in inversen] == [pow(x, -1, _ORDER) for x in getallen]


def test_refuses_to_invert_zero() -> None:
    with pytest.raises(ValueError, match="zero"):
        groep.invert_scalars([_scalar(3), Scalar(bytes(32)), _scalar(4)])


@settings(max_examples=20)
@given(links=_scalars, rechts=_scalars)
def test_scalar_arithmetic_is_modulo_the_order(links: int, rechts: int) -> None:
    product = groep.multiply_scalars(_scalar(links), _scalar(rechts))
    difference = groep.subtract_scalars(_scalar(links), _scalar(rechts))
    assert int.from_bytes(product, "little") == links * rechts % _ORDER
    assert int.from_bytes(difference, "little") == (links - rechts) % _ORDER


@settings(max_examples=30)
@given(bericht=st.binary(max_size=300))
def test_hashes_to_an_element_and_to_a_reduced_scalar(bericht: bytes) -> None:
    punt = groep.hash_to_group(bericht)
    assert groep.parse_punt(punt) == punt
    scalar = groep.hash_to_scalar(bericht)
    assert (
        int.from_bytes(scalar, "little")
        == int.from_bytes(groep._expand(bericht, b"HashToScalar-OPRFV1-\x01-ristretto255-SHA512"), "little") % _ORDER
    )


def test_other_domains_give_other_scalars() -> None:
    assert groep.hash_to_scalar(b"x", b"een") != groep.hash_to_scalar(b"x", b"twee")
