"""Every chart of the corpus by name: the figures that each rests on, counted, and handed to the chart.

`necdata charts` and the notebooks draw from here, so that a chart is defined once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from necdata import charts, statistics
from necdata.charts import Chart
from necdata.corpus import Corpus, load
from necdata.moving import moving_rates

SHARE: statistics.Measure = "share_of_passages"
FEWEST_IN_CONTRAST = 5  # meetings an era needs to be one side of a contrast


def source(corpus: Corpus) -> str:
    """Say what a chart rests on: meetings, posts, pages, reporters, the codebook's version."""
    told = corpus.posts[corpus.posts["meeting_id"].ne("")]
    names = told["author"].str.split("; ").explode()
    known = names[names.ne("")].value_counts()
    return charts.source_line(
        meetings=len(corpus.meetings), posts=len(told), pages=len(corpus.pages),
        reporters=list(known.index), codebook=corpus.codebooks[0]["version"],
    )  # fmt: skip


def _words(corpus: Corpus, options: dict[str, Any]) -> dict[str, Any]:
    return {"names": corpus.topic_names, "source": source(corpus), **options}


def reported(corpus: Corpus) -> pd.DataFrame:
    """Give the meetings with who told of each, for rows and colours."""
    named = corpus.meetings["meeting_id"].map(corpus.reporters).fillna("Not known")
    return corpus.meetings.assign(reporter=named.astype("str"))


def _parts(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    return corpus.leaders, corpus.elections


def coverage(corpus: Corpus, **options: Any) -> Chart:
    """Draw when the meetings were, by kind, reporter and completeness, gaps shown."""
    return charts.timeline(reported(corpus), *_parts(corpus), **{"source": source(corpus), **options})


def coverage_by_reporter(corpus: Corpus, **options: Any) -> Chart:
    """Draw whose reports there are, and when."""
    words = {"source": source(corpus), "rows": "reporter", "names": {}, **options}
    return charts.timeline(reported(corpus), *_parts(corpus), **words)


def topics_ranked(corpus: Corpus, **options: Any) -> Chart:
    """Draw the topics in order of their share of passages, with intervals over meetings."""
    rates = statistics.rates(corpus.meetings, corpus.topics, measure=SHARE)
    rates = rates.assign(group=rates["topic"].map(corpus.topic_groups))
    return charts.ranked_topics(rates, corpus.topics, corpus.meetings, **_words(corpus, options))


def topics_by_year(corpus: Corpus, **options: Any) -> Chart:
    """Draw the topics' shares of passages by year as a heat map, years without reports left empty."""
    dated = corpus.meetings.dropna(subset=["start"])
    dated = dated.assign(period=dated["start"].dt.to_period("Y"))
    rates = statistics.rates(dated, corpus.topics, "period", measure=SHARE)
    return charts.heat_map(rates, *_parts(corpus), **_words(corpus, options))


def topics_over_time(corpus: Corpus, **options: Any) -> Chart:
    """Draw the twelve largest topics, a small panel each, a mark for every meeting."""
    rates = statistics.rates(corpus.meetings, corpus.topics, measure=SHARE)
    largest = rates.sort_values("estimate", ascending=False)["topic"].head(12).tolist()
    words = {"chosen_topics": largest, **_words(corpus, options)}
    return charts.small_multiples(corpus.topics, corpus.meetings, *_parts(corpus), **words)


def topics_by_era(corpus: Corpus, **options: Any) -> Chart:
    """Draw the topics' shares in each leader's era, with n; a dot for each meeting where they are few."""
    rates = statistics.rates(_led(corpus), corpus.topics, "leader", measure=SHARE)
    return charts.topics_by_era(rates, corpus.topics, _led(corpus), corpus.leaders, **_words(corpus, options))


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


def era_contrast(corpus: Corpus, **options: Any) -> Chart:
    """Draw what the two latest eras differ in, with intervals where there are meetings enough."""
    from necdata.contrasts import contrast

    first, second = contrasted(corpus)
    led = _led(corpus)
    rates = statistics.rates(led, corpus.topics, "leader", measure=SHARE)
    found = contrast(led, corpus.topics, "leader", first, second, posts=corpus.posts, measure=SHARE)
    words = {"contrasts": found, **_words(corpus, options)}
    return charts.era_contrast(rates, first, second, corpus.topics, led, corpus.leaders, **words)


def elections_over_time(corpus: Corpus, topic: str = "elections", **options: Any) -> Chart:
    """Draw how much of each meeting was about elections, eras shaded, general elections marked."""
    curve = moving_rates(corpus.meetings, corpus.topics, "date", measure=SHARE)
    words = {"topic": topic, "curve": curve[curve["topic"].eq(topic)], **_words(corpus, options)}
    return charts.over_time(corpus.topics, corpus.meetings, *_parts(corpus), **words)


def elections_by_distance(corpus: Corpus, topic: str = "elections", **options: Any) -> Chart:
    """Draw how much of each meeting was about elections by the time to the next general election."""
    curve = moving_rates(corpus.meetings, corpus.topics, "days_to_election", measure=SHARE)
    words = {"topic": topic, "curve": curve[curve["topic"].eq(topic)], **_words(corpus, options)}
    return charts.by_distance(corpus.topics, corpus.meetings, **words)


def election_kinds(corpus: Corpus, **options: Any) -> Chart:
    """Draw which kinds and phases of election the reports speak of, in order of their share of passages."""
    rates = statistics.rates(corpus.meetings, corpus.election_kinds, measure=SHARE)
    return charts.ranked_topics(rates, corpus.election_kinds, corpus.meetings, **_words(corpus, options))


def keyness(corpus: Corpus, **options: Any) -> Chart:
    """Draw the words that mark each of the two latest eras against the other."""
    first, second = contrasted(corpus)
    found = corpus.keyness("leader", target=second, reference=first)
    found = found.rename(columns={"n_target": "target_n", "n_reference": "reference_n"})
    short = dict(zip(corpus.leaders["era"], corpus.leaders["short_name"], strict=True))
    return charts.keyness_plot(found, **{"source": source(corpus), "short": short, **options})


CHARTS: dict[str, Callable[..., Chart]] = {
    "coverage": coverage,
    "coverage-by-reporter": coverage_by_reporter,
    "topics-ranked": topics_ranked,
    "topics-by-year": topics_by_year,
    "topics-over-time": topics_over_time,
    "topics-by-era": topics_by_era,
    "era-contrast": era_contrast,
    "elections-over-time": elections_over_time,
    "elections-by-distance": elections_by_distance,
    "election-kinds": election_kinds,
    "keyness": keyness,
}


def draw(
    processed: str | Path | None, out: str | Path, names: Sequence[str] = (), progress: Any = None
) -> Iterable[Path]:
    """Draw charts by name, all where none is named, and give the path of every file as it is written.

    Raises ValueError for a name that is none of CHARTS.
    """
    unknown = [name for name in names if name not in CHARTS]
    if unknown:
        raise ValueError(f"no chart is named {', '.join(unknown)}; choose from {', '.join(CHARTS)}")
    corpus = load(processed)
    chosen = list(names or CHARTS)
    for name in progress(chosen) if progress else chosen:
        yield from CHARTS[name](corpus).export(out, name)
