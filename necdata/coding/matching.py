"""Find a codebook's terms in texts: whole words, wildcards, phrases; the longest match wins.

A term is written as it is read. ``council tax`` is a phrase, ``canvass*`` a wildcard (``*`` stands
for any letters, alone for any one word), ``by-election`` matches by-election, by election and
byelection. Words in capitals (``EHRC``) and words marked ``=`` (``=Unite``) match with their
capitals only; everything else matches in any case. Accents, curly or straight apostrophes make no
difference; ``labour`` matches Labour's as well, ``women's`` the possessive only. A phrase does not
reach across punctuation other than hyphens, slashes, ampersands and quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple, Protocol

APOSTROPHES = "'’‘ʼ`´"
HYPHENS = "-‐‑‒–"
LETTER = "[^\\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*"
WORD = re.compile(f"(?:{LETTER})+(?:[{APOSTROPHES}](?:{LETTER})+)*")
GLOB = re.compile(f"[=*?]*(?:(?:{LETTER}|[*?])+(?:[{APOSTROPHES}](?:{LETTER}|[*?])+)*|\\*)")
# Most terms: each word stands for itself, "council tax*". Numbers alone count as capitals.
PLAIN_TERM = re.compile(r"(?=[^a-z]*[a-z])[a-z0-9]+\*?(?: [a-z0-9]+\*?)*")
JOINING = re.compile(f'[\\s{re.escape(HYPHENS)}/&+{APOSTROPHES}"“”]*')
MOST_FORMS = 1024
"""Spellings that a term may have: ten hyphens, of which each parts or joins."""
STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")


class Match(NamedTuple):
    """One occurrence: text number, row of ``codebook.terms``, first and last character + 1."""

    text: int
    term: int
    start: int
    end: int


class Token(NamedTuple):
    """A word of a text, and whether a phrase may reach it from the word before."""

    start: int
    end: int
    word: str
    joined: bool


class HasTerms(Protocol):
    """Whatever has dataframes ``terms`` (topic, term) and ``topics`` (key, scope): a Codebook."""

    @property
    def terms(self) -> Any: ...

    @property
    def topics(self) -> Any: ...


def plain(word: str) -> str:
    """Strip accents and straighten apostrophes, keep capitals: "Café’s" => "Cafe's"."""
    if word.isascii():
        return word.replace("`", "'")
    word = unicodedata.normalize("NFKD", INVISIBLE.sub("", word))
    word = "".join(c for c in word if not unicodedata.combining(c))
    return word.translate(STRAIGHT)


def spellings_of(word: str) -> tuple[str, ...]:
    """A word as it stands and without a possessive 's: "Women's" => ("Women's", "Women")."""
    return (word, word[:-2]) if word.endswith(("'s", "'S")) and len(word) > 2 else (word,)


def chunk_tokens(chunk: str) -> list[Token]:
    """Tokens of one run of characters without spaces; ``joined`` tells of the marks before each."""
    found, last = [], 0
    for match in WORD.finditer(chunk):
        between = chunk[last : match.start()]
        found.append(Token(match.start(), match.end(), plain(match.group()), JOINING.fullmatch(between) is not None))
        last = match.end()
    return found


def breaks_after(chunk: str) -> bool:
    """Whether the marks that end a chunk end a phrase too; a chunk of dashes alone does."""
    ends = [match.end() for match in WORD.finditer(chunk)]
    tail = chunk[ends[-1] :] if ends else chunk
    if not ends and any(c in HYPHENS + "—" for c in tail):
        return True
    return JOINING.fullmatch(tail) is None


def forms(term: str) -> list[tuple[str, ...]]:
    """Sequences of words that a term stands for: "by-election*" => (by, election*), (byelection*).

    Raises ValueError for a term without a letter or digit, and for one with hyphens for more than MOST_FORMS spellings.
    """
    return list(_forms(term))


