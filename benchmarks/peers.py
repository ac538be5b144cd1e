"""The same task done by other libraries, each as its documentation advises: passages by topics, terms counted.

Only `ahocorasick` takes wildcards, through steps of our own. For the others they are spelt out beforehand with the
words of the corpus (`expanded`), which is not timed. What each leaves out stands in `Peer.lacks`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from necdata.coding import engine, matching

WORD = re.compile(r"\w+")
Coder = Callable[[Sequence[str]], np.ndarray]


class Task(NamedTuple):
    """Terms, the number of each one's topic (-1: cancelled, counted for none), and phrases without wildcards."""

    terms: list[str]
    topics: list[int]
    n_topics: int
    phrases: list[tuple[str, int]]


class Peer(NamedTuple):
    """A way to do the task: `make` builds a coder, which gives a table of counts, passages by topics."""

    name: str
    module: str
    make: Callable[[Task], Coder]
    lacks: str = ""


def expanded(terms: Sequence[str], topics: Sequence[int], texts: Sequence[str]) -> list[tuple[str, int]]:
    """Terms with their wildcards spelt out by the words of the texts: ("canvassing", 3); a `*` alone stays out."""
    words = sorted({word for text in texts for word in WORD.findall(text.lower())})
    found: dict[str, int] = {}
    for term, topic in zip(terms, topics, strict=True):
        for form in matching.forms(term):
            said = [_spelt(atom.lstrip("=").lower(), words) for atom in form]
            if np.prod([float(len(one)) for one in said]) <= 10_000:
                for phrase in _product(said):
                    found.setdefault(phrase, topic)
    return list(found.items())


def _spelt(atom: str, words: list[str]) -> list[str]:
    if not set(atom) & {"*", "?"}:
        return [atom]
    if atom.endswith("*") and not set(atom[:-1]) & {"*", "?"}:
        first = bisect.bisect_left(words, atom[:-1])
        return words[first : bisect.bisect_left(words, atom[:-1] + "\U0010ffff")]
    pattern = re.compile(re.escape(atom).replace(r"\*", ".*").replace(r"\?", "."))
    return [word for word in words if pattern.fullmatch(word)]


def _product(said: list[list[str]]) -> list[str]:
    phrases = [""]
    for words in said:
        phrases = [f"{phrase} {word}".strip() for phrase in phrases for word in words]
    return phrases


def _table(task: Task, counted: list[tuple[int, int]], n_texts: int) -> np.ndarray:
    """Counts from pairs of text and topic."""
    pairs = np.array(counted, np.int64).reshape(-1, 2)
    pairs = pairs[pairs[:, 1] >= 0]
    return np.bincount(pairs[:, 0] * task.n_topics + pairs[:, 1], minlength=n_texts * task.n_topics).reshape(
        n_texts, task.n_topics
    )


def ours(task: Task, core: str | None = None) -> Coder:
    coder, topics = engine.Engine(task.terms, core=core), np.array(task.topics)

    def code(texts: Sequence[str]) -> np.ndarray:
        hits = coder.hits(texts)
        topic = topics[hits.term]
        cell = (hits.text * task.n_topics + topic)[topic >= 0]
        return np.bincount(cell, minlength=len(texts) * task.n_topics).reshape(-1, task.n_topics)

    return code


def reference(task: Task) -> Coder:
    matcher = matching.Matcher(task.terms)
    return lambda texts: _table(task, [(m.text, task.topics[m.term]) for m in matcher(texts)], len(texts))


def spacy(task: Task) -> Coder:
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for topic in sorted({topic for _, topic in task.phrases}):
        own = [phrase for phrase, t in task.phrases if t == topic]
        matcher.add(str(topic), list(nlp.tokenizer.pipe(own)))

    def code(texts: Sequence[str]) -> np.ndarray:
        return _table(
            task,
            [
                (number, int(span.label_))
                for number, doc in enumerate(nlp.pipe(texts))
                for span in filter_spans(matcher(doc, as_spans=True))
            ],
            len(texts),
        )

    return code


def nltk(task: Task) -> Coder:
    from nltk.tokenize import MWETokenizer, RegexpTokenizer

    split = RegexpTokenizer(r"\w+").tokenize
    join = MWETokenizer([tuple(split(p)) for p, _ in task.phrases], separator=" ").tokenize
    topics = {" ".join(split(phrase)): topic for phrase, topic in task.phrases}

    def code(texts: Sequence[str]) -> np.ndarray:
        return _table(
            task,
            [
                (number, topics[word])
                for number, text in enumerate(texts)
                for word in join(split(text.lower()))
                if word in topics
            ],
            len(texts),
        )

    return code


def flashtext(task: Task) -> Coder:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for phrase, topic in task.phrases:
        processor.add_keyword(phrase, (topic,))

    def code(texts: Sequence[str]) -> np.ndarray:
        return _table(
            task,
            [(number, topic) for number, text in enumerate(texts) for (topic,) in processor.extract_keywords(text)],
            len(texts),
        )

    return code


