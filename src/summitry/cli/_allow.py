"""Which networks may be spoken to although they are not on the public internet?"""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from summitry.internet import Network

__all__ = ["ALLOW"]


class _Net(click.ParamType[Any]):
    """A network in CIDR notation, or one address."""

    name = "network"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Network:
        try:
            return ip_network(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


ALLOW = click.option(
    "--allow", type=_Net(), multiple=True, help="A network that is not public: 10.1.0.0/16."
)