@lru_cache(maxsize=1 << 14)
def _forms(term: str) -> tuple[tuple[str, ...], ...]:
    if PLAIN_TERM.fullmatch(term):
        return (tuple(term.split(" ")),)
    exact = len(re.sub(r"[\W\d_]", "", term)) > 1 and term.upper() == term
    words: list[list[tuple[str, ...]]] = []
    gaps = 0  # that hyphens part or join
    for chunk in term.split():
        parts = [part.group() for part in GLOB.finditer(chunk)]
        if not parts:
            continue
        parts = [_atom(part, exact) for part in parts]
        hyphened = len(parts) > 1 and any(h in chunk for h in HYPHENS)
        gaps += (len(parts) - 1) * hyphened
        if 2**gaps > MOST_FORMS:
            raise ValueError(f"the term {_short(term)!r} has too many hyphens; write it as several terms")
        words.append(_spellings(parts) if hyphened else [tuple(parts)])
    if not any(c.isalnum() for c in term):
        raise ValueError(f"the term {_short(term)!r} has no letter or digit; write a word or a phrase")
    return tuple(tuple(word for part in choice for word in part) for choice in product(*words))


def _short(term: str) -> str:
    return term if len(term) <= 60 else term[:60] + "…"


def _atom(part: str, exact: bool) -> str:
    """A word of a term as it is compared: with its capitals (marked =) or folded."""
    marked, part = part.startswith("="), part.lstrip("=")
    word = plain(part)
    letters = [c for c in word if c.isalpha()]
    if marked or exact or (len(letters) > 1 and all(c.isupper() for c in letters)):
        return "=" + word
    return word.casefold()


def _spellings(parts: list[str]) -> list[tuple[str, ...]]:
    """Every way to part or join hyphened words: [by, election] => (by, election), (byelection,)."""
    found = []
    for gaps in product((True, False), repeat=len(parts) - 1):
        words = [parts[0]]
        for part, gap in zip(parts[1:], gaps, strict=True):
            if gap:
                words.append(part)
            else:
                words[-1] += part.removeprefix("=")
        found.append(tuple(words))
    return found


def matches_word(atom: str, word: str) -> bool:
    """Whether one word of a term matches one word of a text, without any index (slow)."""
    exact, pattern = atom.startswith("="), _glob(atom.removeprefix("="))
    for form in spellings_of(word):
        if pattern.fullmatch(form if exact else form.casefold()):
            return True
        if exact and atom.isupper() and form.endswith("s") and pattern.fullmatch(form[:-1]):
            return True
    return False


def _glob(pattern: str) -> re.Pattern[str]:
    """Compile a wildcard; what stands between two stars is sought once and for all, so that stars do not multiply."""
    first, *rest = ("".join("." if c == "?" else re.escape(c) for c in part) for part in re.split(r"\*+", pattern))
    between = "".join(f"(?>.*?{part})" for part in rest[:-1])
    return re.compile(first + between + ("" if not rest else ".*" + rest[-1]))


