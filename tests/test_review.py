"""The review desk: an editor's word, who may give it, and what nobody else can make of it."""

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from _served import AS_OF, DESK, EVIL, TOKEN, client, filled, form, forms, send, signed_in
from click.testing import CliRunner
from fastapi.testclient import TestClient

import summitry
from summitry.cli import cli
from summitry.judging import judgements
from summitry.model import Diary, Judgement, Status, Verdict
from summitry.web import Access, Writers, app
from summitry.web._tries import Tries


@pytest.fixture
def where(tmp_path: Path) -> str:
    return filled(str(tmp_path / "book.db"))


def diary(where: str) -> Diary:
    with summitry.open_ledger(where) as book:
        return summitry.diary(book, summitry.instant(AS_OF))


def entered(where: str) -> list[Judgement]:
    with summitry.open_ledger(where) as book:
        return list(judgements(book))


def test_the_queue_asks_what_is_doubtful_with_both_sides(where: str) -> None:
    page = signed_in(where).get(f"/review?as_of={AS_OF}").text
    assert "Are these one engagement?" in page
    assert "10 days apart" in page
    assert "Sources contradict one another" in page
    assert "Does this report belong here?" in page
    assert "Not approved as it is now" in page
    assert page.index("contradict one") < page.index("Not approved as")


def test_same_and_undo(where: str) -> None:
    ada, before = signed_in(where), diary(where)
    page = send(ada, form(ada, "twins"), verdict="same")
    assert len(diary(where).engagements) == len(before.engagements) - 1
    assert "Entered:" in page
    undo = next(f for f in forms(page) if f["action"] == "/review/undo")
    assert "taken back" in send(ada, undo)
    assert diary(where) == before
    assert [(j.verdict, j.author) for j in entered(where)] == [
        (Verdict.SAME, "Ada"),
        (Verdict.UNDO, "Ada"),
    ]


def test_what_was_taken_back_can_be_restored(where: str) -> None:
    ada = signed_in(where)
    page = send(ada, form(ada, "unseen"), verdict="hide")
    hidden = diary(where)
    page = send(ada, next(f for f in forms(page) if f["action"] == "/review/undo"))
    assert diary(where) != hidden
    send(ada, next(f for f in forms(page) if f["action"] == "/review/undo"))
    assert diary(where) == hidden


def test_an_editor_sees_their_own_word_at_once_and_others_within_the_slack(where: str) -> None:
    web = app(where, DESK, slack=timedelta(hours=1))
    ada, ben, reader = (
        TestClient(web, follow_redirects=False, base_url=f"http://{name}", client=("127.0.0.1", 1))
        for name in ("localhost", "127.0.0.1", "localhost")
    )
    for visitor, name in ((ada, "Ada"), (ben, "Ben")):
        visitor.post("/login", data={"name": name, "token": TOKEN})
    hidden = form(ada, "unseen")
    paths = [f"/?as_of={AS_OF}", f"/api/v1/diary?as_of={AS_OF}"]
    assert all(hidden["about"] in v.get(p).text for v in (ada, ben, reader) for p in paths)
    ada.post("/review/judge", data={**hidden, "verdict": "hide"})
    assert all(hidden["about"] in v.get(p).text for v in (ben, reader) for p in paths)
    assert all(hidden["about"] not in ada.get(p).text for p in paths)
    assert ada.get(f"/e/{hidden['about']}?as_of={AS_OF}").status_code == 404
    # What was made for her is there for all.
    assert all(hidden["about"] not in v.get(p).text for v in (ben, reader) for p in paths)
    undo = next(f for f in forms(ada.get("/review/words").text) if f["action"] == "/review/undo")
    ada.post("/review/undo", data=undo)
    assert all(hidden["about"] in ada.get(p).text for p in paths)


def test_a_report_can_be_taken_out(where: str) -> None:
    ada, count = signed_in(where), len(diary(where).engagements)
    send(ada, form(ada, "join"), verdict="apart")
    assert len(diary(where).engagements) == count + 1


