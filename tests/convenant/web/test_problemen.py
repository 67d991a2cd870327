import pytest

from convenant.web.problemen import pointer


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (("body",), ""),
        (("body", "signalen", 3, "epoche"), "/signalen/3/epoche"),
        (("body", "a/b~c"), "/a~1b~0c"),
        (("query", "limiet"), "limiet"),
        (("header", "Idempotency-Key"), "Idempotency-Key"),
    ],
)
def test_a_pointer_is_that_of_rfc_6901(location: tuple[str | int, ...], expected: str) -> None:
    assert pointer(location) == expected
