import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenant.types import Omgeving
from matcher.uitgaand.adres import AdresFout, may_connect, parse_url

PRODUCTIE, PROEF = Omgeving.PRODUCTIE, Omgeving.PROEF


@pytest.mark.parametrize("address", ["8.8.8.8", "145.58.28.1", "2a00:d78::1", "2001:67c:6ec::1"])
def test_the_public_internet_may_be_reached(address: str) -> None:
    assert may_connect(ipaddress.ip_address(address), PRODUCTIE)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104 - nothing listens
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "100::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::10.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "4000::1",
    ],
)
def test_our_own_network_may_not(address: str) -> None:
    assert not may_connect(ipaddress.ip_address(address), PRODUCTIE)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_among_invented_persons_this_machine_may_be_reached(address: str) -> None:
    assert may_connect(ipaddress.ip_address(address), PROEF)
    assert not may_connect(ipaddress.ip_address("10.0.0.1"), PROEF)


@given(inner=st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_as_itself(inner: ipaddress.IPv4Address) -> None:
    for form in (f"::ffff:{inner}", f"64:ff9b::{inner}", f"2002:{inner.packed[:2].hex()}:{inner.packed[2:].hex()}::1"):
        assert may_connect(ipaddress.ip_address(form), PRODUCTIE) == may_connect(inner, PRODUCTIE)


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "authority"),
    [
        ("https://hook.example.nl/a/b?c=d", "hook.example.nl", 443, "/a/b?c=d", "hook.example.nl"),
        ("https://HOOK.example.nl", "hook.example.nl", 443, "/", "hook.example.nl"),
        ("https://hook.example.nl:8443?x", "hook.example.nl", 8443, "/?x", "hook.example.nl:8443"),
        ("https://[2a00:d78::1]:443/", "2a00:d78::1", 443, "/", "[2a00:d78::1]"),
    ],
)
def test_a_url_is_taken_apart(url: str, host: str, port: int, target: str, authority: str) -> None:
    doel = parse_url(url, PRODUCTIE)
    assert (doel.host, doel.port, doel.target, doel.authority) == (host, port, target, authority)


@pytest.mark.parametrize(
    "url",
    [
        "http://hook.example.nl/",
        "ftp://hook.example.nl/",
        "hook.example.nl",
        "https:///pad",
        "https://",
        "https://naam@hook.example.nl/",
        "https://naam:geheim@hook.example.nl/",
        "https://@hook.example.nl/",
        "https://hook.example.nl/#stuk",
        "https://hook.example.nl/#",
        "https://hook.example.nl:0/",
        "https://hook.example.nl:99999/",
        "https://hook.example.nl:x/",
        "https://hook example.nl/",
        "https://hook.example.nl/\r\nX: y",
        "https://hook.example.nl\\@127.0.0.1/",
        "https://höok.nl/",
        "https://hook..nl/",
        "https://hook.example.nl./",
        "https://-hook.nl/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[hook]/",
        "https://169.254.169.254/latest",
        "https://hook.example.nl/" + "a" * 2000,
    ],
)
def test_a_url_that_may_not_be_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(AdresFout) as caught:
        parse_url(url, PRODUCTIE)
    assert "hook" not in str(caught.value)


def test_among_invented_persons_http_to_this_machine_is_fine() -> None:
    assert parse_url("http://127.0.0.1:8000/x", PROEF).port == 8000
    with pytest.raises(AdresFout):
        parse_url("http://192.168.1.1/x", PROEF)


@given(url=st.text(max_size=60).map("https://{}".format))
def test_whatever_is_read_has_a_plain_host_and_target(url: str) -> None:
    try:
        doel = parse_url(url, PRODUCTIE)
    except AdresFout:
        return
    assert doel.target.isascii()
    assert doel.target.isprintable()
    assert " " not in doel.target + doel.authority
    assert not set(doel.host) & set("@/?#\\%")
