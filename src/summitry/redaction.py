"""Words to the user and to logs without what nobody else may know.

Two things are taken out: what is a secret by its place (the password of an address, a token in a
query, the credentials of a header), and what is known to be one, wherever it stands.
"""

import os
import re

__all__ = ["HIDDEN", "SECRETS", "redacted"]

HIDDEN = "***"
SECRETS = (
    *("SUMMITRY_TOKEN", "SUMMITRY_EDIT_TOKEN", "SUMMITRY_SMTP_PASSWORD"),
    *("SUMMITRY_PLANNER_PASSWORD", "SUMMITRY_PUSH_KEY", "SUMMITRY_WEBHOOK_SECRET"),
)
"""Variables of the environment that hold secrets."""
_SHORTEST = 6
"""Letters of a secret that are looked for everywhere: shorter ones are parts of plain words."""
_USER = re.compile(r"(?P<user>:/{1,2}[^\s/@:?#]{0,200}):[^\s/@]{1,500}(?=@)")
_NAMED = re.compile(
    r"(?P<name>\b(?:access_?token|api_?key|auth|key|pass(?:word|wd)?|pwd|secret|sig(?:nature)?"
    r"|token)=)[^\s&#\"']{1,500}",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?P<sort>\b(?:basic|bearer)\s+)[\w.~+/=-]{6,2000}", re.IGNORECASE)


def redacted(text: str) -> str:
    """A text with secrets as three asterisks.

    >>> redacted("postgresql://ed:hunter2@base/diary is down")
    'postgresql://ed:***@base/diary is down'
    >>> redacted("GET /feed?token=abc&n=1 with Authorization: Bearer abcdefgh")
    'GET /feed?token=***&n=1 with Authorization: Bearer ***'
    """
    for name in SECRETS:
        secret = os.environ.get(name, "")
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, HIDDEN)
    text = _USER.sub(rf"\g<user>:{HIDDEN}", text)
    text = _NAMED.sub(rf"\g<name>{HIDDEN}", text)
    return _HEADER.sub(rf"\g<sort>{HIDDEN}", text)
