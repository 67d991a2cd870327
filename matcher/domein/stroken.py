"""Lock stripes: how two submissions of one person are kept from missing each other (guarantee 4).

A lock per token would exhaust PostgreSQL's lock table as soon as batches come in; 1024 stripes, always taken in
rising order, cannot deadlock and never need more than 1024 entries.
"""

from collections.abc import Iterable

from matcher.types import TokenHash

AANTAL_STROKEN = 1024


def stroken(hashes: Iterable[TokenHash]) -> list[int]:
    """The stripes of these token hashes, each once, in the order in which they must be locked."""
    return sorted({int.from_bytes(token_hash[:2]) % AANTAL_STROKEN for token_hash in hashes})
