"""Web pages around given texts: twelve layouts as news sites have them, drawn by a seed.

Each page holds a headline and the paragraphs of a text; around them stand what sites put there:
menus, side bars, cookie notes, related stories, comments, tables, scripts, JSON-LD or none.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["LAYOUTS", "Article", "page"]


@dataclass(frozen=True, slots=True)
class Article:
    """What a page is made around."""

    title: str
    text: str
    """Paragraphs, one a line."""
    outlet: str
    published: str
    """As written, or empty."""
    url: str


_SECTIONS = [
    *("Home", "World", "Europe", "Asia", "Africa", "Americas", "Politics", "Business", "Money"),
    *("Opinion", "Culture", "Books", "Film", "Sport", "Football", "Tennis", "Science", "Climate"),
    *("Health", "Travel", "Food", "Weather", "Video", "Podcasts", "Puzzles"),
]
_NOTES = (
    "We and our partners use cookies to keep this site working and to measure how it is read.",
    "You can change your choice at any time in the settings at the foot of each page.",
    "Sign up for our morning letter and get the day's stories before breakfast.",
    "Your subscription pays for our reporting. Thank you for reading.",
    "This article is free to read for the next two days.",
)
_REMARKS = (
    "Good piece, though I would have liked a map and a few more figures in it.",
    "I read the same thing somewhere else last week and nobody believed it then.",
    "The second paragraph says it all, the rest is padding.",
    "Could somebody explain why this took so long? I really do not follow.",
    "My neighbour works there and tells a rather different story about it.",
    "Thanks for keeping the comments open on this one.",
)
_CSS = ".c%d{margin:0 auto;padding:%dpx;max-width:%dpx;color:#%06x;display:flex}\n"
_JS = "window.q=window.q||[];q.push({slot:'s%d',size:[%d,%d],lazy:true,key:'%x'});\n"


class _Kit:
    """The pieces of one page, its chance drawn once."""

    def __init__(self, article: Article, related: Sequence[str], seed: int) -> None:
        self.article = article
        self.related = related
        self.chance = random.Random(seed)

    def paragraphs(self, tag: str = "p", mark: str = "") -> list[str]:
        lines = (line.strip() for line in self.article.text.split("\n"))
        return [f"<{tag}{mark}>{escape(line)}</{tag}>" for line in lines if line]

    def spliced(self, blocks: list[str], extra: str, every: int) -> str:
        """Blocks with something of the site's own put between them now and then."""
        parts = (b + (extra if k % every == every - 1 else "") for k, b in enumerate(blocks))
        return "\n".join(parts)

    def menu(self, tag: str = "nav") -> str:
        names = self.chance.sample(_SECTIONS, 14)
        items = "".join(f'<li><a href="/{n.lower()}">{n}</a></li>' for n in names)
        return f'<{tag} class="menu"><ul>{items}</ul></{tag}>'

    def links(self, count: int, around: str = "aside") -> str:
        chosen = self.chance.sample(self.related, count)
        items = "".join(f'<li><a href="/s/{k}">{escape(t)}</a></li>' for k, t in enumerate(chosen))
        return f'<{around} class="related"><h3>More stories</h3><ul>{items}</ul></{around}>'

    def teasers(self, count: int) -> str:
        chosen = self.chance.sample(self.related, count)
        cards = (
            f'<div class="card teaser"><a href="/t/{k}"><img src="/i/{k}.jpg" alt="">'
            f"<h4>{escape(t)}</h4></a><span>{k + 2} min read</span></div>"
            for k, t in enumerate(chosen)
        )
        return f'<div class="most-read">{"".join(cards)}</div>'

    def comments(self, count: int) -> str:
        said = (
            f'<div class="comment"><b>reader{self.chance.randrange(999)}</b>'
            f"<p>{self.chance.choice(_REMARKS)}</p><a href='#'>Reply</a></div>"
            for _ in range(count)
        )
        return (
            f'<section id="comments" class="comments"><h2>Comments</h2>{"".join(said)}</section>'
        )

    def note(self) -> str:
        return self.chance.choice(_NOTES)

    def cookies(self) -> str:
        text = f"<p>{_NOTES[0]}</p><p>{_NOTES[1]}</p>"
        return (
            f'<div id="cookie-banner" class="cookie-consent">{text}<button>Accept</button></div>'
        )

    def table(self) -> str:
        rows = "".join(
            f"<tr><td>{name}</td><td>{self.chance.randrange(9999)}</td><td>+0.{k}</td></tr>"
            for k, name in enumerate(("Index A", "Index B", "Crude", "Wheat", "Gold"))
        )
        return f'<table class="markets"><tr><th>Market</th><th>Last</th></tr>{rows}</table>'

    def styles(self, lines: int) -> str:
        draw = self.chance.randrange
        rules = (_CSS % (k, draw(40), draw(1400), draw(1 << 24)) for k in range(lines))
        return f"<style>{''.join(rules)}</style>"

    def scripts(self, lines: int) -> str:
        draw = self.chance.randrange
        calls = (_JS % (k, draw(970), draw(250), draw(1 << 60)) for k in range(lines))
        return f"<script>{''.join(calls)}</script>"

    def linked(self, body: bool = False) -> str:
        """The article's own JSON-LD, with its text in it or not."""
        it = self.article
        told: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": it.title,
        }
        told |= {"publisher": {"@type": "Organization", "name": it.outlet}, "url": it.url}
        told |= {"datePublished": it.published} if it.published else {}
        told |= {"articleBody": it.text} if body else {}
        shown = json.dumps(told).replace("<", "\\u003c")
        return f'<script type="application/ld+json">{shown}</script>'

    def meta(self) -> str:
        it = self.article
        named = {"og:title": it.title, "og:site_name": it.outlet, "og:url": it.url}
        named |= {"article:published_time": it.published} if it.published else {}
        return "".join(
            f'<meta property="{k}" content="{escape(v, quote=True)}">' for k, v in named.items()
        )

    def whole(self, head: str, body: str) -> str:
        title = f"<title>{escape(self.article.title)} - {escape(self.article.outlet)}</title>"
        return (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{title}{head}</head>'
            f"\n<body>{body}</body></html>\n"
        )

    def h1(self) -> str:
        return f"<h1>{escape(self.article.title)}</h1>"

    def footer(self, tag: str = "footer") -> str:
        links = "".join(f'<a href="/{n.lower()}">{n}</a> ' for n in _SECTIONS)
        return f'<{tag} class="footer"><p>All rights reserved. {self.note()}</p>{links}</{tag}>'