def test_a_field_is_settled_and_the_contradiction_is_gone(where: str) -> None:
    ada = signed_in(where)
    send(ada, form(ada, "contradiction"), verdict="field", slot="status", value="cancelled")
    assert Status.CANCELLED in {e.status.value for e in diary(where)}
    assert "Sources contradict" not in ada.get(f"/review?as_of={AS_OF}").text


@pytest.mark.parametrize("verdict", ["approve", "hide"])
def test_what_is_decided_leaves_the_queue(where: str, verdict: str) -> None:
    ada = signed_in(where)
    fields = form(ada, "unseen")
    about = f'name="about" value="{fields["about"]}"'
    assert about in ada.get(f"/review?as_of={AS_OF}&only=unseen").text
    assert about not in send(ada, fields, verdict=verdict)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"verdict": "field", "slot": "status", "value": "soon"}, "is no status"),
        ({"verdict": "field", "slot": "agenda", "value": "x"}, "no field that can be settled"),
        ({"verdict": "burn"}, "what to decide"),
        ({"verdict": "hide", "about": ""}, "about what"),
        ({"verdict": "same", "one": "", "other": ""}, "what to decide"),
    ],
)
def test_a_form_that_cannot_be_meant_is_named_and_enters_nothing(
    where: str, fields: dict[str, str], told: str
) -> None:
    ada = signed_in(where)
    answer = ada.post("/review/judge", data={**form(ada, "unseen"), **fields})
    assert answer.status_code == 422
    assert told in answer.text
    assert entered(where) == []


def test_one_engagement_can_be_asked_about(where: str) -> None:
    ada = signed_in(where)
    page = ada.get(f"/review?as_of={AS_OF}&about=m001").text
    assert page.count("<article") == 1
    assert "Are these one engagement?" in page
    fields = next(
        f for f in forms(ada.get(f"/review?as_of={AS_OF}&about=m007").text) if "about" in f
    )
    page = send(ada, fields, verdict="approve")
    assert "As it stands" in page, "the page that follows is about the same one"
    assert ada.get(f"/review?as_of={AS_OF}&about=m999").status_code == 404


def test_what_was_hidden_is_found_among_the_words_and_shown_again(where: str) -> None:
    ada, before = signed_in(where), diary(where)
    send(ada, form(ada, "unseen"), verdict="hide")
    page = ada.get("/review/words")
    assert "<b>Ada</b>: hide" in page.text
    assert ">NO &amp; RU 2024-03-20</a>" in page.text
    assert diary(where) != before
    send(ada, next(f for f in forms(page.text) if f["action"] == "/review/undo"))
    assert diary(where) == before
    assert client(where).get("/review/words").status_code == 401


def test_two_editors_at_once_lose_nothing_and_learn_of_each_other(where: str) -> None:
    ada, bo = signed_in(where, "Ada"), signed_in(where, "Bo")
    hers, his = form(ada, "unseen"), form(bo, "unseen")
    assert "somebody else" not in send(
        ada, hers, verdict="field", slot="status", value="confirmed"
    )
    page = send(bo, his, verdict="field", slot="status", value="cancelled")
    assert "somebody else decided" in page
    assert "status: confirmed" in page
    assert [j.author for j in entered(where)] == ["Ada", "Bo"]
    queue = bo.get(f"/review?as_of={AS_OF}").text
    assert "Editors differ" in queue, "it stays there until one gives way"
    again = send(bo, form(bo, "dissent"), verdict="field", slot="status", value="confirmed")
    assert "somebody else" not in again, "what was on the page is no surprise"
    assert "Editors differ" not in again


