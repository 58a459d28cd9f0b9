"""Is an address one of the public internet? What is fetched and what is sent both ask here."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_network

__all__ = ["Address", "public"]

Address = IPv4Address | IPv6Address

_SITE_LOCAL = ip_network("fec0::/10")
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


def public(address: Address) -> bool:
    """Whether an address is one of the public internet.

    Not so are private, loopback, link-local, multicast, reserved and documentation addresses
    (IANA special-purpose registries), nor IPv6 addresses that lead to such an IPv4 one.

    >>> from ipaddress import ip_address
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
