"""Codebooks: topics with their definitions and terms, read from TOML, quanteda's YAML or CSV.

The library's own are ``reference/codebook.toml`` (topics) and ``reference/election_kinds.toml``
(kinds and phases of election). A codebook of the user's has the same form: ``name``, ``version``
and one ``[[topic]]`` table per topic with ``key``, ``name``, ``group``, ``definition`` and lists of
``terms`` (one is enough), ``weak`` (these need company) and ``cancels`` (these use up their words).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from necdata.coding import matching

REFERENCE = Path(__file__).parents[1] / "reference"
OWN = {"topics": "codebook.toml", "election_kinds": "election_kinds.toml"}
TOPIC_COLUMNS = ["key", "name", "definition", "group", "cap_uk", "cap_master", "scope"]
TERM_COLUMNS = ["topic", "term", "strength"]
STRENGTHS = {"terms": "strong", "weak": "weak", "cancels": "cancel"}
WEIGHTS = {"strong": 1.0, "weak": 0.5, "cancel": 0.0}


@dataclass(frozen=True)
class Codebook:
    """Topics and terms.

    ``topics`` has one row per topic: key, name, definition, group, cap_uk, cap_master (Comparative
    Agendas Project major topics, joined by ";", empty where none fits), scope (only terms of topics
    of the same scope compete for the same words). ``terms`` has one row per
    topic and term: topic, term, strength. A strong term makes a passage be about its topic, a weak
    one needs company, a cancel term uses up its words for no topic.
    """

    name: str
    version: str
    topics: pd.DataFrame
    terms: pd.DataFrame

    @property
    def keys(self) -> list[str]:
        """Keys of the topics in the codebook's order."""
        return [str(key) for key in self.topics["key"]]


def load(source: str | Path | None = None) -> Codebook:
    """Read a codebook: none for the topics, "election_kinds" for the second, or a file's path.

    The suffix tells the format: .toml ours, .yml or .yaml a quanteda dictionary, .csv one row per
    topic and term. Raises FileNotFoundError, or ValueError naming the file and what is wrong.
    """
    path = REFERENCE / OWN["topics"] if source is None else Path(source)
    if isinstance(source, str) and source in OWN:
        path = REFERENCE / OWN[source]
    if not path.is_file():
        raise FileNotFoundError(
            f"{path}: no such codebook; give a .toml, .yml or .csv file, or one of {', '.join(OWN)}"
        )
    readers = {".toml": _read_toml, ".yml": read_quanteda, ".yaml": read_quanteda, ".csv": read_csv}
    if path.suffix not in readers:
        raise ValueError(f"{path}: unknown format {path.suffix!r}; use .toml, .yml or .csv")
    return readers[path.suffix](path)


def _read_toml(path: Path) -> Codebook:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise _broken(path, "TOML", error) from error
    missing = [key for key in ("name", "version") if key not in content]
    if missing:
        raise ValueError(f"{path}: {', '.join(missing)} missing at the top of the codebook")
    if not isinstance(content.get("topic"), list):
        raise ValueError(f"{path}: no topics; write each under a line [[topic]], with key, name and terms")
    topics, terms = [], []
    for number, topic in enumerate(content["topic"], start=1):
        topics.append(_topic_row(topic, number, path))
        terms += [
            (topic["key"], term, strength)
            for field, strength in STRENGTHS.items()
            for term in _listed(topic.get(field), f"{path}: topic {topic['key']}, {field}")
        ]
    return build(str(content["name"]), str(content["version"]), topics, terms, str(path))


def _broken(path: str | Path, form: str, error: Exception) -> ValueError:
    """Say in one line that a file is not what its suffix says."""
    why = " ".join(str(error).split())[:200]
    return ValueError(f"{path}: not valid {form} ({why}); mend it, or save it again as UTF-8")


def _listed(value: object, place: str) -> list[str]:
    """Give a topic's terms, of which one may stand alone; a number is a word, YAML's yes and dates are not."""
    listed = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(listed, list):
        raise ValueError(f"{place}: terms must be a list, not {type(value).__name__}; write [\"term\", ...]")
    strange = next((term for term in listed if isinstance(term, bool) or not isinstance(term, str | int)), "")
    if strange != "":
        raise ValueError(f"{place}: a term must be text, not {type(strange).__name__}; put it in quotation marks")
    return [str(term) for term in listed]