def test_of_many_writers_at_once_every_word_is_kept(where: str) -> None:
    editors = [signed_in(where, f"Editor {n}") for n in range(6)]
    drawn = [(one, form(one, "unseen")) for one in editors]
    pages: list[str] = []

    def write(pair: tuple) -> None:  # type: ignore[type-arg]
        one, fields = pair
        for value in ("confirmed", "cancelled"):
            pages.append(send(one, fields, verdict="field", slot="status", value=value))

    threads = [threading.Thread(target=write, args=(pair,)) for pair in drawn]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pages) == len(entered(where)) == 12
    assert sum("somebody else decided" in page for page in pages) >= 6


def test_new_reports_since_the_page_was_drawn_are_told(where: str) -> None:
    ada = signed_in(where)
    fields = form(ada, "unseen")
    page = send(ada, {**fields, "state": "what stood there before"}, verdict="approve")
    assert "had changed since you opened the page" in page


def test_from_the_desk_every_view_is_a_click_away(where: str) -> None:
    page = signed_in(where).get(f"/review?as_of={AS_OF}").text
    for path in ("/", "/timeline", "/month", "/changes", "/tracks", "/sources", "/search"):
        assert f'<a href="{path}?as_of={AS_OF}">' in page
    assert f'<a href="/review?as_of={AS_OF}" aria-current="page">Review</a>' in page


def test_hostile_reports_run_nothing(where: str) -> None:
    page = signed_in(where).get(f"/review?as_of={AS_OF}").text
    assert "&lt;script&gt;alert" in page
    assert EVIL not in page
    assert page.count("<script") == 1
    assert '<script src="/review.js" defer></script>' in page


# Who may write


def test_without_write_there_is_no_desk(where: str) -> None:
    reader = client(where, Access())
    assert reader.get("/review").status_code == 404
    assert reader.get("/login").status_code == 404
    for path in ("/review/judge", "/review/undo", "/login", "/logout"):
        assert reader.post(path, data={"token": ""}).status_code == 405


def test_a_reader_of_a_desk_only_reads(where: str) -> None:
    reader = client(where)
    assert reader.get(f"/?as_of={AS_OF}").status_code == 200
    assert reader.get("/review").headers["location"] == "/login?next=%2Freview"
    for path in ("/review/judge", "/review/undo", "/logout"):
        assert reader.post(path, data={"verdict": "hide"}).status_code == 401
    assert reader.post("/login", data={"name": "Eve", "token": "wrong"}).status_code == 401
    assert reader.post("/login", data={"name": "", "token": TOKEN}).status_code == 422
    assert "summitry" not in reader.cookies
    assert entered(where) == []


def test_the_cookie_is_kept_from_scripts_neighbours_and_plain_networks(where: str) -> None:
    answer = client(where).post("/login", data={"name": "Ada", "token": TOKEN})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    access = Access("reader", Writers.TOKEN, TOKEN)
    far = client(where, access)
    far.base_url = "https://diary.example"
    answer = far.post("/login", data={"name": "Ada", "token": TOKEN})
    assert answer.headers["set-cookie"].startswith("__Host-summitry=")
    assert "Secure" in answer.headers["set-cookie"]
    assert far.get("/").status_code == 200, "an editor needs no second token"
    assert TOKEN not in answer.headers["set-cookie"] + answer.headers["location"]


@pytest.mark.parametrize("cookie", ["", "Ada", "IkFkYSI.x.y", "W10.aaaa.bbbb", "é"])
def test_a_made_up_cookie_is_nobody(where: str, cookie: str) -> None:
    answer = client(where).get("/review", headers={b"Cookie": f"summitry={cookie}".encode()})
    assert answer.status_code == 303


def test_a_cookie_of_another_token_is_nobody(where: str) -> None:
    ada = signed_in(where)
    other = client(where, Access(writers=Writers.TOKEN, editors="another token of some length"))
    value = {"Cookie": f"summitry={ada.cookies['summitry']}"}
    assert other.get("/review", headers=value).status_code == 303
    assert client(where).get("/review", headers=value).status_code == 200


