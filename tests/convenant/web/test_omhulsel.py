"""The envelope around a service, without a service in it."""

from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from convenant.web.omhulsel import Grenzen, Omhulsel

GRENZEN = Grenzen(versie="1.0.0", max_body_bytes=100, te_groot="Stuur minder.")


async def test_an_error_outside_the_frameworks_handlers_is_still_a_problem_document() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("geheim")

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    with capture_logs() as logs:
        await Omhulsel(broken, GRENZEN)({"type": "http", "method": "GET", "path": "/", "headers": []}, receive, send)
    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 500
    assert headers[b"content-type"] == b"application/problem+json"
    assert headers[b"api-version"] == b"1.0.0"
    assert "geheim" not in str(sent) + str(logs)