def _topic_row(topic: dict[str, Any], number: int, path: Path) -> dict[str, str]:
    if not isinstance(topic, dict):
        raise ValueError(f"{path}: topic {number} is no table; write each under a line [[topic]]")
    unknown = set(topic) - {*TOPIC_COLUMNS, *STRENGTHS}
    if "key" not in topic or unknown:
        fault = f"does not know {', '.join(sorted(unknown))}" if unknown else "needs a key"
        raise ValueError(f"{path}: topic {number} {fault}; fields are {', '.join([*TOPIC_COLUMNS, *STRENGTHS])}")
    row = {column: topic.get(column, "") for column in TOPIC_COLUMNS}
    strange = [c for c in TOPIC_COLUMNS if not c.startswith("cap_") and not isinstance(row[c], str)]
    if strange:
        raise ValueError(f"{path}: topic {number}: {', '.join(strange)} must be text; put it in quotation marks")
    row["name"] = row["name"] or row["key"]
    for column in ("cap_uk", "cap_master"):
        codes = row[column] if isinstance(row[column], list) else [row[column]]
        row[column] = ";".join(str(code) for code in codes)
    row["definition"] = " ".join(row["definition"].split())
    return row


def build(
    name: str,
    version: str,
    topics: Iterable[dict[str, str]],
    terms: Iterable[tuple[str, str, str]],
    source: str = "codebook",
) -> Codebook:
    """Put a codebook together from rows of topics and (topic, term, strength), and check its form.

    Raises ValueError for a key given twice, a term of no topic, an unknown strength, an empty term.
    """
    topic_frame = pd.DataFrame(list(topics), columns=TOPIC_COLUMNS, dtype="str").fillna("")
    term_frame = pd.DataFrame(list(terms), columns=TERM_COLUMNS, dtype="str")
    twice = topic_frame.loc[topic_frame["key"].duplicated(), "key"]
    if len(twice):
        raise ValueError(f"{source}: topic {twice.iloc[0]!r} stands twice; merge the two")
    for row in term_frame.itertuples(index=False):
        if row.topic not in set(topic_frame["key"]):
            raise ValueError(f"{source}: term {row.term!r} belongs to {row.topic!r}, not a topic")
        if row.strength not in WEIGHTS:
            raise ValueError(f"{source}: term {row.term!r} is {row.strength!r}; use {', '.join(WEIGHTS)}")
        try:
            matching.forms(str(row.term))
        except ValueError as error:
            raise ValueError(f"{source}: topic {row.topic}: {error}") from error
    return Codebook(name, version, topic_frame, term_frame)


def write(codebook: Codebook, path: Path) -> None:
    """Write a codebook for other programs: .yml or .yaml a quanteda dictionary, .csv one row per topic and term.

    Raises ValueError for another suffix and FileExistsError rather than write over a file.
    """
    writers = {".yml": write_quanteda, ".yaml": write_quanteda, ".csv": write_csv}
    if path.suffix not in writers:
        raise ValueError(f"{str(path)!r}: unknown format; name a file that ends in {', '.join(writers)}")
    if path.exists():
        raise FileExistsError(f"{path}: there is a file of this name; choose another one")
    writers[path.suffix](codebook, path)


def read_quanteda(path: str | Path) -> Codebook:
    """Read a quanteda dictionary in YAML: topics with lists of terms, all of them strong.

    Topics may be nested one level under "strong", "weak" and "cancel", as ``write_quanteda`` does.
    """
    import yaml

    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _broken(path, "YAML", error) from error
    if not isinstance(content, dict):
        raise ValueError(f"{path}: no dictionary; write each topic as 'key:' and a list of terms")
    terms: list[tuple[str, str, str]] = []
    for key, value in content.items():
        nested = value if isinstance(value, dict) else {"strong": value}
        for strength, listed in nested.items():
            terms += [(str(key), term, str(strength)) for term in _listed(listed, f"{path}: topic {key}")]
    topics = [{"key": str(key), "name": str(key)} for key in content]
    return build(Path(path).stem, "", topics, terms, str(path))