def test_signing_out_takes_the_cookie(where: str) -> None:
    ada = signed_in(where)
    send(ada, form(ada, "unseen", "/logout"))
    assert "summitry" not in ada.cookies
    assert ada.get("/review").status_code == 303


def test_guessing_is_slow(where: str) -> None:
    eve = client(where)
    codes = [
        eve.post("/login", data={"name": "Eve", "token": str(n)}).status_code for n in range(11)
    ]
    assert codes == [401] * 10 + [429]
    answer = eve.post("/login", data={"name": "Eve", "token": TOKEN})
    assert answer.status_code == 429, "not even the right one, or guessing would go on"
    assert 0 < int(answer.headers["retry-after"]) <= 61
    reader = client(where, Access("a reader's token"))
    codes = [reader.get("/", auth=("", str(n))).status_code for n in range(11)]
    assert codes == [401] * 10 + [429]


def test_tries_are_forgiven_in_time_and_counted_together() -> None:
    now = [0.0]
    tries = Tries(each=2, together=3, seconds=60, clock=lambda: now[0])
    tries.failed("a")
    assert tries.wait("a") == 0
    tries.failed("a")
    assert tries.wait("a") == 61
    assert tries.wait("b") == 0
    tries.failed("b")
    assert tries.wait("c") == 61, "from many addresses guessing is no quicker"
    now[0] = 60.0
    assert tries.wait("a") == tries.wait("c") == 0


# Forms that are not ours


@pytest.mark.parametrize("word", ["", "forged", "IkFkYSI.x.y"])
def test_a_form_without_the_word_is_refused(where: str, word: str) -> None:
    ada = signed_in(where)
    fields = {**form(ada, "unseen"), "word": word, "verdict": "hide"}
    assert ada.post("/review/judge", data=fields).status_code == 403
    assert ada.post("/logout", data=fields).status_code == 403
    assert entered(where) == []


def test_the_form_of_another_session_is_refused(where: str) -> None:
    ada, eve = signed_in(where, "Ada"), signed_in(where, "Eve")
    fields = {**form(eve, "unseen"), "verdict": "hide"}
    assert ada.post("/review/judge", data=fields).status_code == 403


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/json"}, 415),
    ],
)
def test_only_our_own_page_can_send_a_form(where: str, headers: dict[str, str], code: int) -> None:
    ada = signed_in(where)
    data = {**form(ada, "unseen"), "verdict": "hide"}
    assert ada.post("/review/judge", data=data, headers=headers).status_code == code
    assert len(entered(where)) == (code == 303)


def test_a_long_form_is_not_read(where: str) -> None:
    ada = signed_in(where)
    assert ada.post("/review/judge", data={"word": "x" * 70_000}).status_code == 413
    many = {f"f{n}": "" for n in range(41)}
    assert ada.post("/review/judge", data=many).status_code == 400


@pytest.mark.parametrize(
    "onward",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example"),
        *("javascript:alert(1)", "/a\r\nSet-Cookie: b=c", "/\t/evil.example", "", "review", "/é"),
    ],
)
def test_signing_in_leads_nowhere_else(where: str, onward: str) -> None:
    data = {"name": "Ada", "token": TOKEN, "next": onward}
    answer = client(where).post("/login", data=data)
    assert answer.headers["location"] == "/review"
    assert len(answer.headers.get_list("set-cookie")) == 1
    ada = signed_in(where)
    assert ada.get("/login", params={"next": onward}).headers["location"] == "/review"


def test_what_comes_back_from_a_form_stays_in_its_place(where: str) -> None:
    ada = signed_in(where)
    fields = {**form(ada, "unseen"), "verdict": "hide", "as_of": "2024-02-01\r\nX: y"}
    assert ada.post("/review/judge", data=fields).status_code == 422
    answer = ada.get(
        "/review", params={"as_of": AS_OF, "done": EVIL, "theirs": EVIL, "moved": EVIL}
    )
    assert EVIL not in answer.text
    for asked in ("only=<b>", "start=-1", "start=x", "as_of=never", "start=99999999"):
        assert ada.get(f"/review?{asked}").status_code == 422


