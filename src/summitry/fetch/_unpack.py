"""What a packed body holds, and never more of it than was agreed."""

import zlib

from summitry.internet import Trouble, failed

__all__ = ["ACCEPTED", "unpacked"]

ACCEPTED = "gzip, deflate"

_GZIP = 16 + zlib.MAX_WBITS


def unpacked(body: bytes, coding: str, most: int) -> bytes:
    """The plain bytes of a body.

    Args:
        body: As it was sent.
        coding: The Content-Encoding, as the server wrote it.
        most: Bytes that it may hold.

    Raises:
        Failed: It holds more, ends in the middle, or is not packed so.

    >>> import gzip
    >>> unpacked(gzip.compress(b"talks"), "gzip", 5)
    b'talks'
    """
    packings = [
        word for c in coding.lower().split(",") if (word := c.strip()) not in ("identity", "")
    ]
    if len(packings) > 1:
        raise failed(Trouble.ENCODING, f"packed {len(packings)} times: {coding[:60]!r}")
    for packing in packings:
        if packing in ("gzip", "x-gzip"):
            return _inflated(body, _GZIP, most)
        if packing == "deflate":
            # Half of all servers leave out the two bytes of zlib (RFC 9110, 8.4.1.2).
            wrapped = len(body) > 1 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
            return _inflated(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, most)
        raise failed(Trouble.ENCODING, f"packed as {packing[:40]!r}, which was not asked for")
    return body


def _inflated(body: bytes, window: int, most: int) -> bytes:
    """The members of a deflated stream, one after the other."""
    whole = b""
    rest = body
    try:
        while rest:
            member = zlib.decompressobj(window)
            whole += member.decompress(rest, most + 1 - len(whole))
            if len(whole) > most:
                raise failed(Trouble.SIZE, f"unpacks to more than {most >> 20} MiB")
            if not member.eof:
                raise failed(Trouble.TRUNCATED, "ends in the middle of what is packed")
            rest = member.unused_data if window == _GZIP else b""
            if rest and not rest.startswith(b"\x1f\x8b"):
                break  # padding behind the last member
    except zlib.error as error:
        raise failed(Trouble.ENCODING, f"not packed as it says ({error})") from error
    return whole
