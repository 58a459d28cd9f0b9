"""Which carriers of news do other outlets credit, and under which names?"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from summitry.gazetteer._table import records

__all__ = ["agencies"]


@cache
def agencies() -> Mapping[str, str]:
    """The settled name of each news agency or much quoted outlet, by every name in lower case.

    >>> agencies()["agence france-presse"]
    'AFP'
    """
    names = {
        alias.casefold(): record["name"]
        for record in records("agencies.csv")
        for alias in (record["name"], *filter(None, record["aliases"].split(";")))
    }
    return MappingProxyType(names)
