"""Where the matcher may connect to on somebody's word: rules over URLs and IP addresses; no I/O.

Whoever registers a webhook chooses where our connections go. None may go to our own network or machine.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from convenant.types import Omgeving

IpAdres: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_URL: Final = 2000
_PRINTABLE: Final = re.compile(r"[!-~]+")
_HOST: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*", re.IGNORECASE)
_MAX_HOST: Final = 253
_PORTS: Final = {"https": 443, "http": 80}
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class AdresFout(ValueError):
    """The matcher does not connect to this; the sentence says why, without quoting it."""


@dataclass(frozen=True, slots=True)
class Doel:
    """A URL, taken apart; `host` without the brackets around an IPv6 address."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """As it stands in the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str, omgeving: Omgeving) -> Doel:
    """Where a webhook is, when its URL and any IP address in it may be. Raises AdresFout."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AdresFout("De URL is niet te lezen.") from None
    if len(url) > MAX_URL or not _PRINTABLE.fullmatch(url) or "\\" in url:
        raise AdresFout(f"De URL mag hoogstens {MAX_URL} tekens hebben, en geen spaties of bijzondere tekens.")
    if parts.scheme not in _schemes(omgeving):
        raise AdresFout("De URL moet met https:// beginnen.")
    if "@" in parts.netloc or "#" in url:
        raise AdresFout("De URL mag geen naam, wachtwoord of # bevatten. Geef het token apart mee.")
    if port == 0:
        raise AdresFout("De poort in de URL kan niet.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Doel(parts.scheme, _host(parts.hostname or "", omgeving), port or _PORTS[parts.scheme], target)


def may_connect(ip: IpAdres, omgeving: Omgeving) -> bool:
    """Whether the address is one on the public internet; among invented persons this machine itself is fine as well."""
    inner = _inner(ip)
    if inner is not None:
        return may_connect(inner, omgeving)
    if ip.is_loopback:
        return omgeving is Omgeving.PROEF
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local
    return ip.is_global and not special and (isinstance(ip, ipaddress.IPv4Address) or ip in _GLOBAL_V6)


def _schemes(omgeving: Omgeving) -> tuple[str, ...]:
    return ("https", "http") if omgeving is Omgeving.PROEF else ("https",)


def _host(host: str, omgeving: Omgeving) -> str:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        if len(host) > _MAX_HOST or not _HOST.fullmatch(host):
            raise AdresFout("De naam van de server in de URL klopt niet.") from None
        return host
    if not may_connect(ip, omgeving):
        raise AdresFout("De URL wijst niet naar een server op het openbare internet.")
    return host


def _inner(ip: IpAdres) -> ipaddress.IPv4Address | None:
    """The IPv4 address that is meant by one of the IPv6 forms that carry one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour
