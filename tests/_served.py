"""A ledger worth reviewing, and a browser's manners, for tests of the page."""

import re
from html import unescape

from _tales import OUTLET, PESKOV, PUTIN, Teller, day
from fastapi.testclient import TestClient

import summitry
from summitry.model import Kind, Party, Reading, Status
from summitry.web import Access, Writers, app

TOKEN = "a token of some length"
AS_OF = "2024-02-01"
DESK = Access(writers=Writers.TOKEN, editors=TOKEN)
EVIL = "<script>alert('x')</script>"


def told() -> list[Reading]:
    """Possible twins, a contradiction, a thin join, and two engagements that are plain."""
    tell = Teller()
    serbia = Party(f"Aleksandar {EVIL} Vucic", "RS")
    norway, sweden = Party("Jonas Gahr Store", "NO"), Party("Ulf Kristersson", "SE")
    third, told_of = day("2024-03-03"), (PUTIN, serbia)
    wire = f"Wire {EVIL}"
    return [
        tell("2024-01-20", when=day("2024-02-12"), text=f"One {EVIL} visit.", outlet=wire),
        tell("2024-01-21", when=day("2024-02-22"), text="Another visit, says a second wire."),
        tell("2024-01-22", (Status.ANNOUNCED, OUTLET), when=third, parties=told_of),
        tell("2024-01-23", (Status.DENIED, PESKOV), when=third, parties=told_of),
        tell("2024-01-24", parties=(norway, serbia), place=None),
        tell("2024-01-28", parties=(norway, serbia), place=None, kind=Kind.SUMMIT),
        tell("2024-01-25", when=day("2024-03-20"), parties=(norway, PUTIN), place=None),
        tell("2024-01-26", when=day("2024-03-25"), parties=(norway, sweden), place=None),
    ]


def filled(path: str) -> str:
    """The ledger of these, at a path."""
    with summitry.open_ledger(path) as ledger:
        summitry.update(ledger, told(), summitry.instant("2024-02-02"))
    return path


def client(where: str, access: Access = DESK) -> TestClient:
    """Somebody on this machine."""
    return TestClient(
        app(where, access), follow_redirects=False, base_url="http://localhost",
        client=("127.0.0.1", 50000),
    )  # fmt: skip


def signed_in(where: str, name: str = "Ada") -> TestClient:
    visitor = client(where)
    answer = visitor.post("/login", data={"name": name, "token": TOKEN})
    assert answer.status_code == 303
    return visitor


def forms(page: str) -> list[dict[str, str]]:
    """The hidden fields of each form of a page, with where it leads as ``action``."""
    found = []
    for action, inner in re.findall(
        r'<form method="post" action="([^"]*)"[^>]*>(.*?)</form>', page, re.S
    ):
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', inner)
        found.append({"action": action, **{n: unescape(v) for n, v in fields}})
    return found


def form(visitor: TestClient, sort: str, action: str = "/review/judge") -> dict[str, str]:
    """The form of the first item of a sort."""
    page = visitor.get(f"/review?as_of={AS_OF}&only={sort}")
    assert page.status_code == 200
    return next(f for f in forms(page.text) if f["action"] == action)


def send(visitor: TestClient, fields: dict[str, str], **more: str) -> str:
    """Send a form; returns the page that follows."""
    data = {k: v for k, v in {**fields, **more}.items() if k != "action"}
    answer = visitor.post(fields["action"], data=data)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["location"]).text
