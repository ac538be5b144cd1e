"""Ask the corpus: what to show, the chart of it and the table of it. The lines behind are in `places`.

Everything is a function of a corpus and a `Question`, so that what the widgets show can be had in a line of code:
``exploring.chart(corpus, Question(topics=["europe"], view="leaders"))``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from necdata import charts
from necdata.charts import Chart
from necdata.charts.units import unit as unit_of
from necdata.coding import matching
from necdata.corpus import Corpus
from necdata.counting import statistics
from necdata.counting.moving import moving_rates
from necdata.parts import Part, part
from necdata.publishing import card, gallery
from necdata.publishing.readable import Table, table

VIEWS = {
    "meetings": "Meeting by meeting",
    "years": "Year by year",
    "together": "All meetings together",
    "leaders": "Leader by leader",
    "reporters": "Reporter by reporter",
    "distance": "By distance to a general election",
}
UNITS = {
    "share_of_passages": "Share of passages",
    "per_1000_words": "Hits per 1,000 words",
    "share_of_meetings": "Share of meetings",
}
INTERVALS = {"jackknife": "Jackknife", "bca": "Bootstrap (BCa)", "percentile": "Bootstrap (percentile)", "none": "None"}
GROUPS = {"years": "period", "leaders": "leader", "reporters": "reporter"}
LABELS = {
    "name": "About", "low": "95% from", "high": "to", "n_meetings_with": "Meetings with it", "n_meetings": "Meetings",
    "largest_meeting": "Longest account", "period": "Year",
}  # fmt: skip
KIND, TERM = "kind:", "term:"
"""What marks keys of kinds of election and of terms among those of topics; the codebooks share some keys."""


class Question(NamedTuple):
    """What is to be shown: topics and kinds of election by key, terms as in the codebook, of which meetings, and how.

    `view` is a key of VIEWS, `unit` of UNITS, `interval` of INTERVALS.
    """

    topics: Sequence[str] = ("elections",)
    kinds: Sequence[str] = ()
    terms: Sequence[str] = ()
    part: Part = Part()
    view: str = "meetings"
    unit: str = "share_of_passages"
    interval: str = "jackknife"


class Counted(NamedTuple):
    """What a question is about, counted: `topics` as in the corpus, `names` by key, `kept` the meetings' corpus."""

    kept: Corpus
    topics: pd.DataFrame
    names: dict[str, str]


def counted(corpus: Corpus, question: Question) -> Counted:
    """Count the topics, kinds of election and terms of a question, meeting by meeting, zeros included.

    Without the text a term is counted by its word stem, for which there is no share of passages (left missing).
    Raises ValueError, one sentence with the remedy, for a key, name or term that cannot be counted.
    """
    kept = part(corpus, question.part)
    wanted = [
        _coded(kept.topics, question.topics, "", "topic"),
        _coded(kept.election_kinds, question.kinds, KIND, "kind of election"),
        *(_said(kept, term) for term in dict.fromkeys(question.terms)),
    ]
    topics = pd.concat([frame for frame in wanted if len(frame)] or wanted[:1], ignore_index=True)
    if topics.empty:
        raise ValueError("nothing is chosen: choose a topic, a kind of election or a term")
    kinds = {KIND + t["key"]: t["name"] for t in kept.codebooks[1]["topics"]}
    names = {**kept.topic_names, **kinds, **{TERM + term: f"“{term}”" for term in question.terms}}
    return Counted(kept, topics, {key: names.get(key, key) for key in topics["topic"].unique()})


def _coded(frame: pd.DataFrame, keys: Sequence[str], mark: str, what: str) -> pd.DataFrame:
    known = list(dict.fromkeys(frame["topic"].astype(str)))
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise ValueError(f"no {what} is named {', '.join(unknown)}; choose from {', '.join(known)}")
    found = frame[frame["topic"].isin(list(keys))]
    return found.assign(topic=mark + found["topic"].astype("str"))


