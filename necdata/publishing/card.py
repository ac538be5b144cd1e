"""How right the coding is, in the few words that stand under a chart and in the sentences of a notebook.

The figures are those of `corpus.validation`: the shipped codebook scored against passages coded by hand
(docs/coding.md). Its terms were improved on these same passages, which the words say too: elsewhere the coding is less
right.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

from necdata.corpus import Corpus
from necdata.publishing.prose import listed, quoted

CODINGS = "Codings (what passages are about)"
KINDS = "Every passage with a term of the kind or phase, not checked by hand"
HITS = "Hits of terms in passages about the topic (codings)"


@cache
def _shipped() -> tuple[str, str]:
    from necdata.coding import codebook

    book = codebook.load()
    return book.name, book.version


def checked(corpus: Corpus) -> bool:
    """Tell whether the shipped validation speaks of the codebook that the tables were coded with."""
    return (corpus.codebooks[0]["name"], corpus.codebooks[0]["version"]) == _shipped()


def under_chart(corpus: Corpus, topics: Sequence[str] = (), shown: str = CODINGS) -> str:
    """Say that a chart shows codings, and how right they are: of a single topic its own figures, else those of all.

    `shown` is CODINGS or HITS: no chart shows `mentions`, passages that only name a topic.
    "Codings (what passages are about): F1 0.94 on the 76 hand-coded passages that the terms were tuned on".
    """
    if not checked(corpus):
        return f"{shown}, with a codebook not checked by hand"
    scores = corpus.validation.set_index("topic")
    size = int(corpus.validation["n_passages"].iloc[0])
    sample = f"the {size} hand-coded passages that the terms were tuned on"
    if len(topics) != 1 or topics[0] not in scores.index:
        return f"{shown}: F1 {scores['f1']['micro']:.2f} on {sample}"
    own = scores.loc[topics[0]]
    if own["n"] == 0:
        return f"{shown}: this topic is in none of {sample}"
    return f"{shown}: F1 {own['f1']:.2f} (95% interval {own['f1_low']:.2f} to {own['f1_high']:.2f}) on {sample}"


def scored(corpus: Corpus, topics: Sequence[str]) -> pd.DataFrame:
    """Give the scores of some topics, in their order: name, n (passages about it), precision, recall (0 to 1)."""
    scores = corpus.validation.set_index("topic").reindex(list(topics))
    named = scores.assign(name=[corpus.topic_names.get(topic, topic) for topic in topics])
    return named.rename_axis("topic").reset_index()[["topic", "name", "n", "precision", "recall"]]


def in_words(corpus: Corpus, topics: Sequence[str]) -> str:
    """Say in two sentences how right the codings of the topics are that a notebook leans on."""
    if not checked(corpus):
        return "The codebook that coded these passages has not been checked against passages coded by hand."
    size = int(corpus.validation["n_passages"].iloc[0])
    table = scored(corpus, topics)
    found = table[table["n"] > 0]
    told = [
        f"{quoted(str(name))} {precision:.2f} and {recall:.2f} ({n:.0f})"
        for name, n, precision, recall in zip(*(found[c] for c in ("name", "n", "precision", "recall")), strict=True)
    ]
    words = f"Precision and recall of the coding, against {size} passages coded by hand (how many are about it): "
    first = words + listed(told) + "." if told else f"Not one of {size} passages coded by hand is about these topics."
    absent = [quoted(name) for name in table.loc[~(table["n"] > 0), "name"]]
    if told and absent:
        first += f" Not one of them is about {' or '.join(absent)}."
    return f"{first} The terms were improved on these very passages: expect the coding to be less right elsewhere."
