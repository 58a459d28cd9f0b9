"""May we speak to this address?"""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from summitry.errors import SendError
from summitry.internet import public

__all__ = ["Target", "target"]

Target = tuple[str, str, int, str, str]
"""Scheme, host, port, path with query, and the address to connect to."""


def target(url: str, private: bool) -> Target:
    """Where a URL leads, its name resolved once, so that the address checked is the one used.

    Raises:
        SendError: It is no http or https URL, its name is unknown, or one of its addresses is
            not public and ``private`` does not allow that.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SendError(url, "no such URL") from error
    if parts.scheme not in {"http", "https"} or not host or not url.isascii():
        raise SendError(url, "an http or https URL is wanted")
    if parts.username or parts.password or not url.isprintable() or " " in url:
        raise SendError(url, "a URL without user, password and spaces is wanted")
    port = port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SendError(url, f"{host} has no address") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private and not all(
        public(ip_address(address.partition("%")[0])) for address in addresses
    ):
        raise SendError(url, f"{host} is not a public address; --allow-private lets it")
    path = parts.path or "/"
    return parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path, addresses[0]
