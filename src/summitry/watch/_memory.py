"""What of the memory that reading took does the system get back?"""

from ctypes import CDLL
from sys import platform

__all__ = ["give_back"]

_C = CDLL(None) if platform == "linux" else None


def give_back() -> bool:
    """Hand pages that are free back to the system.

    glibc keeps a free page that lies below one in use, and a process that reads for days gathers
    many of them (``tools/watch_memory.py``).

    Returns:
        Whether there were any; False where the C library is another one.
    """
    trim = getattr(_C, "malloc_trim", None)
    return bool(trim(0)) if trim else False
