"""Every chart of the corpus by name: the figures that each rests on, counted, and handed to the chart.

`necdata charts` and the notebooks draw from here, so that a chart is defined once. Every function takes a corpus (or a
part of one, see `parts`) and the options of its chart: `title`, `subtitle`, `width`, and `note` (what of the corpus is
drawn, for the source line) or `source` (a source line in place of it). Those that draw topics
take `topics`, keys of the codebook, to draw fewer of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from necdata import charts
from necdata.charts import Chart, style
from necdata.corpus import Corpus, load
from necdata.counting import statistics
from necdata.counting.moving import moving_rates
from necdata.parts import EVERYTHING, Part, part, resolved
from necdata.publishing import card, forms

SHARE: statistics.Measure = "share_of_passages"
FEWEST_IN_CONTRAST = 5  # meetings an era needs to be one side of a contrast
WIDTH = style.FULL_WIDTH
"""The width in mm of charts that are given none; the pages for phones are drawn with another."""

NOBODY, OTHERS = "Not known", "Other reporters"
KIND_GROUPS = {"public": "public election", "party": "contest in the party", "phase": "phase of any election"}

Topics = Sequence[str] | None


def source(corpus: Corpus, note: str = "", shown: str = "") -> str:
    """Say what a chart rests on: meetings, posts, pages, reporters, the codebook's version.

    Then a `note` on what is drawn of it, and what is `shown`: codings or mentions, and how right they are (`card`).
    """
    told = corpus.posts[corpus.posts["meeting_id"].ne("")]
    names = told["author"].str.split("; ").explode()
    known = names[names.ne("")].value_counts()
    line = charts.source_line(
        meetings=len(corpus.meetings), posts=len(told), pages=len(corpus.pages),
        reporters=list(known.index), codebook=corpus.codebooks[0]["version"], tables=corpus.digest,
    )  # fmt: skip
    return ". ".join(filter(None, [line + (f"; {note}" if note else ""), shown]))


def _common(corpus: Corpus, options: dict[str, Any], shown: str = "") -> dict[str, Any]:
    """Give the options of a chart: its own, and a source line with its `note` where it has none."""
    rest = {name: value for name, value in options.items() if name != "note"}
    return {"source": source(corpus, options.get("note", ""), shown), "width": WIDTH, **rest}


def _words(corpus: Corpus, options: dict[str, Any], topics: Topics = None) -> dict[str, Any]:
    words = {"names": corpus.topic_names, **_common(corpus, options, card.under_chart(corpus, topics or ()))}
    if topics and len(topics) == 1:
        return {"title": f"{corpus.topic_names.get(topics[0], topics[0])} in accounts of NEC meetings", **words}
    return words


def reported(corpus: Corpus) -> pd.DataFrame:
    """Give the meetings with who told of each, for rows and colours."""
    named = corpus.reporters.reindex(corpus.meetings["meeting_id"]).fillna(NOBODY)
    return corpus.meetings.assign(reporter=named.to_numpy())


def _parts(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    return corpus.leaders, corpus.elections


def _only(frame: pd.DataFrame, topics: Topics) -> pd.DataFrame:
    """Keep the rows of these topics; figures are counted before, so that tests stay adjusted for all topics."""
    if not topics:
        return frame
    unknown = sorted(set(topics) - set(frame["topic"].astype(str)))
    if unknown:
        known = ", ".join(dict.fromkeys(frame["topic"].astype(str)))
        raise ValueError(f"no topic is named {', '.join(unknown)}; choose from {known}")
    return frame[frame["topic"].isin(list(topics))]


def coverage(corpus: Corpus, **options: Any) -> Chart:
    """Draw when the meetings were, by kind, reporter and completeness, gaps shown."""
    told = reported(corpus)
    told = told.assign(reporter=told["reporter"].mask(told["reporter"].eq(NOBODY)))
    return charts.timeline(told, *_parts(corpus), **_common(corpus, options))


def coverage_by_reporter(corpus: Corpus, most: int = 12, **options: Any) -> Chart:
    """Draw whose reports there are, and when; beyond the `most` reporters with most meetings, all in one row."""
    told = reported(corpus)
    sizes = told["reporter"].value_counts().drop(NOBODY, errors="ignore")
    title = "Accounts of NEC meetings by reporter"
    if len(sizes) and sizes.iloc[0] > len(told) / 2:
        title = f"{sizes.index[0]} told of {sizes.iloc[0]} of {len(told)} meetings"
    kept = list(sizes.index[: most if len(sizes) > most + 1 else most + 1])
    names = told["reporter"].where(told["reporter"].isin([*kept, NOBODY]), OTHERS)
    order = [name for name in (*kept, OTHERS, NOBODY) if name in set(names)]
    told = told.assign(reporter=pd.Categorical(names, order, ordered=True))
    words = {"names": {name: charts.listed(name.split("; ")) for name in order}, **_common(corpus, options)}
    return charts.timeline(told, *_parts(corpus), **{"rows": "reporter", "title": title, **words})


def topics_ranked(corpus: Corpus, topics: Topics = None, **options: Any) -> Chart:
    """Draw the topics in order of their share of passages, with intervals over meetings."""
    rates = _only(statistics.rates(corpus.meetings, corpus.topics, measure=SHARE), topics)
    rates = rates.assign(group=rates["topic"].map(corpus.topic_groups))
    return charts.ranked_topics(rates, corpus.topics, corpus.meetings, **_words(corpus, options, topics))


def topics_by_year(corpus: Corpus, topics: Topics = None, **options: Any) -> Chart:
    """Draw the topics' shares of passages by year as a heat map, years without reports left empty."""
    dated = corpus.meetings.dropna(subset=["start"])
    dated = dated.assign(period=dated["start"].dt.to_period("Y"))
    rates = _only(statistics.rates(dated, corpus.topics, "period", measure=SHARE), topics)
    return charts.heat_map(rates, *_parts(corpus), **_words(corpus, options, topics))