def _semantic(k: _Kit) -> str:
    main = f"<main><article>{k.h1()}{''.join(k.paragraphs())}</article>{k.links(8)}</main>"
    head = k.meta() + k.linked() + k.styles(120)
    return k.whole(head, f"<header>{k.menu()}</header>{main}{k.footer()}{k.scripts(80)}")


def _divs(k: _Kit) -> str:
    text = "".join(k.paragraphs())
    inner = f'<div class="col-8"><div class="article-body">{k.h1()}{text}</div></div>'
    side = f'<div class="col-4 sidebar">{k.links(12, "div")}{k.table()}</div>'
    body = f'{k.menu("div")}<div class="row">{inner}{side}</div>{k.footer("div")}'
    return k.whole(k.meta() + k.styles(300), body + k.scripts(200))


def _commented(k: _Kit) -> str:
    main = (
        f'<article class="post">{k.h1()}<div class="entry-content">{"".join(k.paragraphs())}</div>'
    )
    body = f"{k.menu()}{main}</article>{k.comments(12)}{k.links(6)}{k.footer()}"
    return k.whole(k.linked() + k.scripts(60), body)


def _cookied(k: _Kit) -> str:
    main = f'<div class="content"><h1 class="hl">{escape(k.article.title)}</h1>'
    main += f'<div class="story">{"".join(k.paragraphs())}</div></div>'
    return k.whole(k.meta(), f"{k.cookies()}{k.menu()}{main}{k.teasers(9)}{k.footer()}")


