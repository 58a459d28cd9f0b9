"""Which address a name stands for, and whether it may be asked.

The address that was checked is the one that is connected to, so that a name which answers
differently the second time (DNS rebinding) gains nothing (OWASP, Server-Side Request Forgery
Prevention).
"""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread

from summitry.fetch._values import Network, Trouble, failed

__all__ = ["addresses", "public"]

Address = IPv4Address | IPv6Address
Found = list[str] | OSError | UnicodeError

_SITE_LOCAL = ip_network("fec0::/10")
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_MOST = 4
"""Addresses of one name that are tried."""


def addresses(host: str, port: int, allowed: tuple[Network, ...], patience: float) -> list[str]:
    """The addresses of a host that may be asked, in the order of the resolver.

    Raises:
        Failed: There are none.
    """
    found = _resolved(host, port, patience)
    good = [a for a in found if _allowed(ip_address(a.partition("%")[0]), allowed)]
    if not good:
        raise failed(
            Trouble.ADDRESS,
            f"{host} is not on the public internet ({found[0]}); --allow NETWORK lets it be asked",
        )
    return good[:_MOST]


def public(address: Address) -> bool:
    """Whether an address is one of the public internet.

    Not so are private, loopback, link-local, multicast, reserved and documentation addresses
    (IANA special-purpose registries), nor IPv6 addresses that lead to such an IPv4 one.

    >>> [public(ip_address(a)) for a in ("93.184.216.34", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False]
    """
    special = not address.is_global or address.is_multicast or address.is_reserved
    # 64:ff9b::/96 counts as reserved, and is as good as the address inside it.
    if special and not (isinstance(address, IPv6Address) and address in _NAT64[0]):
        return False
    if isinstance(address, IPv6Address):
        return address not in _SITE_LOCAL and all(public(a) for a in _inside(address))
    return True


def _inside(address: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses to which an IPv6 one leads: mapped, 6to4, Teredo, NAT64."""
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in _NAT64):
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _allowed(address: Address, allowed: tuple[Network, ...]) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    plain = mapped or address
    return any(plain in network for network in allowed) or public(address)


def _resolved(host: str, port: int, patience: float) -> list[str]:
    """What the resolver says, which is given so many seconds and has no limit of its own."""
    answer: SimpleQueue[Found] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(place[0]) for *_, place in found)))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=patience)
    except Empty:
        raise failed(Trouble.TIMEOUT, f"no address for {host} in {patience:g} s") from None
    if isinstance(found, Exception) or not found:
        raise failed(Trouble.CONNECTION, f"no address for {host}")
    return found
