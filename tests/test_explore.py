"""Concordance, runs of words over time, and the lines behind a figure."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from necdata.counting.explore import kwic, ngrams, why
from necdata.counting.words import ngram_counts, word_counts, words

TEXT = pd.Series(
    {
        "p1": "The treasurer, as ever, set out the budget and the Budget’s limits.",
        "p2": "Canvassing began. The NPF met; npf is not a name. A by-election - budget talks.",
        "p3": "Budget talks again, and budget talks for ever.",
        "p4": "Budget talks in a post that reports no meeting.",
    }
)


@pytest.fixture
def corpus() -> SimpleNamespace:
    """Three passages about two meetings, and one about none."""
    passages = pd.DataFrame(
        {
            "passage_id": ["p1", "p2", "p3", "p4"],
            "post_id": ["q1", "q1", "q2", "q3"],
            "section_id": ["s1", "s2", "s3", "s4"],
            "meeting_id": ["m2", "m2", "m1", None],
            "page_id": ["g", "g", "h", "h"],
            "line": [3, 9, 4, 8],
            "n_words": [12, 15, 8, 9],
        }
    )
    meetings = pd.DataFrame(
        {
            "meeting_id": ["m2", "m1"],
            "leader": ["New", "Old"],
            "start": pd.to_datetime(["2021-03-01", "2019-07-01"]),
            "end": pd.to_datetime(["2021-03-01", "2020-02-01"]),
            "n_words": [27, 8],
        }
    )
    codings = pd.DataFrame(
        {"passage_id": ["p2", "p3", "p1", "p4"], "topic": "finance", "n_hits": [1, 2, 2, 1], "terms": "budget"}
    )
    mentions = pd.DataFrame({"passage_id": ["p2"], "topic": ["rules"], "n_hits": [1], "terms": ["NPF"]})
    posts = pd.DataFrame({"post_id": ["q1", "q2", "q3"], "author": ["Bell", "Cole", "Cole"], "url": ["u1", "u2", "u3"]})
    sections = pd.DataFrame({"section_id": ["s1", "s2", "s3", "s4"], "heading": ["Money", "Votes", None, None]})
    topics = pd.DataFrame(
        {
            "meeting_id": ["m2", "m1", "m2", "m1"],
            "topic": ["finance", "finance", "rules", "rules"],
            "n_passages": [2, 1, 0, 0],
            "n_hits": [3, 2, 0, 0],
        }
    )
    return SimpleNamespace(
        passages=passages,
        meetings=meetings,
        codings=codings,
        posts=posts,
        mentions=mentions,
        sections=sections,
        topics=topics,
        text=TEXT,
        has_text=True,
    )


def lines(corpus, term: str, **more) -> pd.DataFrame:
    return kwic(TEXT, corpus.passages, corpus.meetings, term, **more)


def test_kwic_finds_every_place_in_the_order_of_meetings(corpus):
    """Earlier meetings first; any case; a possessive is the word; no meeting comes last."""
    found = lines(corpus, "budget")
    assert found["keyword"].to_list() == ["Budget", "budget", "budget", "Budget’s", "budget", "Budget"]
    assert found["meeting_id"].to_list()[:5] == ["m1", "m1", "m2", "m2", "m2"]
    assert found.loc[2, ["page_id", "line", "passage_id"]].to_list() == ["g", 3, "p1"]


def test_kwic_cuts_the_context_at_the_width(corpus):
    """Left, keyword and right are the text again; each side is `width` long at most."""
    found = lines(corpus, "treasurer", width=6).iloc[0]
    assert (found["left"], found["keyword"], found["right"]) == ("The ", "treasurer", ", as e")
    assert lines(corpus, "limits", width=5).iloc[0]["left"] == "et’s "
    whole = lines(corpus, "set out", width=200).iloc[0]
    assert whole["left"] + whole["keyword"] + whole["right"] == TEXT["p1"]


def test_kwic_reads_terms_as_the_codebook_does(corpus):
    """Wildcards, phrases, capitals only in capitals; nothing found is an empty frame."""
    assert lines(corpus, "canvass*")["keyword"].to_list() == ["Canvassing"]
    assert lines(corpus, "NPF")["keyword"].to_list() == ["NPF"]
    assert len(lines(corpus, "budget talks")) == 4
    nothing = lines(corpus, "spending")
    assert nothing.empty and list(nothing.columns) == list(lines(corpus, "NPF").columns)


def test_word_counts_are_by_meeting_in_the_form_of_the_table_terms(corpus):
    """Passages of no meeting do not count; words are folded."""
    found = word_counts(TEXT, corpus.passages).set_index(["meeting_id", "term"])["n"]
    assert found["m1", "budget"] == 2 and found["m2", "budget"] == 3 and found["m2", "npf"] == 2
    assert set(found.index.get_level_values(0)) == {"m1", "m2"}


def test_words_are_those_that_n_words_counts():
    """Hyphens join, a possessive is dropped, case does not matter."""
    assert words("The NEC’s by-law, and don’t") == ["the", "nec", "by-law", "and", "don't"]


def test_runs_stop_at_marks_and_passages(corpus):
    """No run reaches over a comma, a full stop, a lone dash or into the next passage."""
    found = set(ngram_counts(TEXT, corpus.passages)["term"])
    assert {"budget talks", "a by-election", "the budget"} <= found
    assert not {"treasurer as", "began the", "by-election budget", "limits canvassing"} & found
    assert "the budget" not in set(ngram_counts(TEXT, corpus.passages, 2, {"the"})["term"])
    assert "budget talks for" in set(ngram_counts(TEXT, corpus.passages, 3)["term"])
    with pytest.raises(ValueError, match="at least one"):
        ngram_counts(TEXT, corpus.passages, 0)


def test_ngrams_over_meetings_are_rates_with_zeros(corpus):
    """Twice in 8 words is 250 per 1,000; a meeting where it is not said has a zero row."""
    found = ngrams(TEXT, corpus.passages, corpus.meetings, 2, by="meeting_id", top=2)
    rows = found.set_index(["meeting_id", "term"])
    assert rows.loc[("m1", "budget talks"), "per_1000_words"] == 250
    assert rows.loc[("m2", "budget talks"), ["n", "n_words", "n_meetings"]].to_list() == [1, 27, 1]
    other = [term for term in found["term"].unique() if term != "budget talks"][0]
    assert rows.loc[("m1", other), "n"] == 0 or rows.loc[("m2", other), "n"] == 0
    assert len(found) == 4


def test_ngrams_by_year_leave_out_meetings_that_span_two(corpus):
    """m1 lies between July 2019 and February 2020: it has no year."""
    found = ngrams(TEXT, corpus.passages, corpus.meetings, of=["canvass*", "moon"])
    assert found["year"].to_list() == [2021, 2021]
    assert found["n"].to_list() == [1, 0]
    assert found["per_1000_words"].iloc[0] == pytest.approx(1000 / 27)


def test_ngrams_count_words_of_passages_whose_text_is_there(corpus):
    """Without the text of p2 the second meeting has 12 words, not 27."""
    found = ngrams(TEXT.drop("p2"), corpus.passages, corpus.meetings, of=["budget"], by="leader")
    assert found.set_index("leader")["n_words"].to_dict() == {"New": 12, "Old": 8}


def test_why_gives_the_passages_that_a_figure_counts(corpus):
    """As many rows as n_passages, as many hits as n_hits, with page, line and heading."""
    for meeting in ("m1", "m2"):
        rows = why(corpus, meeting=meeting, topic="finance")
        figure = corpus.topics[(corpus.topics["meeting_id"] == meeting) & (corpus.topics["topic"] == "finance")].iloc[0]
        assert (len(rows), rows["n_hits"].sum()) == (figure["n_passages"], figure["n_hits"])
    first = rows.iloc[0]
    assert first[["page_id", "line", "heading", "author", "url", "terms"]].to_list() == [
        "g",
        3,
        "Money",
        "Bell",
        "u1",
        "budget",
    ]
    assert first["text"] == TEXT["p1"]


def test_why_takes_a_meeting_or_a_topic_and_shows_mentions_on_request(corpus):
    """A topic over all meetings in order; mentions are marked as not about it."""
    assert why(corpus, topic="finance")["meeting_id"].to_list() == ["m1", "m2", "m2"]
    assert why(corpus, topic="rules").empty
    named = why(corpus, meeting="m2", mentions=True)
    assert named[["topic", "about"]].to_numpy().tolist() == [["finance", True], ["finance", True], ["rules", False]]
    with pytest.raises(ValueError, match="which figure"):
        why(corpus)
    with pytest.raises(ValueError, match="'m9'"):
        why(corpus, meeting="m9")
    with pytest.raises(ValueError, match="'space'"):
        why(corpus, topic="space")


def test_why_works_without_the_text(corpus):
    """A fresh clone has no text: everything else is there, and the text is missing."""
    del corpus.text
    corpus.has_text = False
    found = why(corpus, meeting="m1")
    assert found["text"].isna().all() and found["line"].to_list() == [4]
