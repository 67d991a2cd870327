"""How requests and responses cross to httpx and back."""

from typing import Any, Final

import httpx

from client_sdk.client.transport import ConnectionFailed, Request, Response

_CONNECT_TIMEOUT: Final = 5.0
_WRITE_TIMEOUT: Final = 30.0


def client_settings(url: str) -> dict[str, Any]:
    """Return the settings that the blocking and the asynchronous httpx client share.

    No redirects: an answer must not be able to send credentials and tokens elsewhere.
    """
    return {"base_url": url, "follow_redirects": False, "headers": {"Accept": "application/json"}}


def to_httpx(client: httpx.Client | httpx.AsyncClient, request: Request) -> httpx.Request:
    """Return the request in the form of httpx, for this client's base URL."""
    return client.build_request(
        request.method,
        request.path,
        params=dict(request.query) or None,
        headers=dict(request.headers),
        content=request.content,
        timeout=httpx.Timeout(request.read_timeout, connect=_CONNECT_TIMEOUT, write=_WRITE_TIMEOUT),
    )


def to_response(response: httpx.Response) -> Response:
    """Return an httpx response that has been read to its end."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Response(status=response.status_code, headers=headers, content=response.content)


def failed(error: httpx.RequestError) -> ConnectionFailed:
    """Return the failure without the request that httpx hangs on its errors: that one holds credentials."""
    return ConnectionFailed(type(error)(str(error)))
