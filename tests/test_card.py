"""The validation card: how right the coding is, under charts and in sentences; words to show for stems."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import necdata
from necdata.corpus import Corpus
from necdata.interactive import exploring
from necdata.interactive.exploring import Question
from necdata.publishing import card, forms, gallery


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The shipped tables, without their text."""
    return necdata.load()


class Scored(Corpus):
    """The shipped tables with scores of two topics of our own."""

    validation = pd.DataFrame(
        {
            "topic": ["elections", "health", "micro"],
            "n": [4, 0, 4],
            "precision": [0.8, float("nan"), 0.8],
            "recall": [0.5, float("nan"), 0.5],
            "f1": [0.615, float("nan"), 0.615],
            "f1_low": [0.3, float("nan"), 0.3],
            "f1_high": [0.9, float("nan"), 0.9],
            "n_passages": [40, 40, 40],
        }
    )  # type: ignore[assignment]


def test_the_card_under_a_chart_is_computed_from_the_validation(shipped: Corpus) -> None:
    """Of one topic its own figures, of several those of all; a topic without a passage says so."""
    corpus = Scored(shipped.folder)
    sample = "on the 40 hand-coded passages that the terms were tuned on"
    assert card.under_chart(corpus) == f"Codings (what passages are about): F1 0.61 {sample}"
    one = card.under_chart(corpus, ["elections"], card.HITS)
    assert one == f"{card.HITS}: F1 0.61 (95% interval 0.30 to 0.90) {sample}"
    assert "this topic is in none of the 40" in card.under_chart(corpus, ["health"])


def test_the_card_in_words_names_precision_and_recall_of_each_topic(shipped: Corpus) -> None:
    """Topics that no hand-coded passage is about are named as such."""
    words = card.in_words(Scored(shipped.folder), ["elections", "health"])
    assert "against 40 passages" in words and "“Public elections” 0.80 and 0.50 (4)" in words
    assert "Not one of them is about “Health”." in words and "less right elsewhere" in words
    assert "Not one of 40 passages coded by hand" in card.in_words(Scored(shipped.folder), ["health"])


def test_another_codebook_is_not_vouched_for(shipped: Corpus) -> None:
    """Scores of the shipped codebook say nothing of tables coded with another."""

    class Other(Corpus):
        codebooks = [{**shipped.codebooks[0], "version": "0.0.1"}, *shipped.codebooks[1:]]  # type: ignore[assignment]

    other = Other(shipped.folder)
    assert "not checked by hand" in card.under_chart(other) and "F1" not in card.under_chart(other)
    assert "has not been checked" in card.in_words(other, ["elections"])


@pytest.mark.parametrize("name", [*gallery.OF_TOPICS, *gallery.OF_ONE_TOPIC])
def test_every_chart_of_topics_carries_the_card(shipped: Corpus, name: str) -> None:
    """The source line says that codings are shown and how right they are; a chart of meetings alone does not."""
    chart = gallery.CHARTS[name](shipped, note="only some")
    f1 = shipped.validation.set_index("topic").loc["elections" if name in gallery.OF_ONE_TOPIC else "micro", "f1"]
    tables = f"necdata codebook {shipped.codebooks[0]['version']}, tables {shipped.digest}"
    assert f"{tables}; only some" in chart.source
    assert f"Codings (what passages are about): F1 {f1:.2f}" in chart.source
    assert "F1" not in gallery.coverage(shipped).source and "F1" not in gallery.election_kinds(shipped).source


def test_the_explorer_says_which_of_the_things_it_shows(shipped: Corpus) -> None:
    """Codings, hits in them, kinds by any hit, terms: each is named."""
    hits = Question(topics=["health"], kinds=["general"], terms=["budget"], view="together", unit="per_1000_words")
    source = exploring.chart(shipped, hits).source
    assert card.HITS in source and card.KINDS in source and "Terms in quotes: every use" in source
    assert card.CODINGS in exploring.chart(shipped, Question(topics=["health"])).source


def test_stems_are_shown_as_words(shipped: Corpus, tmp_path: Path) -> None:
    """The commonest word of headings, titles, names and the codebook; a stem of none of them has a star."""
    found = forms.shown(shipped, ["jeremi", "campaign", "xylophon"])
    assert found == {"jeremi": "jeremy", "campaign": "campaign", "xylophon": "xylophon*"}
    chart = gallery.keyness(shipped)
    assert "jeremy" in set(chart.drawn["word"]) and "jeremi" in set(chart.drawn["term"])
    assert "jeremy" in chart.alt and "jeremi " not in chart.alt
