"""A page is turned away before its article is searched for only where nothing can be lost."""

from pathlib import Path

import pytest
from _pages import LAYOUTS, Article, page

from summitry import pipeline, sources
from summitry.extract import passes
from summitry.model import Report
from summitry.sources import html

FILLER = "Rain fell on the hills in the afternoon, and nobody in the valley minded it very much.\n"
BRIEF = "The French president will meet his Polish colleague in Oslo on Monday, aides said."
PERSONS = (
    "Nelson Mandela and Fidel Castro had an hour together on Friday, and nobody else was told."
)
HEADLINES = [f"Bridge number {k} opens after repairs" for k in range(24)]


def made(tmp_path: Path, text: str, number: int) -> Path:
    path = tmp_path / f"{number}.html"
    url = f"https://news.example/{number}"
    article = Article("A day in the valley", text, "The Paper", "2024-01-09T08:00:00Z", url)
    path.write_text(page(article, HEADLINES, number), "utf-8")
    return path


def first(path: Path, *worth: sources.Worth) -> Report:
    return next(o for o in sources.reports(path, *worth) if isinstance(o, Report))


@pytest.mark.parametrize("number", range(len(LAYOUTS)))
@pytest.mark.parametrize(
    "text", [BRIEF, FILLER * 9 + BRIEF, FILLER * 40 + BRIEF + "\n" + FILLER * 9]
)
def test_a_page_that_passes_is_read_as_if_nobody_had_looked(
    tmp_path: Path, text: str, number: int
) -> None:
    path = made(tmp_path, text, number)
    full = first(path)
    assert passes(full)
    assert first(path, pipeline.worth_reading) == full


def test_persons_alone_are_enough_for_a_brief(tmp_path: Path) -> None:
    path = made(tmp_path, FILLER * 3 + PERSONS, 0)
    full = first(path)
    assert passes(full)
    assert first(path, pipeline.worth_reading) == full


@pytest.mark.parametrize("number", range(len(LAYOUTS)))
def test_the_article_of_a_page_about_other_things_is_not_searched_for(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, FILLER * 30, number)
    full = first(path)
    monkeypatch.setattr(html, "_main_text", lambda _: pytest.fail("searched for"))
    seen = first(path, pipeline.worth_reading)
    assert (seen.id, seen.title, seen.published) == (full.id, full.title, full.published)
    assert "Rain fell on the hills" in seen.text
    assert not pipeline.extract(seen).mentions


def test_headlines_of_other_stories_are_no_reason_to_search(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{k}'>{BRIEF}</a></li>" for k in range(9))
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><p>{FILLER * 40}</p><ul>{links}</ul></body></html>", "utf-8")
    assert BRIEF not in first(path, pipeline.worth_reading).text


def test_what_a_page_states_of_its_article_counts(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    stated = f'{{"@type": "NewsArticle", "articleBody": "{BRIEF}"}}'
    script = f'<script type="application/ld+json">{stated}</script>'
    path.write_text(f"<html><head>{script}</head><body><p>Sign in.</p></body></html>", "utf-8")
    assert first(path, pipeline.worth_reading) == first(path)