def topics_over_time(corpus: Corpus, topics: Topics = None, **options: Any) -> Chart:
    """Draw topics, the twelve largest unless told, in a small panel each with a mark for every meeting."""
    rates = statistics.rates(corpus.meetings, corpus.topics, measure=SHARE)
    chosen = _only(rates, topics).sort_values("estimate", ascending=False)["topic"]
    words = {"chosen_topics": (chosen if topics else chosen.head(12)).tolist(), **_words(corpus, options)}
    return charts.small_multiples(corpus.topics, corpus.meetings, *_parts(corpus), **words)


def topics_by_era(corpus: Corpus, topics: Topics = None, **options: Any) -> Chart:
    """Draw the topics' shares in each leader's era, with n; a dot for each meeting where they are few."""
    rates = _only(statistics.rates(_led(corpus), corpus.topics, "leader", measure=SHARE), topics)
    return charts.topics_by_era(rates, corpus.topics, _led(corpus), corpus.leaders, **_words(corpus, options, topics))


def reporters(corpus: Corpus, topics: Topics = None, most: int = 6, **options: Any) -> Chart:
    """Draw the topics' shares with each reporter, with n; a dot for each meeting where they are few.

    Where there are more, only the `most` reporters with most meetings are drawn (three in a column), and the source
    line says so. Meetings of which nobody says who told are no reporter's.
    """
    told, note = frequent(reported(corpus), most if options.get("width", WIDTH) >= style.FULL_WIDTH / 2 else 3)
    options = {**options, "note": "; ".join(filter(None, [options.get("note", ""), note]))}
    rates = _only(statistics.rates(told, corpus.topics, "reporter", measure=SHARE), topics)
    return charts.reporter_comparison(rates, corpus.topics, told, **_words(corpus, options, topics))