def count_vectorizer(task: Task) -> Coder:
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    topics = {" ".join(WORD.findall(phrase)): topic for phrase, topic in task.phrases}
    words = sorted(topics)
    vectorizer = CountVectorizer(
        vocabulary=words, token_pattern=r"\w+", ngram_range=(1, max(len(phrase.split()) for phrase in words))
    )
    counted = [(row, topics[phrase]) for row, phrase in enumerate(words) if topics[phrase] >= 0]
    rows, columns = np.array(counted).T
    to_topics = csr_array((np.ones(rows.size, np.int64), (rows, columns)), shape=(len(words), task.n_topics))
    return lambda texts: (vectorizer.transform(texts) @ to_topics).toarray()


def ahocorasick(task: Task) -> Coder:
    """The longest literal piece of every form is searched for; a regular expression checks the rest."""
    from ahocorasick_rs import AhoCorasick

    by_literal: dict[str, list[tuple[int, int, re.Pattern[str] | None, str]]] = {}
    for row, term in enumerate(task.terms):
        for form in matching.forms(term):
            phrase = " ".join(form)
            literal = max(re.split(r"[*?]", phrase.replace("=", "").casefold()), key=len)
            simple = phrase.replace("=", "").casefold() in (literal, literal + "*")
            check = None if simple and "=" not in phrase else _checking(form)
            before = phrase.replace("=", "").casefold().index(literal)
            by_literal.setdefault(literal.strip(), []).append(
                (row, phrase[:before].count(" ") if before else 0, check, "*" if phrase.endswith("*") else "")
            )
    literals = list(by_literal)
    automaton, kinds = AhoCorasick(literals), list(by_literal.values())
    topics = task.topics

    def code(texts: Sequence[str]) -> np.ndarray:
        counted: list[tuple[int, int]] = []
        for number, text in enumerate(texts):
            text = text.replace("-", " ").replace("’", "'")
            folded = text.casefold()
            exact = text if len(text) == len(folded) else folded
            found = []
            for kind, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
                for row, words_before, check, wild in kinds[kind]:
                    if check is None:
                        if start and folded[start - 1].isalnum():
                            continue
                        if end < len(folded) and folded[end].isalnum():
                            if not wild:
                                continue
                            last = WORD.match(folded, end).end()
                        else:
                            last = end
                        found.append((start, last, row))
                    elif match := check.match(exact, _back(folded, start, words_before)):
                        found.append((match.start(), match.end(), row))
            if found:
                counted += [(number, topics[row]) for row in _longest(found, folded)]
        return _table(task, counted, len(texts))

    return code


def _checking(form: Sequence[str]) -> re.Pattern[str]:
    parts = []
    for atom in form:
        word = re.escape(atom.removeprefix("=")).replace(r"\*", r"\w*").replace(r"\?", r"\w")
        parts.append(word + ("s?" if atom.isupper() else "") if atom.startswith("=") else f"(?i:{word})")
    return re.compile(r"\b" + " ".join(parts) + r"\b")


def _back(text: str, start: int, words: int) -> int:
    """Where the word begins that stands so many words before the one at `start`."""
    at = text.rfind(" ", 0, start) + 1
    for _ in range(words):
        at = text.rfind(" ", 0, max(0, at - 1)) + 1
    return at


def _longest(found: list[tuple[int, int, int]], text: str) -> list[int]:
    found.sort()
    if all(a[1] <= b[0] for a, b in zip(found, found[1:], strict=False)):
        return [row for _, _, row in found]
    sized = [(first, last, row, text.count(" ", first, last)) for first, last, row in dict.fromkeys(found)]
    sized.sort(key=lambda span: (-span[3], span[0]))
    kept: list[tuple[int, int]] = []
    rows = []
    for first, last, row, _ in sized:
        if all(last <= a or b <= first or (a, b) == (first, last) for a, b in kept):
            kept.append((first, last))
            rows.append(row)
    return rows


PEERS = [
    Peer("necdata", engine.core_named("").__module__, ours),
    Peer("necdata, numpy only", "necdata.coding.engine.arrays", partial(ours, core="numpy")),
    Peer("ahocorasick-rs and checks", "ahocorasick_rs", ahocorasick, "accents, some variants of spelling"),
    Peer("spaCy PhraseMatcher", "spacy.matcher", spacy, "wildcards, capitals, variants, accents"),
    Peer(
        "NLTK MWETokenizer", "nltk.tokenize", nltk, "wildcards, capitals, accents; not the longest but the first match"
    ),
    Peer(
        "flashtext",
        "flashtext",
        flashtext,
        "wildcards, capitals, variants, accents; not the longest but the first match",
    ),
    Peer(
        "CountVectorizer",
        "sklearn.feature_extraction.text",
        count_vectorizer,
        "wildcards, capitals, accents, longest match",
    ),
]
