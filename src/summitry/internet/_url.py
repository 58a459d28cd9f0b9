"""An address of the web in its parts."""

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from summitry.internet._values import Trouble, failed

__all__ = ["Url", "host", "parsed"]

_LONGEST = 4096


def parsed(text: str) -> Url:
    """An address in its parts, without its fragment.

    Raises:
        Failed: It is none of the web, or names a user.
    """
    shown = repr(text[:120])
    try:
        url = parse_url(text) if len(text) <= _LONGEST else Url()
    except (LocationParseError, ValueError) as error:
        raise failed(Trouble.ADDRESS, f"{shown} is no address") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise failed(Trouble.ADDRESS, f"{shown} is no http or https address")
    if url.auth is not None:
        raise failed(Trouble.ADDRESS, f"{url.host}: an address with a name or password in it")
    return url._replace(fragment=None)


def host(url: str) -> str:
    """The host of an address, by which requests are kept apart; empty where there is none."""
    try:
        return parse_url(url).host or ""
    except LocationParseError:
        return ""
