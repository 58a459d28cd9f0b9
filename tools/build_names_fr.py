"""Build the names of the French pack: what French calls states, their people, towns and persons.

    build_names_fr.py

Names of states come from Unicode's CLDR through babel; ``names_fr.csv`` beside this file holds
what CLDR has not: adjectives in the masculine singular, first halves of joined ones ("franco-"),
towns, bodies, and spellings of persons. A name that the gazetteer would not find under the
English one given for it is left out and named. Development only: the product reads what this
writes into ``lang/fr/names.csv``.
"""

import csv
import sys
from pathlib import Path

import babel

from summitry.gazetteer import find, states

HERE = Path(__file__).parent
PACK = HERE.parent / "src" / "summitry" / "lang" / "fr" / "names.csv"
# A first name too; a name that only stands for something else.
AMBIGUOUS = {"Maurice", "Dominique", "Grenade", "Réunion", "Jersey", "Guernesey"}
FEMININE = (
    ("grec", "grecque"),
    ("c", "que"),
    ("en", "enne"),
    ("on", "onne"),
    ("e", "e"),
    ("è", "è"),
    ("é", "é"),
    ("", "e"),
)


def forms(adjective: str) -> set[str]:
    """Masculine and feminine, singular and plural: "turc, turque, turcs, turques"."""
    ending, replaced = next((a, b) for a, b in FEMININE if adjective.endswith(a))
    both = {adjective, adjective.removesuffix(ending) + replaced}
    return both | {word if word.endswith(("s", "x")) else f"{word}s" for word in both}


def names() -> dict[str, str]:
    """Every French name with the English one that the gazetteer knows."""
    found = {}
    french = babel.Locale("fr").territories
    for code, state in states().items():
        name = french.get(code, "").split(" (")[0].replace("’", "'")
        if name and name not in AMBIGUOUS and not name.startswith("R.A.S."):
            found[name] = state.name
    for row in csv.DictReader((HERE / "names_fr.csv").read_text("utf-8").splitlines()):
        spelled = forms(row["name"]) if row["kind"] == "adjective" else {row["name"]}
        found.update(dict.fromkeys(spelled, row["gazetteer"]))
    return {k: v for k, v in found.items() if k != v}


def main() -> None:
    known, lost = {}, []
    for name, english in names().items():
        person = not find(english, None)
        (lost.append(name) if person else None)
        known[name] = english
    with PACK.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("name", "gazetteer"))
        out.writerows(sorted(known.items()))
    print(f"{len(known)} names; by itself the gazetteer finds none for: {sorted(lost)}")


if __name__ == "__main__":
    sys.exit(main())
