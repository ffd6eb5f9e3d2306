"""Which hosts and which network addresses may be fetched from."""

import ipaddress
import re
import socket
import textwrap
from collections.abc import Callable, Iterable, Sequence

import httpx

from ingestion.errors import RefusedError, SourceError

_LONGEST_SHOWN = 200
_LAST_PORT = 65535
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
"""A name or an address, IPv6's without brackets."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host; raises OSError where it has none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out to hosts."""
_PUBLIC_METADATA = frozenset(
    map(ipaddress.ip_address, ("168.63.129.16", "192.0.0.192"))  # Azure's and Oracle's
)
"""Addresses that look public, and tell a cloud machine its own secrets."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that this machine's resolver knows for `host`.

    Raises:
        OSError: It knows none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


class AddressPolicy:
    """Allows public addresses, and those in `networks`."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        """Read the networks, such as `10.1.0.0/16` or `127.0.0.1`.

        Raises:
            SourceError: One of them is no network.
        """
        try:
            self._networks = [ipaddress.ip_network(network) for network in networks]
        except ValueError as error:
            raise SourceError(f"CANDOR_ALLOWED_NETWORKS can't be used: {error}") from error

    def check(self, host: str, addresses: Iterable[str]) -> None:
        """Refuse `host` if a single one of its addresses isn't allowed.

        Raises:
            RefusedError: The host has an address in a private network.
        """
        for address in addresses:
            if not self._allows(ipaddress.ip_address(address)):
                raise RefusedError(
                    f"{host} has the address {address}, which is not public; "
                    "if it may be read, name it in CANDOR_ALLOWED_NETWORKS"
                )

    def _allows(self, address: Address) -> bool:
        meant = _meant(address)
        if any(one in network for network in self._networks for one in (address, *meant)):
            return True
        return all(map(_is_public, meant))


def _meant(address: Address) -> tuple[Address, ...]:
    """Return what is reached through `address`: it, and an IPv4 address that it carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address, address.sixtofour) if address.sixtofour else (address,)


def _is_public(address: Address) -> bool:
    if address.version == 6 and address not in _UNICAST:  # noqa: PLR2004 — IPv6
        return False
    return address.is_global and not address.is_multicast and address not in _PUBLIC_METADATA


def parse_address(url: str) -> httpx.URL:
    """Return the parts of a web address.

    Raises:
        RefusedError: It is none, or it holds a user name or password.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(f"{shown(url)} is no web address") from error
    if parsed.scheme not in {"http", "https"} or not _HOST.fullmatch(parsed.raw_host):
        raise RefusedError(f"{shown(url)} is no http or https address")
    if not 0 < port_of(parsed) <= _LAST_PORT:
        raise RefusedError(f"{shown(url)} is no web address: there is no such port")
    if parsed.userinfo:
        raise RefusedError(f"the address of {parsed.host} holds a user name or a password")
    return parsed.copy_with(fragment=None)


def shown(url: str) -> str:
    """Return an address as a message shows it: printable, short, and without passwords."""
    if "@" in url:
        return "an address with a password"
    told = "".join(char if char.isprintable() else "?" for char in url)
    return repr(textwrap.shorten(told, _LONGEST_SHOWN, placeholder="…"))


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port: `https://docs.example:443`."""
    return f"{url.scheme}://{url.raw_host.decode('ascii')}:{port_of(url)}"


def origins(address: httpx.URL, hosts: Iterable[str] = ()) -> frozenset[str]:
    """Return where the pages of the website at `address` may lie: its host, and `hosts`.

    Where its own address is encrypted, theirs must be too.

    Raises:
        RefusedError: One of `hosts` is none.
    """
    schemes = ("https",) if address.scheme == "https" else ("http", "https")
    usual = [address.copy_with(scheme=scheme, port=None) for scheme in schemes]
    named = [parse_address(f"{scheme}://{host}") for scheme in schemes for host in hosts]
    return frozenset(map(origin_of, [address, *usual, *named]))


def port_of(url: httpx.URL) -> int:
    """Return the port that is connected to."""
    return url.port or (443 if url.scheme == "https" else 80)