@pytest.mark.parametrize("path", ["/review", "/login", "/review.js", "/review.css"])
def test_every_answer_carries_the_headers(where: str, path: str) -> None:
    headers = signed_in(where).get(path).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    if "." not in path:
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["rebound.example", "[", "[::1", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(where: str, host: str) -> None:
    answer = client(where).get("/review", headers={"Host": host})
    assert answer.status_code in {400, 421}


# An upstream that knows who asks

UPSTREAM = Access(
    writers=Writers.UPSTREAM, header="X-Remote-User", names=frozenset({"diary.example"})
)


def test_an_upstream_names_the_editor(where: str) -> None:
    grace = client(where, UPSTREAM)
    grace.base_url = "https://diary.example"
    assert grace.get("/").status_code == 403
    assert grace.get("/review").status_code == 403
    grace.headers["X-Remote-User"] = "Grace"
    assert grace.get("/").status_code == 200
    send(grace, form(grace, "unseen"), verdict="hide")
    assert [j.author for j in entered(where)] == ["Grace"]
    forged = {**form(grace, "unseen"), "word": "", "verdict": "hide"}
    assert grace.post("/review/judge", data=forged).status_code == 403
    assert grace.get("/", headers={"Host": "rebound.example"}).status_code == 421


def test_only_the_upstream_is_believed(where: str) -> None:
    access = Access(
        writers=Writers.UPSTREAM, header="X-Remote-User", proxies=frozenset({"10.0.0.9"})
    )
    eve = client(where, access)
    eve.headers["X-Remote-User"] = "Grace"
    assert eve.get("/").status_code == 403
    assert eve.post("/review/judge", data={"verdict": "hide"}).status_code == 403


# The command


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--write"], "16 characters"),
        (["--write", "--token-file", "short"], "16 characters"),
        (["--host", "0.0.0.0", "--write"], "SUMMITRY_TOKEN"),
        (["--trust-header", "X-User"], "--name"),
    ],
)
def test_serve_opens_no_door_by_mistake(
    where: str, words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SUMMITRY_TOKEN", "SUMMITRY_EDIT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    Path("short").write_text("short\n", "utf-8")
    done = CliRunner().invoke(cli, ["serve", "--ledger", where, *words])
    assert done.exit_code == 2
    assert told in done.stderr


def test_serve_hands_over_what_was_settled(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[str, Access, str, int]] = []
    monkeypatch.setattr("summitry.web.run", lambda *words: given.append(words))
    monkeypatch.delenv("SUMMITRY_TOKEN", raising=False)
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", "utf-8")
    file.chmod(0o644)
    runner = CliRunner()
    done = runner.invoke(cli, ["serve", "--ledger", where, "--write", "--token-file", str(file)])
    assert done.exit_code == 0
    assert "chmod 600" in done.stderr
    assert TOKEN not in done.output
    assert (given[0][1].writers, given[0][1].editors) == (Writers.TOKEN, TOKEN)
    words = [
        "--write",
        "--trust-header",
        "X-User",
        "--name",
        "diary.example",
        "--proxy",
        "10.0.0.9",
    ]
    assert runner.invoke(cli, ["serve", "--ledger", where, *words]).exit_code == 0
    access = given[1][1]
    assert (access.writers, access.header) == (Writers.UPSTREAM, "X-User")
    assert access.proxies == frozenset({"10.0.0.9"})
    assert access.names == frozenset({"diary.example"})


def test_what_was_judged_here_is_listed_at_the_command_line(where: str) -> None:
    ada = signed_in(where)
    send(ada, form(ada, "unseen"), verdict="approve")
    done = CliRunner().invoke(cli, ["judge", "list", "--ledger", where, "--format", "json"])
    (one,) = json.loads(done.stdout)["judgements"]
    assert (one["author"], one["verdict"], one["undone"]) == ("Ada", "approve", False)
