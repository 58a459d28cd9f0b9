"""The page in a real browser: what is seen, pressed and typed, with scripts and without."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from _chromium import CHROMIUM
from _served import AS_OF, DESK, TOKEN, filled
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

import summitry
from summitry.judging import judgements
from summitry.web import app

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium: make browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page that the tests only read."""
    yield from served(filled(str(tmp_path_factory.mktemp("read") / "book.db")))


@pytest.fixture
def where(tmp_path: Path) -> str:
    return filled(str(tmp_path / "book.db"))


@pytest.fixture
def site(where: str) -> Iterator[str]:
    """A page of a ledger of its own."""
    yield from served(where)


def served(where: str) -> Iterator[str]:
    config = uvicorn.Config(app(where, DESK), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@contextmanager
def window(browser: Browser, **looks: Any) -> Iterator[BrowserContext]:
    """A browser of its own, in which no script may fail and nothing may be blocked or run."""
    context, faults = browser.new_context(**looks), list[str]()
    context.set_default_timeout(15_000)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    context.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    yield context
    context.close()
    assert not faults


def _is_fault(said: ConsoleMessage) -> bool:
    return said.type == "error" and "favicon.ico" not in said.location["url"]


@pytest.fixture
def page(browser: Browser) -> Iterator[BrowserContext]:
    with window(browser, viewport={"width": 1100, "height": 900}) as context:
        yield context


def visit(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


def sign_in(context: BrowserContext, site: str, name: str = "Ada") -> Page:
    page = visit(context, f"{site}/review?as_of={AS_OF}")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".item")
    page.wait_for_load_state()
    return page


def entered(where: str) -> list[tuple[str, str]]:
    with summitry.open_ledger(where) as book:
        return [(j.author, j.verdict.value) for j in judgements(book)]


def engagements(page: Page) -> set[str]:
    links = page.locator('main a[href*="/e/"]').all()
    return {str(link.get_attribute("href")).split("?")[0] for link in links}


# Reading


def test_the_agenda_and_its_filters(page: BrowserContext, reading: str) -> None:
    agenda = visit(page, f"{reading}/?as_of={AS_OF}")
    assert len(engagements(agenda)) == 6
    state = agenda.locator('input[name="state"]').first
    if not state.is_visible():
        agenda.locator("details:has(input[name=state]) > summary").first.click()
    state.fill("SE")
    state.press("Enter")
    agenda.wait_for_url("**state=SE**")
    assert len(engagements(agenda)) == 1


def test_an_engagement_opens_its_sentences(page: BrowserContext, reading: str) -> None:
    agenda = visit(page, f"{reading}/?as_of={AS_OF}")
    agenda.locator('main a[href*="/e/m001"]').first.click()
    agenda.wait_for_url("**/e/m001**")
    assert AS_OF in agenda.url, "the instant goes along"
    closed = agenda.locator("details:not([open]) > summary").first
    if closed.count():
        closed.click()
    assert agenda.locator("mark").first.is_visible()


def test_the_slider_goes_back_by_a_day_with_reports(page: BrowserContext, reading: str) -> None:
    shown = visit(page, f"{reading}/e/m003?as_of={AS_OF}")
    slider = shown.locator("#step")
    last = int(slider.get_attribute("max") or 0)
    assert last > 1
    slider.press("ArrowLeft")
    slider.press("Enter")
    shown.wait_for_url(lambda url: "as_of=" in url and AS_OF not in url)
    assert shown.locator("#step").get_attribute("value") == str(last - 1)


def test_as_of_another_day_is_another_diary(page: BrowserContext, reading: str) -> None:
    early = visit(page, f"{reading}/?as_of=2024-01-21")
    assert len(engagements(early)) == 2
    clock = early.locator('input[name="as_of"]').first
    clock.fill("2024-01-24")
    clock.press("Enter")
    early.wait_for_url("**as_of=2024-01-24**")
    assert len(engagements(early)) == 4


def test_all_is_read_and_decided_without_a_script(browser: Browser, site: str, where: str) -> None:
    with window(browser, java_script_enabled=False) as context:
        assert len(engagements(visit(context, f"{site}/?as_of={AS_OF}"))) == 6
        decide(sign_in(context, site))
    assert entered(where) == [("Ada", "not_same"), ("Ada", "field"), ("Ada", "undo")]


def decide(page: Page) -> None:
    """Part two, settle a field, and take that back."""
    page.get_by_role("button", name="Not the same").first.click()
    page.wait_for_selector("text=Entered")
    page.locator("summary").first.click()
    page.get_by_label("Value").first.fill("postponed")
    page.get_by_label("Value").first.press("Enter")
    page.wait_for_selector("text=status: postponed")
    page.locator(".notes").get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=taken back")


# Reviewing


def test_review_by_keys(page: BrowserContext, site: str, where: str) -> None:
    desk = sign_in(page, site)
    desk.keyboard.press("h")
    assert entered(where) == [], "nothing is decided on an item that nobody has gone to"
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert desk.evaluate("document.activeElement.id") == "i1"
    desk.keyboard.press("k")
    desk.keyboard.press("f")
    assert desk.evaluate("document.activeElement.name") == "slot"
    desk.keyboard.press("s")
    assert entered(where) == [], "what is typed into a field is no key"
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    assert "Are these one engagement?" in desk.locator("#i1").inner_text()
    desk.keyboard.press("s")
    desk.wait_for_selector("text=Entered")
    desk.wait_for_load_state()
    assert desk.evaluate("document.activeElement.id") == "i1", "on to what came in its place"
    desk.keyboard.press("u")
    desk.wait_for_selector("text=taken back")
    desk.wait_for_load_state()
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    desk.wait_for_selector("text=Ada: approve")
    desk.wait_for_load_state()
    assert entered(where) == [("Ada", "same"), ("Ada", "undo"), ("Ada", "approve")]
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    desk.wait_for_url("**/e/**")


def test_of_two_editors_the_second_is_told(browser: Browser, site: str, where: str) -> None:
    with window(browser) as hers, window(browser) as his:
        ada, bo = sign_in(hers, site, "Ada"), sign_in(his, site, "Bo")
        for page, verdict in ((ada, "Approve"), (bo, "Hide")):
            page.get_by_role("button", name=verdict).first.click()
            page.wait_for_selector("text=Entered")
        assert "somebody else decided" not in ada.content()
        warning = bo.get_by_role("alert").inner_text()
        assert "somebody else decided" in warning
        assert "Ada: approve" in warning
    assert entered(where) == [("Ada", "approve"), ("Bo", "hide")]


# Looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_can_be_used_by_everybody(
    browser: Browser, reading: str, width: int, scheme: str
) -> None:
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with window(browser, **looks) as context:
        check(visit(context, f"{reading}/login"))
        desk = sign_in(context, reading)
        check(desk)
        for path in (f"/?as_of={AS_OF}", f"/e/m003?as_of={AS_OF}"):
            check(visit(context, reading + path))
        colour = desk.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(int(n) for n in re.findall(r"\d+", colour)[:3]) > 380
    assert light == (scheme == "light")