def frequent(told: pd.DataFrame, most: int = 6) -> tuple[pd.DataFrame, str]:
    """Keep the meetings of the `most` reporters with most of them, and say for the source line what is left out.

    Meetings of which nobody says who told are left out too, unless it is so of all.
    """
    sizes = told["reporter"].value_counts()
    known = sizes.drop(NOBODY, errors="ignore")
    if known.empty:
        return told, ""
    left = [f"{most} of {len(known)} reporters, those with most meetings"] if len(known) > most else []
    if NOBODY in sizes:
        left.append(f"not {charts.counted(int(sizes[NOBODY]), 'meeting')} whose reporter is not known")
    return told[told["reporter"].isin(known.index[:most])], f"drawn: {'; '.join(left)}" if left else ""


def _led(corpus: Corpus) -> pd.DataFrame:
    """Give the meetings with a known leader, categories without a meeting dropped."""
    known = corpus.meetings.dropna(subset=["leader"])
    return known.assign(leader=known["leader"].cat.remove_unused_categories())


def contrasted(corpus: Corpus) -> tuple[str, str]:
    """Choose the two latest eras that have meetings enough to be set against each other.

    Raises ValueError where there are no two eras of FEWEST_IN_CONTRAST meetings.
    """
    sizes = _led(corpus)["leader"].value_counts(sort=False)
    enough = [str(leader) for leader, n in sizes.items() if n >= FEWEST_IN_CONTRAST]
    if len(enough) < 2:
        raise ValueError(f"no two eras have {FEWEST_IN_CONTRAST} meetings: add reports, then build again")
    return enough[-2], enough[-1]


def era_contrast(corpus: Corpus, topics: Topics = None, **options: Any) -> Chart:
    """Draw what the two latest eras differ in, with intervals where there are meetings enough."""
    from necdata.counting.contrasts import contrast

    first, second = contrasted(corpus)
    led = _led(corpus)
    rates = _only(statistics.rates(led, corpus.topics, "leader", measure=SHARE), topics)
    found = contrast(led, corpus.topics, "leader", first, second, posts=corpus.posts, measure=SHARE)
    words = {"contrasts": _only(found, topics), **_words(corpus, options)}
    return charts.era_contrast(rates, first, second, corpus.topics, led, corpus.leaders, **words)


def _of_one(corpus: Corpus, topic: str, options: dict[str, Any]) -> dict[str, Any]:
    """Give the options of a chart of one topic that makes its own title."""
    return {"names": corpus.topic_names, **_common(corpus, options, card.under_chart(corpus, [topic]))}


def elections_over_time(corpus: Corpus, topic: str = "elections", **options: Any) -> Chart:
    """Draw how much of each meeting was about elections (or another topic), eras shaded, general elections marked."""
    curve = moving_rates(corpus.meetings, corpus.topics, "date", measure=SHARE)
    words = {"topic": topic, "curve": curve[curve["topic"].eq(topic)], **_of_one(corpus, topic, options)}
    return charts.over_time(corpus.topics, corpus.meetings, *_parts(corpus), **words)


def elections_by_distance(corpus: Corpus, topic: str = "elections", **options: Any) -> Chart:
    """Draw how much of each meeting was about elections (or another topic) by the time to the next general election."""
    curve = moving_rates(corpus.meetings, corpus.topics, "days_to_election", measure=SHARE)
    words = {"topic": topic, "curve": curve[curve["topic"].eq(topic)], **_of_one(corpus, topic, options)}
    return charts.by_distance(corpus.topics, corpus.meetings, **words)


def election_kinds(corpus: Corpus, **options: Any) -> Chart:
    """Draw which kinds and phases of election the reports speak of, in order of their share of passages."""
    kinds = pd.DataFrame(corpus.codebooks[1]["topics"]).set_index("key")
    rates = statistics.rates(corpus.meetings, corpus.election_kinds, measure=SHARE)
    rates = rates.assign(group=rates["topic"].map(kinds["group"]).replace(KIND_GROUPS))
    words = {
        "title": "Which elections the accounts of NEC meetings speak of",
        "subtitle": f"Share of passages about the kind or phase of election, {len(corpus.meetings)} meetings",
        **_common(corpus, options, card.KINDS), "names": kinds["name"].to_dict(),
    }  # fmt: skip
    return charts.ranked_topics(rates, corpus.election_kinds, corpus.meetings, **words)