def write_quanteda(codebook: Codebook, path: str | Path) -> None:
    """Write the terms as a quanteda dictionary (YAML), nested topic > strong, weak, cancel.

    In R: ``dictionary(file = "codebook.yml", format = "YAML", tolower = FALSE)``. quanteda knows
    neither our = mark (written without it) nor cancelling; its own longest match is ``tokens_lookup
    (..., nested_scope = "dictionary")``.
    """
    lines = [f"# {codebook.name}, version {codebook.version}"]
    for key in codebook.keys:
        lines.append(f"{json.dumps(key)}:")
        of_topic = codebook.terms[codebook.terms["topic"] == key]
        for strength, listed in of_topic.groupby("strength", sort=False)["term"]:
            lines.append(f"  {strength}:")
            lines += [f"    - {json.dumps(t, ensure_ascii=False)}" for t in listed]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_csv(path: str | Path) -> Codebook:
    """Read a CSV of one row per topic and term: topic, term, and optionally strength (strong)."""
    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    except ValueError as error:
        raise _broken(path, "CSV", error) from error
    missing = {"topic", "term"} - set(frame.columns)
    if missing:
        raise ValueError(
            f"{path}: column {', '.join(sorted(missing))} missing; a codebook has the columns topic, term, strength"
        )
    if "strength" not in frame:
        frame["strength"] = "strong"
    topics = [{"key": key, "name": key} for key in dict.fromkeys(frame["topic"])]
    rows = list(frame[TERM_COLUMNS].itertuples(index=False, name=None))
    return build(Path(path).stem, "", topics, rows, str(path))


def write_csv(codebook: Codebook, path: str | Path) -> None:
    """Write the terms as CSV: topic, term, strength."""
    codebook.terms.to_csv(path, index=False, lineterminator="\n")


def show(codebook: Codebook, key: str) -> str:
    """One topic as text: name, definition, group, CAP codes and terms by strength.

    Raises ValueError for a key that the codebook does not have, naming those it has.
    """
    if key not in codebook.keys:
        raise ValueError(f"no topic {key!r} in {codebook.name}; it has {', '.join(codebook.keys)}")
    topic = codebook.topics.set_index("key").loc[key]
    lines = [f"{topic['name']} ({key}, {topic['group']})", "", str(topic["definition"]), ""]
    if topic["cap_uk"] or topic["cap_master"]:
        lines += [f"CAP major topics: UK {topic['cap_uk']}, master {topic['cap_master']}", ""]
    titles = {"strong": "Terms", "weak": "Need company", "cancel": "Cancelled"}
    of_topic = codebook.terms[codebook.terms["topic"] == key]
    for strength, title in titles.items():
        listed = list(of_topic.loc[of_topic["strength"] == strength, "term"])
        if listed:
            lines += [f"{title}: {'; '.join(listed)}"]
    return "\n".join(lines) + "\n"


def check(codebook: Codebook, texts: Iterable[str] | None = None) -> pd.DataFrame:
    """Faults of a codebook's terms: columns topic, term, problem, detail.

    duplicate: the same words twice among a topic's terms. shadowed: a word that a wildcard of the
    same topic and strength covers (``tories`` beside ``tor*``). dead: no hit in the texts, where
    texts are given; longer terms may use up a dead term's words.
    """
    terms = [(str(t.topic), str(t.term), str(t.strength)) for t in codebook.terms.itertuples(index=False)]
    rows = [*_duplicates(terms), *_shadowed(terms)]
    if texts is not None:
        alive = {match.term for match in matching.compile(codebook)(texts)}
        rows += [
            (topic, term, "dead", "no hit in the texts")
            for row, (topic, term, _) in enumerate(terms)
            if row not in alive
        ]
    return pd.DataFrame(rows, columns=["topic", "term", "problem", "detail"], dtype="str")


def _duplicates(terms: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Terms of which any spelling stands in the topic already."""
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, (topic, term, _) in enumerate(terms):
        first = min(seen.setdefault((topic, form), number) for form in matching.forms(term))
        if first != number:
            yield topic, term, "duplicate", f"the same words as {terms[first][1]!r}"


def _shadowed(terms: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Single words that a wildcard of the same topic and strength covers."""
    words: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for topic, term, strength in terms:
        words.setdefault((topic, strength), []).extend(
            (term, form[0]) for form in matching.forms(term) if len(form) == 1
        )
    for (topic, _), listed in words.items():
        stems = [
            (term, word[:-1]) for term, word in listed if word.endswith("*") and word.strip("*") and word[0] not in "=*"
        ]
        for term, word in listed:
            covers = [
                other for other, stem in stems if other != term and word.removeprefix("=").casefold().startswith(stem)
            ]
            if covers:
                yield topic, term, "shadowed", f"covered by {covers[0]!r}"
