"""Which address a name stands for, and whether it may be asked.

The address that was checked is the one that is connected to, so that a name which answers
differently the second time (DNS rebinding) gains nothing (OWASP, Server-Side Request Forgery
Prevention).
"""

import socket
from ipaddress import IPv6Address, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from summitry.internet._public import Address, public
from summitry.internet._values import Network, Trouble, failed

__all__ = ["addresses"]

Found = list[str] | OSError | UnicodeError

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