def keyness(corpus: Corpus, **options: Any) -> Chart:
    """Draw the words that mark each of the two latest eras against the other."""
    first, second = contrasted(corpus)
    found = corpus.keyness("leader", target=second, reference=first)
    short = dict(zip(corpus.leaders["era"], corpus.leaders["short_name"], strict=True))
    words = {"short": short, "names": forms.shown(corpus, found["term"]), **_common(corpus, options)}
    return charts.keyness_plot(found, **words)


CHARTS: dict[str, Callable[..., Chart]] = {
    "coverage": coverage,
    "coverage-by-reporter": coverage_by_reporter,
    "topics-ranked": topics_ranked,
    "topics-by-year": topics_by_year,
    "topics-over-time": topics_over_time,
    "topics-by-era": topics_by_era,
    "era-contrast": era_contrast,
    "reporters": reporters,
    "elections-over-time": elections_over_time,
    "elections-by-distance": elections_by_distance,
    "election-kinds": election_kinds,
    "keyness": keyness,
}
OF_TOPICS = ("topics-ranked", "topics-by-year", "topics-over-time", "topics-by-era", "era-contrast", "reporters")
OF_ONE_TOPIC = {"elections-over-time": "over-time", "elections-by-distance": "by-distance"}
"""Charts of one topic, with what is left of their names when the topic is another."""


def planned(names: Sequence[str] = (), topics: Sequence[str] = ()) -> list[tuple[str, Callable[..., Chart]]]:
    """Say which charts to draw, all where none is named, each with the name of its files.

    With `topics`, those that draw topics, restricted to these; those of one topic once for each.
    Raises ValueError for a name that is none of CHARTS, or that has no topics where some are asked for.
    """
    unknown = [name for name in names if name not in CHARTS]
    if unknown:
        raise ValueError(f"no chart is named {', '.join(unknown)}; choose from {', '.join(CHARTS)}")
    if not topics:
        return [(name, CHARTS[name]) for name in names or CHARTS]
    topical = [name for name in CHARTS if name in OF_TOPICS or name in OF_ONE_TOPIC]
    untold = [name for name in names if name not in topical]
    if untold:
        raise ValueError(f"{', '.join(untold)} draws no topics of the codebook; choose from {', '.join(topical)}")
    plan: list[tuple[str, Callable[..., Chart]]] = []
    for name in names or topical:
        if name in OF_TOPICS:
            plan.append((_file_name(name, *topics), partial(CHARTS[name], topics=list(topics))))
        else:
            plan += [(_file_name(topic, OF_ONE_TOPIC[name]), partial(CHARTS[name], topic=topic)) for topic in topics]
    return plan


def _file_name(*words: str) -> str:
    """Make a file name of words: ("europe", "over-time") => "europe-over-time"."""
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).casefold()).strip("-")[:100]


def draw(
    processed: str | Path | None, out: str | Path, names: Sequence[str] = (), progress: Any = None, *,
    topics: Sequence[str] = (), chosen: Part = EVERYTHING, width: float | None = None,
    formats: Sequence[str] | None = None, skip: Callable[[str], None] | None = None,
) -> Iterator[Path]:  # fmt: skip
    """Draw charts by name, all where none is named, and give the path of every file as it is written.

    `topics` and `chosen` restrict them, and the names of the files say to what; `width` is in mm. A chart that cannot
    be drawn from these meetings (no two eras to compare) raises ValueError, or is told to `skip` where that is given.
    """
    plan = planned(names, topics)
    whole = load(processed)
    chosen = resolved(whole, chosen)
    corpus = part(whole, chosen)
    _only(corpus.topics, topics)
    options: dict[str, Any] = {} if width is None else {"width": width}
    if chosen.words:
        options["note"] = f"only meetings {chosen.words}"
    for name, function in progress(plan) if progress else plan:
        try:
            chart = function(corpus, **options)
        except ValueError as error:
            if skip is None:
                raise
            skip(f"{name}: not drawn, {error}")
            continue
        yield from chart.export(out, _file_name(name, chosen.words) if chosen.words else name, formats)