OTHERS = [
    *("/timeline", "/month", "/changes", "/tracks", "/sources", "/search?words=visit"),
    *("/state/RU", "/pair/RU/TR", "/person/Vladimir%20Putin", "/source/outlet"),
    *("/e/m003/why/status", "/e/m003/brief", "/review/words"),
]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_other_pages_too(browser: Browser, reading: str, width: int, scheme: str) -> None:
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with window(browser, **looks) as context:
        desk = sign_in(context, reading)
        for path in OTHERS:
            more = "&" if "?" in path else "?"
            answer = desk.goto(f"{reading}{path}{more}as_of={AS_OF}")
            assert answer is not None
            assert answer.status == 200, path
            check(desk)


def check(page: Page) -> None:
    """Nothing runs over the edge, and axe-core finds no serious fault."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], v["help"], [n["html"][:120] for n in v["nodes"][:3]])
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]
    assert not serious, page.url


def test_the_brief_shows_its_status_on_its_colour(page: BrowserContext, reading: str) -> None:
    seen = visit(page, f"{reading}/e/m003/brief?as_of={AS_OF}")
    badge = seen.locator(".badge")
    assert badge.inner_text() == "denied"
    looks = badge.evaluate("e => [getComputedStyle(e)].map(s => [s.color, s.backgroundColor])[0]")
    assert looks[0] == "rgb(255, 255, 255)"
    assert looks[1] not in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
