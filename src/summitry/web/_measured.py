"""How long do answers take, and which are they?"""

import time
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

__all__ = ["Told", "measured"]

Told = Callable[[str, int, float], None]
"""Takes a method, a status code and seconds of one answer."""


def measured(told: Told) -> Callable[..., Awaitable[Response]]:
    """A middleware that tells of each answer, of those that were refused too."""

    async def measure(
        request: Request, onward: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        start, code = time.perf_counter(), 500
        try:
            answer = await onward(request)
            code = answer.status_code
        finally:
            told(request.method, code, time.perf_counter() - start)
        return answer

    return measure
