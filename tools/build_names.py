"""Build the names of a pack: what its language calls states, their people, towns and persons.

    build_names.py LANGUAGE

Names of states come from Unicode's CLDR through babel; ``names_<language>.csv`` beside this file
holds what CLDR has not: adjectives in the masculine singular, first halves of joined ones
("franco-"), towns, bodies, and spellings of persons. A name that the gazetteer would not find
under the English one given for it is left out and named. Development only: the product reads
what this writes into ``lang/<language>/names.csv``.
"""

import csv
import sys
from pathlib import Path

import babel

from summitry.gazetteer import find, states

HERE = Path(__file__).parent
LANG = HERE.parent / "src" / "summitry" / "lang"
# First names, words of the language, and names that only stand for something else.
AMBIGUOUS = {
    "fr": {"Maurice", "Dominique", "Grenade", "Réunion", "Jersey", "Guernesey"},
    "pt": {"Reunião", "Granada", "Jersey", "Guernsey", "Dominica"},
    "es": {"Reunión", "Granada", "Jersey", "Guernsey", "Dominica"},
}
FEMININE = {
    "fr": (
        ("grec", "grecque"),
        ("c", "que"),
        ("en", "enne"),
        ("on", "onne"),
        ("e", "e"),
        ("è", "è"),
        ("é", "é"),
        ("", "e"),
    ),
    "pt": (
        ("ão", "ã"),
        ("eu", "eia"),
        ("ês", "esa"),
        ("ol", "ola"),
        ("o", "a"),
        ("", ""),
    ),
    "es": (
        ("és", "esa"),
        ("án", "ana"),
        ("ón", "ona"),
        ("ol", "ola"),
        ("o", "a"),
        ("", ""),
    ),
}
PLURAL = {
    "fr": (("s", "s"), ("x", "x"), ("", "s")),
    "pt": (("ão", "ães"), ("ês", "eses"), ("z", "zes"), ("ol", "óis"), ("ar", "ares"), ("", "s")),
    "es": (
        ("és", "eses"),
        ("án", "anes"),
        ("ón", "ones"),
        ("ol", "oles"),
        ("í", "íes"),
        ("", "s"),
    ),
}


def changed(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    """The word with its ending replaced by the first rule that fits."""
    ending, other = next((a, b) for a, b in endings if word.endswith(a))
    return word.removesuffix(ending) + other


def forms(adjective: str, language: str) -> set[str]:
    """Masculine and feminine, singular and plural: "turc, turque, turcs, turques"."""
    both = {adjective, changed(adjective, FEMININE[language])}
    return both | {changed(word, PLURAL[language]) for word in both}


def names(language: str) -> dict[str, str]:
    """Every name in a language with the English one that the gazetteer knows."""
    found = {}
    own = babel.Locale(language).territories
    for code, state in states().items():
        name = own.get(code, "").split(" (")[0].replace("’", "'")
        if name and name not in AMBIGUOUS[language] and not name.startswith(("R.A.S.", "RAE")):
            found[name] = state.name
    table = (HERE / f"names_{language}.csv").read_text("utf-8")
    for row in csv.DictReader(table.splitlines()):
        adjective = row["kind"] == "adjective"
        spelled = forms(row["name"], language) if adjective else {row["name"]}
        found.update(dict.fromkeys(spelled, row["gazetteer"]))
    return {k: v for k, v in found.items() if k != v}


def main(language: str) -> None:
    known, lost = {}, []
    for name, english in names(language).items():
        person = not find(english, None)
        (lost.append(name) if person else None)
        known[name] = english
    with (LANG / language / "names.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("name", "gazetteer"))
        out.writerows(sorted(known.items()))
    print(f"{len(known)} names; by itself the gazetteer finds none for: {sorted(lost)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