def _spliced(k: _Kit) -> str:
    offer = f'<div class="ad-slot"><span>Advertisement</span></div><p class="promo">{k.note()}</p>'
    text = k.spliced(k.paragraphs(), offer, 4)
    main = f'<article><header>{k.h1()}<time datetime="{k.article.published}"></time></header>'
    body = f"{k.menu()}{main}{text}</article>{k.teasers(12)}{k.footer()}"
    return k.whole(k.meta() + k.linked() + k.styles(200), body + k.scripts(150))


def _tables(k: _Kit) -> str:
    text = "".join(k.paragraphs())
    cells = (
        f"<td width=180>{k.menu('div')}</td><td>{k.h1()}{text}</td><td>{k.links(8, 'div')}</td>"
    )
    return k.whole("", f"<table><tr>{cells}</tr></table><hr>{k.footer('div')}")


def _broken(k: _Kit) -> str:
    lines = [escape(line) for line in k.article.text.split("\n") if line.strip()]
    text = "<br><br>\n".join(lines)
    body = f'{k.menu("div")}<div id="story">{k.h1()}{text}</div>{k.links(5, "div")}'
    return k.whole(k.styles(40), body + k.footer("div"))


def _application(k: _Kit) -> str:
    state = json.dumps({"props": {"story": {"id": k.chance.randrange(10**9), "tags": _SECTIONS}}})
    text = "".join(f'<div class="x1{n % 7}a"><p>{p}' for n, p in enumerate(k.paragraphs("span")))
    text = text.replace("</span>", "</span></p></div>")
    body = f'<div id="__app"><div class="s0"><div class="s1">{k.menu()}{k.h1()}{text}</div></div>'
    script = f'<script type="application/json">{state}</script>'
    return k.whole(k.meta() + k.styles(400), body + k.teasers(10) + "</div>" + script)


def _stated(k: _Kit) -> str:
    main = f"<main><article>{k.h1()}{''.join(k.paragraphs())}</article></main>"
    body = f"<header>{k.menu()}</header>{main}{k.links(10)}{k.footer()}"
    return k.whole(k.linked(body=True) + k.meta(), body + k.scripts(40))


def _figured(k: _Kit) -> str:
    figure = f'<figure><img src="/a.jpg" alt=""><figcaption>{k.note()}</figcaption></figure>'
    text = k.spliced(k.paragraphs(), figure, 5)
    main = f'<section class="body">{k.h1()}<div class="byline">By our staff</div>{text}</section>'
    return k.whole(k.meta(), f"{k.menu()}{main}{k.links(14)}{k.table()}{k.footer()}")


def _listed(k: _Kit) -> str:
    link = f'<p class="inline-link">Read also: <a href="/r">{escape(k.related[0])}</a></p>'
    text = k.spliced(k.paragraphs(), link, 6)
    main = f'<div itemprop="articleBody">{text}</div>'
    body = f"{k.menu()}{k.h1()}{main}{k.teasers(6)}{k.comments(5)}{k.footer()}"
    return k.whole(k.linked() + k.styles(250), body + k.scripts(300))


def _bare(k: _Kit) -> str:
    return k.whole("", f"{k.h1()}{''.join(k.paragraphs())}<p><a href='/'>Back</a></p>")


LAYOUTS: tuple[Callable[[_Kit], str], ...] = (
    *(_semantic, _divs, _commented, _cookied, _spliced, _tables),
    *(_broken, _application, _stated, _figured, _listed, _bare),
)


def page(article: Article, related: Sequence[str], number: int) -> str:
    """One page; its number chooses the layout and all that is left to chance.

    Args:
        article: What it is about.
        related: Headlines of other stories, at least 14.
        number: The same number and article make the same page.
    """
    return LAYOUTS[number % len(LAYOUTS)](_Kit(article, related, number))