def _said(corpus: Corpus, term: str) -> pd.DataFrame:
    """Count a term in each meeting: passages and hits where the text is there, else the stems of the table `terms`."""
    meetings = corpus.meetings.set_index("meeting_id")[["n_passages", "n_words"]]
    if corpus.has_text:
        hits = pd.DataFrame(hits_of(corpus, [term]), columns=["passage_id", "start", "end"])
        where = hits.merge(corpus.passages[["passage_id", "meeting_id"]], on="passage_id")
        sizes = where.groupby("meeting_id")["passage_id"].agg(["nunique", "size"])
        found = sizes.reindex(meetings.index, fill_value=0).set_axis(["n_passages", "n_hits"], axis=1)
        share = found["n_passages"] / meetings["n_passages"].where(meetings["n_passages"] > 0)
    else:
        stems = corpus.terms[corpus.terms["term"].isin(_stems(corpus, term))]
        n = stems.groupby("meeting_id")["n"].sum().reindex(meetings.index, fill_value=0)
        found = pd.DataFrame({"n_passages": 0, "n_hits": n})
        share = pd.Series(float("nan"), index=meetings.index)
    rate = found["n_hits"] / meetings["n_words"].where(meetings["n_words"] > 0) * 1000
    return found.assign(topic=TERM + term, share_of_passages=share, per_1000_words=rate).reset_index()


def _stems(corpus: Corpus, term: str) -> list[str]:
    """Give the stems of `terms` that a word stands for: "canvass*" every one that begins so."""
    from nltk.stem.snowball import SnowballStemmer

    word = term.strip().casefold().removeprefix("=")
    if " " in word or "*" in word[:-1]:
        raise ValueError(f"the term {term!r} needs the text, which is not here: give one word, or fill raw/ and build")
    known = corpus.terms["term"].astype(str).unique()
    if word.endswith("*"):
        return [stem for stem in known if stem.startswith(word[:-1])]
    return [stem for stem in known if stem == SnowballStemmer("english").stem(word)]


