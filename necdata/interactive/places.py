"""The lines behind an answer: where in which page the words stand that made a passage count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd

from necdata.coding import matching
from necdata.corpus import Corpus
from necdata.interactive.exploring import KIND, TERM, Question, counted, hits_of

KEPT = 'style="text-align:left;white-space:nowrap"'
MARK = "background:#ffe28a;color:#1f1f1f"
SIDES = ("left", "left", "right", "center", "left", "left")
LINES = ["meeting_id", "start", "about", "left", "keyword", "right", "file", "line", "passage_id"]


def lines(corpus: Corpus, question: Question, width: int = 70) -> pd.DataFrame:
    """List the places behind a question, in the order of meetings: what matched, in its context, with file and line.

    Columns: meeting_id, start, about (name), left, keyword, right (`width` characters to each side), file, line,
    passage_id. Without the text keyword is the codebook's terms that matched, left and right are empty, and typed terms
    have no places.
    """
    found = counted(corpus, question)
    kept = found.kept
    sought = list(_sought(kept, question, found.names))
    if kept.has_text:
        bodies = [(passage, about, str(kept.text[passage]), terms) for passage, about, terms in sought]
        rows = [
            (passage, about, *_context(body, start, end, width))
            for passage, about, body, terms in bodies
            for start, end in _places(body, terms)
        ]
    else:
        rows = [(passage, about, "", "; ".join(terms), "") for passage, about, terms in sought]
    frame = pd.DataFrame(rows, columns=["passage_id", "about", "left", "keyword", "right"], dtype="str")
    where = kept.passages[["passage_id", "meeting_id", "page_id", "line"]]
    frame = frame.merge(where, on="passage_id").merge(kept.meetings[["meeting_id", "start"]], on="meeting_id")
    frame = frame.assign(file=frame["page_id"].map(kept.pages.set_index("page_id")["file"]))
    return frame.sort_values(["start", "meeting_id", "passage_id"], kind="stable")[LINES].reset_index(drop=True)


def _sought(corpus: Corpus, question: Question, names: dict[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    """Give each passage behind a question, what it is about and the terms to find in it."""
    codings = [corpus.codings[corpus.codings["topic"].isin(list(question.topics))]]
    if question.kinds and corpus.has_text:
        codings.append(_kind_codings(corpus, question.kinds))
    for coding in pd.concat(codings, ignore_index=True).itertuples(index=False):
        terms = [term for term in str(coding.terms).split("; ") if term and term != "nan"]
        yield str(coding.passage_id), names[str(coding.topic)], terms
    for term in question.terms if corpus.has_text else ():
        passages = dict.fromkeys(passage for passage, _, _ in hits_of(corpus, [term]))
        yield from ((passage, names[TERM + term], [term]) for passage in passages)


def _kind_codings(corpus: Corpus, kinds: Sequence[str]) -> pd.DataFrame:
    """Code the passages by the second codebook again: its codings are kept by meeting only."""
    from necdata.coding import codebook
    from necdata.coding.topics import ANY_HIT, code

    headed = corpus.passages.merge(corpus.sections[["section_id", "heading"]], on="section_id", how="left")
    found, _ = code(headed.assign(text=headed["passage_id"].map(corpus.text)), codebook.load("election_kinds"), ANY_HIT)
    found = found[found["topic"].isin(list(kinds))]
    return found.assign(topic=KIND + found["topic"].astype("str"))


def _places(body: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in matching.Matcher(list(terms)).find(body)] if terms else []


def _context(body: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    left, keyword, right = (" ".join(part.split()) for part in (body[:start], body[start:end], body[end:]))
    left += " " if body[:start][-1:].isspace() else ""
    right = (" " if body[end:][:1].isspace() else "") + right
    return _tail(left, width), keyword, _tail(right[::-1], width)[::-1]


def _tail(text: str, width: int) -> str:
    """Keep the end of a text in whole words: ("the general secretary ", 12) => "…secretary "."""
    if len(text) <= width:
        return text
    _, space, rest = text[-width - 1 :].partition(" ")
    return f"…{rest}" if space and rest.strip() else f"…{text[-width:]}"


def concordance(corpus: Corpus, question: Question, most: int = 40) -> str:
    """Write the places behind a question as an HTML table, the matched terms marked, each with its page and line."""
    found = lines(corpus, question)
    rows = "\n".join(
        f'<tr style="vertical-align:baseline"><td {KEPT}>{row.start:%Y-%m-%d}</td>'
        f"<td {KEPT}>{escape(str(row.about))}</td>"
        f'<td style="text-align:right">{escape(str(row.left))}</td>'
        f'<td style="text-align:center"><mark style="{MARK}">{escape(str(row.keyword))}</mark></td>'
        f'<td style="text-align:left">{escape(str(row.right))}</td>'
        f"<td {KEPT}>{escape(str(row.file))}, line {row.line}</td></tr>"
        for row in found.head(most).itertuples(index=False)
    )
    heads = "".join(
        f'<th scope="col" style="text-align:{side}">{word}</th>'
        for word, side in zip(("Meeting", "About", "", "Matched", "", "Page and line"), SIDES, strict=True)
    )
    shown = f"{min(most, len(found))} of {len(found)} places."
    if not corpus.has_text:
        shown += (
            " The reports' words are not here: put the pages into raw/ (`necdata add FILE...`), then `necdata build`."
        )
    return (
        f'<table class="concordance mathjax_ignore" style="font-size:13px;line-height:1.35;margin:0">'
        f'<caption style="text-align:left">{escape(shown)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
