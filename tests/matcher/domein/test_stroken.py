from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domein.stroken import AANTAL_STROKEN, stroken
from matcher.types import TokenHash

HASHES = st.lists(st.binary(min_size=32, max_size=32).map(TokenHash), max_size=50)


@settings(max_examples=50)
@given(hashes=HASHES)
def test_stripes_are_rising_distinct_and_bounded(hashes: list[TokenHash]) -> None:
    found = stroken(hashes)
    assert found == sorted(set(found))
    assert all(0 <= strook < AANTAL_STROKEN for strook in found)
    assert bool(found) == bool(hashes)


@settings(max_examples=50)
@given(hashes=HASHES.filter(bool), data=st.data())
def test_whoever_shares_a_token_shares_a_stripe(hashes: list[TokenHash], data: st.DataObject) -> None:
    shared = data.draw(st.sampled_from(hashes))
    assert set(stroken([shared])) <= set(stroken(hashes))


def test_every_stripe_is_used() -> None:
    hashes = [TokenHash(number.to_bytes(2) + bytes(30)) for number in range(2**16)]
    assert stroken(hashes) == list(range(AANTAL_STROKEN))