class Words:
    """The words of terms, numbered, and an index of those that a word of a text matches.

    ``any_word`` is the number of the word ``*`` (-1 where no term has it).
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.any_word = -1
        self._whole: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        # Lengths of the stems that begin with these letters (three, or all there are)
        self._lengths: dict[str, list[int]] = {}
        self._globs: list[tuple[re.Pattern[str], int, bool]] = []
        self._any_glob: dict[bool, re.Pattern[str]] = {}

    def add(self, atom: str) -> int:
        """The number of a word of a term, entered in the index that finds it."""
        if atom in self.numbers:
            return self.numbers[atom]
        number = self.numbers[atom] = len(self.numbers)
        if "*" not in atom and "?" not in atom:
            self._whole.setdefault(atom, []).append(number)
            if atom.startswith("=") and atom.isupper():
                self._whole.setdefault(atom + "s", []).append(number)
        elif atom.endswith("*") and len(atom) > 1 and not set("=*?") & set(atom[:-1]):
            self._stems.setdefault(atom[:-1], []).append(number)
            start = atom[:-1][:3]
            self._lengths[start] = sorted({*self._lengths.get(start, ()), len(atom) - 1})
        elif atom == "*":
            self.any_word = number
        else:
            self._add_glob(atom, number)
        return number

    def _add_glob(self, atom: str, number: int) -> None:
        exact, pattern = atom.startswith("="), atom.removeprefix("=")
        self._globs.append((_glob(pattern), number, exact))
        if exact and pattern.isupper():
            self._globs.append((_glob(pattern + "s"), number, True))
        self._any_glob[exact] = re.compile("|".join(p.pattern for p, _, e in self._globs if e == exact))

    def matched_by(self, word: str) -> tuple[int, ...]:
        """Numbers of the words of terms that a plain word of a text matches."""
        found: list[int] = [self.any_word] if self.any_word >= 0 else []
        for form in spellings_of(word):
            folded = form.casefold()
            found += [*self._whole.get(folded, ()), *self._whole.get("=" + form, ())]
            for start in (folded[:1], folded[:2], folded[:3]):
                for length in self._lengths.get(start, ()):
                    found += self._stems.get(folded[:length], ())
            if self._globs:
                found += self._matched_globs(form, folded)
        return tuple(dict.fromkeys(found))

    def _matched_globs(self, form: str, folded: str) -> list[int]:
        if not any(pattern.fullmatch(form if exact else folded) for exact, pattern in self._any_glob.items()):
            return []
        return [number for pattern, number, exact in self._globs if pattern.fullmatch(form if exact else folded)]


class Matcher:
    """The plain way to find terms: each distinct word is looked up once, phrases in a trie.

    ``scopes`` gives each term a scope; only terms of one scope compete for the same words.
    ``engine.Engine`` finds the same in many texts, sooner.
    """

    def __init__(self, terms: Sequence[str], scopes: Sequence[str] | None = None) -> None:
        self._scopes = list(scopes) if scopes is not None else [""] * len(terms)
        self._vocabulary = Words()
        self._trie: dict[Any, Any] = {}
        self._types: dict[str, tuple[tuple[int, int, tuple[int, ...], bool], ...]] = {}
        self._ends: dict[str, bool] = {}
        for row, term in enumerate(terms):
            for words in forms(term):
                node = self._trie
                for word in words:
                    node = node.setdefault(self._vocabulary.add(word), {})
                node.setdefault(None, []).append(row)

    def _words(self, text: str) -> list[tuple[int, int, tuple[int, ...], bool]]:
        """(start, end, numbers of term words, joined to the word before) of each word of a text."""
        found: list[tuple[int, int, tuple[int, ...], bool]] = []
        broken = False
        for chunk in re.finditer(r"\S+", text):
            key, offset = chunk.group(), chunk.start()
            if key not in self._types:
                self._types[key] = tuple(
                    (t.start, t.end, self._vocabulary.matched_by(t.word), t.joined) for t in chunk_tokens(key)
                )
                self._ends[key] = breaks_after(key)
            for start, end, atoms, joined in self._types[key]:
                found.append((start + offset, end + offset, atoms, joined and not broken))
                broken = False
            broken = broken or self._ends[key]
        return found

    def _candidates(self, words: list[tuple[int, int, tuple[int, ...], bool]]) -> Iterator[tuple[int, int, list[int]]]:
        """(first word, last word + 1, rows) of every match, before the longest are chosen."""
        for first, (_, _, atoms, _) in enumerate(words):
            nodes = [self._trie[a] for a in atoms if a in self._trie]
            last = first
            while nodes:
                rows = [row for node in nodes for row in node.get(None, ())]
                if rows:
                    yield first, last + 1, rows
                last += 1
                if last == len(words) or not words[last][3]:
                    break
                nodes = [n[a] for n in nodes for a in words[last][2] if a in n]

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(row of the terms, start, end) of the matches in one text, in the order of the text."""
        words = self._words(text)
        rivals: dict[str, list[tuple[int, int, int]]] = {}
        for first, last, rows in self._candidates(words):
            for row in rows:
                rivals.setdefault(self._scopes[row], []).append((first, last, row))
        chosen = {hit for candidates in rivals.values() for hit in longest(candidates)}
        return [(row, words[first][0], words[last - 1][1]) for first, last, row in sorted(chosen)]

    def __call__(self, texts: Iterable[str]) -> list[Match]:
        """Matches in many texts, one row per text number, term, and place."""
        return [Match(number, *found) for number, text in enumerate(texts) for found in self.find(text)]


def longest(candidates: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of (first, last + 1, row) that overlap, those of the span of most words, then the first."""
    spans: dict[tuple[int, int], list[int]] = {}
    for first, last, row in candidates:
        spans.setdefault((first, last), []).append(row)
    taken: set[int] = set()
    chosen = []
    for first, last in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            chosen += [(first, last, row) for row in spans[first, last]]
    return chosen


def compile(codebook: HasTerms) -> Matcher:
    """The matcher of a codebook; ``Match.term`` counts the rows of ``codebook.terms`` from 0."""
    scope = dict(zip(codebook.topics["key"], codebook.topics["scope"], strict=True))
    return Matcher(list(codebook.terms["term"]), [scope[t] for t in codebook.terms["topic"]])