def hits_of(corpus: Corpus, terms: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Give every place where a term is said in the passages of a corpus: passage_id, first and last character + 1."""
    matcher = matching.Matcher(list(terms))
    told = corpus.passages["passage_id"]
    for passage, body in corpus.text.reindex(told).dropna().items():
        for _, start, end in matcher.find(str(body)):
            yield str(passage), start, end


def rates(question: Question, found: Counted) -> pd.DataFrame:
    """Give the rates that a question asks for, with name: one row per topic and, by view, leader, reporter or year.

    Columns as in `statistics.rates`; no limits where the question asks for no interval. Raises ValueError where the
    unit cannot be had of what is chosen.
    """
    by = GROUPS.get(question.view)
    meetings = _grouped(found.kept, question.view)
    if question.unit == "per_1000_words":
        topics = found.topics
    else:
        topics = found.topics.dropna(subset=["share_of_passages"])
        _require_shares(found.topics, topics, question.unit)
    if question.unit == "share_of_meetings":
        frame = statistics.share_of_meetings(meetings, topics, by)
    else:
        method = "jackknife" if question.interval == "none" else question.interval
        frame = statistics.rates(meetings, topics, by, measure=question.unit, method=method)  # type: ignore[arg-type]
    if question.interval == "none":
        frame = frame.assign(low=float("nan"), high=float("nan"), interval="none: not asked for")
    return frame.assign(name=frame["topic"].map(found.names))


def _require_shares(every: pd.DataFrame, known: pd.DataFrame, unit: str) -> None:
    lost = sorted(set(every["topic"]) - set(known["topic"]))
    if lost:
        words = ", ".join(key.removeprefix(TERM) for key in lost)
        raise ValueError(
            f"{UNITS[unit]} of the term {words} needs the text, which is not here: choose {UNITS['per_1000_words']}"
        )


def _grouped(corpus: Corpus, view: str) -> pd.DataFrame:
    meetings = gallery.reported(corpus)
    if view == "years":
        dated = meetings.dropna(subset=["start"])
        return dated.assign(period=dated["start"].dt.to_period("Y"))
    if view == "leaders":
        known = meetings.dropna(subset=["leader"])
        return known.assign(leader=known["leader"].cat.remove_unused_categories())
    return meetings


def chart(corpus: Corpus, question: Question, **options: Any) -> Chart:
    """Draw the answer to a question; `options` are those of every chart (title, width).

    Raises ValueError, one sentence with the remedy, for a view that cannot show what is chosen.
    """
    if question.view not in VIEWS:
        raise ValueError(f"no view is named {question.view}; choose from {', '.join(VIEWS)}")
    found = counted(corpus, question)
    words = {"names": found.names, "source": _source(found.kept, question), "width": gallery.WIDTH, **options}
    if len(found.names) == 1 and question.view not in ("meetings", "distance"):
        words = {"title": f"{next(iter(found.names.values()))}, {VIEWS[question.view].lower()}", **words}
    match question.view:
        case "meetings" | "distance":
            return _along(question, found, words)
        case "years":
            return charts.heat_map(rates(question, found), found.kept.leaders, found.kept.elections, **words)
        case "together":
            return charts.ranked_topics(rates(question, found), found.topics, found.kept.meetings, **words)
        case "leaders":
            led = _grouped(found.kept, "leaders")
            return charts.topics_by_era(rates(question, found), found.topics, led, found.kept.leaders, **words)
        case _:
            told, note = gallery.frequent(gallery.reported(found.kept))
            table = rates(question, found)
            table = table[table["reporter"].isin(told["reporter"])]
            words["source"] = options.get("source", _source(found.kept, question, note))
            return charts.reporter_comparison(table, found.topics, told, **words)


def _along(question: Question, found: Counted, words: dict[str, Any]) -> Chart:
    """Draw meetings one by one: along the calendar, or by their distance to a general election."""
    if question.unit == "share_of_meetings":
        raise ValueError(f"one meeting has no {UNITS[question.unit].lower()}: choose another unit or view")
    topics = found.topics.dropna(subset=[question.unit])
    _require_shares(found.topics, topics, question.unit)
    words, keys = {"value": question.unit, **words}, list(found.names)
    when = (found.kept.leaders, found.kept.elections)
    if question.view == "meetings" and len(keys) > 1:
        return charts.small_multiples(topics, found.kept.meetings, *when, chosen_topics=keys, **words)
    if len(keys) > 1:
        raise ValueError("this view shows one thing at a time: choose one topic, kind of election or term")
    along = "date" if question.view == "meetings" else "days_to_election"
    curve = None
    if question.interval != "none":
        curve = moving_rates(found.kept.meetings, topics, along, measure=question.unit)  # type: ignore[arg-type]
    words = {"topic": keys[0], "curve": curve, **words}
    if along == "date":
        return charts.over_time(topics, found.kept.meetings, *when, **words)
    return charts.by_distance(topics, found.kept.meetings, **words)


def _source(corpus: Corpus, question: Question, note: str = "") -> str:
    """Say what is drawn: which meetings, and codings or mentions, with how right the coding is."""
    words = question.part.words
    coded = card.HITS if question.unit == "per_1000_words" else card.CODINGS
    shown = [
        card.under_chart(corpus, question.topics, coded) if question.topics else "",
        card.KINDS if question.kinds else "",
        "Terms in quotes: every use" if question.terms else "",
    ]
    notes = [f"only meetings {words}" if words else "", note]
    return gallery.source(corpus, "; ".join(filter(None, notes)), ". ".join(filter(None, shown)))


def figures(corpus: Corpus, question: Question) -> Table:
    """Set the rates of a question as a table, with intervals and the weight of the longest account."""
    found = counted(corpus, question)
    view = question.view if question.view in GROUPS else "together"
    frame = rates(question._replace(view=view), found)
    by = [GROUPS[view]] if view in GROUPS else []
    columns = [*by, "name", "estimate", "low", "high", "n_meetings_with", "n_meetings", "largest_meeting"]
    shown = frame.sort_values([*by, "estimate"], ascending=[*[True] * len(by), False])[columns]
    shown = shown.assign(**{name: shown[name].astype("str") for name in by})
    shares = [] if question.unit == "per_1000_words" else ["estimate", "low", "high"]
    return table(
        shown, f"{VIEWS[view]}", unit_of(question.unit).words, labels=LABELS, percent=[*shares, "largest_meeting"],
        decimals={} if shares else {"estimate": 1, "low": 1, "high": 1},
        note="Longest account: its part of all words or passages. Rates have no interval below ten meetings.",
    )  # fmt: skip
