"""Server-sent events, as the HTML standard writes them down."""

from starlette.responses import StreamingResponse

MEDIATYPE = "text/event-stream"


class Stroomantwoord(StreamingResponse):
    """An answer that goes on, passed on at once by whatever stands in between."""

    media_type = MEDIATYPE

    def init_headers(self, headers: object = None) -> None:
        """No proxy in front of us may keep events until it has a page full of them."""
        super().init_headers({"x-accel-buffering": "no"})


def event(*, id_: str, soort: str, data: str) -> bytes:
    """One event. None of the three may hold a line end; JSON holds none."""
    return f"id: {id_}\nevent: {soort}\ndata: {data}\n\n".encode()


def comment(text: str) -> bytes:
    """A line that receivers skip; it keeps the connection alive."""
    return f": {text}\n\n".encode()
