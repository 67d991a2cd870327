"""Server-sent events, whatever the chunks in which they come."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_sdk.client.sse import MAX_EVENT_BYTES, Stroomgebeurtenis, Stroomlezer
from client_sdk.errors import OngeldigAntwoord

STREAM = (
    b"\xef\xbb\xbf: hartslag\r\n\r\n"
    b'id: 0000000001\nevent: nl.koppelradar.match-ontstaan\ndata: {"a":"\xc3\xab"}\n\n'
    b"id:0000000002\revent:x\rdata:een\rdata: twee\r\r"
    b"data\r\n\r\n"
    b"event: zonder data\n\n"
    b"retry: 5\nid: 9\ndata:  spatie\n\nid: onaf\ndata: x\n"
)
EVENTS = [
    Stroomgebeurtenis(id="0000000001", event="nl.koppelradar.match-ontstaan", data='{"a":"ë"}'.encode()),
    Stroomgebeurtenis(id="0000000002", event="x", data=b"een\ntwee"),
    Stroomgebeurtenis(id="", event="message", data=b""),
    Stroomgebeurtenis(id="9", event="message", data=b" spatie"),
]


def read(chunks: list[bytes]) -> list[Stroomgebeurtenis]:
    lezer = Stroomlezer()
    return [event for chunk in chunks for event in lezer.feed(chunk)]


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_the_places_of_the_cuts_do_not_matter(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]

    assert read([STREAM[a:b] for a, b in pairwise(edges)]) == EVENTS


def test_byte_by_byte_as_well() -> None:
    assert read([STREAM[n : n + 1] for n in range(len(STREAM))]) == EVENTS


@pytest.mark.parametrize("endless", [b"data: " + b"x" * MAX_EVENT_BYTES, b"data: x\n" * MAX_EVENT_BYTES])
def test_an_event_without_an_end_is_refused(endless: bytes) -> None:
    with pytest.raises(OngeldigAntwoord, match="te groot"):
        read([endless])


def test_an_id_that_is_no_text_is_refused() -> None:
    with pytest.raises(OngeldigAntwoord):
        read([b"id: \xff\ndata: x\n\n"])


def test_a_repr_shows_no_data() -> None:
    assert "geheim" not in repr(Stroomgebeurtenis(id="1", event="x", data=b"geheim"))
