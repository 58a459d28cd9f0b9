"""The one way to other people's servers: what is fetched and what is sent both go through it.

An address is checked after its name is resolved, and the connection goes to the address that was
checked: so a name which answers differently the second time (DNS rebinding) gains nothing, and
nobody is spoken to who is not on the public internet, unless a network was allowed. Redirects are
never followed here. Every request ends within its seconds and its bytes. Proxies of the
environment are not used: they would be asked instead.
"""

from summitry.internet._public import Address, public
from summitry.internet._url import Url, host, parsed
from summitry.internet._values import (
    Answer,
    Failed,
    Failure,
    Limits,
    Network,
    Trouble,
    failed,
)
from summitry.internet._wire import Deadline, Wire

__all__ = [
    "Address",
    "Answer",
    "Deadline",
    "Failed",
    "Failure",
    "Limits",
    "Network",
    "Trouble",
    "Url",
    "Wire",
    "failed",
    "host",
    "parsed",
    "public",
]
