"""Small tables for reading: what the corpus covers, by era, kind and reporter."""

from __future__ import annotations

import pandas as pd

from necdata.corpus import Corpus


def by_era(corpus: Corpus) -> pd.DataFrame:
    """Count meetings, cut-off ones and words in each leader's era.

    Columns: leader, meetings, cut_off (meetings known only from posts that are cut off), words, words_per_meeting.
    """
    known = corpus.meetings.dropna(subset=["leader"])
    grouped = known.groupby("leader", observed=True)
    table = grouped.agg(meetings=("meeting_id", "size"), cut_off=("is_partial", "sum"), words=("n_words", "sum"))
    return table.assign(words_per_meeting=(table["words"] / table["meetings"]).round().astype("int64")).reset_index()


def by_kind(corpus: Corpus) -> pd.DataFrame:
    """Count meetings of each kind in each era: kind, then a column for each leader with meetings."""
    known = corpus.meetings.dropna(subset=["leader"])
    table = pd.crosstab(known["kind"], known["leader"].cat.remove_unused_categories())
    return table[table.sum(axis=1) > 0].rename_axis(columns=None).reset_index()


def by_reporter(corpus: Corpus) -> pd.DataFrame:
    """Count posts that report a meeting, their words, first and last meeting by who wrote them.

    Columns: author, posts, words, first, last (dates).
    """
    told = corpus.posts[corpus.posts["meeting_id"].ne("")].merge(
        corpus.meetings[["meeting_id", "start", "end"]], on="meeting_id"
    )
    told = told.assign(author=told["author"].where(told["author"].ne(""), "not known"))
    table = told.groupby("author").agg(
        posts=("post_id", "size"), words=("n_words", "sum"), first=("start", "min"), last=("end", "max")
    )
    return table.sort_values(["posts", "words"], ascending=False).reset_index()


def main_reporter(corpus: Corpus) -> pd.Series:
    """Say who wrote most accounts: author, posts, share (of all accounts, 0 to 1), reporters (how many are known).

    Where nobody says who wrote anything, author is "nobody who is named" and share 0.
    """
    table = by_reporter(corpus)
    known = table[table["author"].ne("not known")]
    if known.empty:
        return pd.Series({"author": "nobody who is named", "posts": 0, "share": 0.0, "reporters": 0})
    first = known.iloc[0]
    share = int(first["posts"]) / int(table["posts"].sum())
    return pd.Series({"author": first["author"], "posts": int(first["posts"]), "share": share, "reporters": len(known)})


def characters(corpus: Corpus) -> pd.DataFrame:
    """Say where the characters of each page went: file, layout, posts, then shares in posts, comments, boilerplate."""
    pages = corpus.pages
    parts = {
        name: (pages[f"n_{name}_characters"] / pages["n_characters"]).round(3)
        for name in ("post", "comment", "boilerplate")
    }
    return pages[["file", "layout", "n_posts", "n_characters"]].assign(**parts)


def longest_gap(corpus: Corpus) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Find the longest time between two meetings with a report: its first and last day."""
    dated = corpus.meetings.dropna(subset=["start"]).sort_values("start")
    reached = dated["end"].cummax().shift()
    gaps = (dated["start"] - reached).dropna()
    at = int(gaps.to_numpy().argmax())
    return reached[gaps.index].iloc[at], dated["start"][gaps.index].iloc[at]


def exactness(corpus: Corpus) -> pd.DataFrame:
    """Count meetings by how exactly their date is known: precision, meetings."""
    sizes = corpus.meetings["precision"].value_counts(sort=False)
    return sizes[sizes > 0].rename_axis("precision").rename("meetings").reset_index()


def heaviest(corpus: Corpus) -> pd.Series:
    """Give the row of `meetings` with most passages, with `share`: what part of all passages it holds (0 to 1)."""
    meetings = corpus.meetings
    row = meetings.sort_values("n_passages").iloc[-1].copy()
    row["share"] = float(row["n_passages"]) / float(meetings["n_passages"].sum())
    return row


def topic_shares(corpus: Corpus, kinds: bool = False) -> pd.DataFrame:
    """Give the share of passages of every topic (or kind of election), the largest first.

    Columns of `statistics.rates`, with name and group before them.
    """
    from necdata.counting.statistics import rates

    book = pd.DataFrame(corpus.codebooks[1 if kinds else 0]["topics"]).set_index("key")
    counted = corpus.election_kinds if kinds else corpus.topics
    found = rates(corpus.meetings, counted, measure="share_of_passages")
    found.insert(0, "group", found["topic"].map(book["group"]))
    found.insert(0, "name", found["topic"].map(book["name"]))
    return found.sort_values(["estimate", "name"], ascending=[False, True]).reset_index(drop=True)


def without_parts(corpus: Corpus, topics: list[str], reporters: int = 5) -> pd.DataFrame:
    """Say what the shares of some topics become without the longest report, cut-off ones, and a reporter at a time.

    The reporters with most accounts are left out in turn. One row per thing left out ("Nothing", "The longest report",
    ...), columns: left_out, meetings (that remain with passages), then one for each topic by its name, shares from 0
    to 1.
    """
    from necdata.counting.sensitivity import leave_one_out
    from necdata.counting.statistics import rates

    rest = corpus.meetings[corpus.meetings["meeting_id"].ne(heaviest(corpus)["meeting_id"])]
    longest = rates(rest, corpus.topics, measure="share_of_passages").assign(without="the longest report")
    found = pd.concat([leave_one_out(corpus, measure="share_of_passages"), longest])
    found = found[found["topic"].isin(topics)]
    wide = found.pivot(index="without", columns="topic", values="estimate")[topics]
    sizes = found.groupby("without")["n_meetings"].max()
    order = [name for name in ["nothing", "the longest report", "partial posts"] if name in wide.index]
    known = [f"reporter: {name}" for name in by_reporter(corpus)["author"]]
    order += [name for name in known if name in wide.index][:reporters]
    wide = wide.loc[order].rename(columns=corpus.topic_names).rename_axis(columns=None)
    wide.insert(0, "meetings", sizes[order])
    labels = {"nothing": "Nothing", "the longest report": "The longest report", "partial posts": "Reports cut off"}
    names = [labels.get(name, name.replace("reporter: ", "Reports by ")) for name in order]
    return wide.assign(left_out=names).reset_index(drop=True)[["left_out", *wide.columns]]


def by_distance(corpus: Corpus, topic: str) -> pd.DataFrame:
    """Give each meeting's passages about a topic beside its distance to the next general election.

    Columns: meeting_id, kind, start, end, is_partial, days_to_election (missing where no election is known), n_passages
    (about the topic), n_base (all), share_of_passages (0 to 1).
    """
    columns = ["meeting_id", "kind", "start", "end", "is_partial", "days_to_election", "n_passages"]
    counted = corpus.topics.loc[corpus.topics["topic"].eq(topic), ["meeting_id", "n_passages", "share_of_passages"]]
    return corpus.meetings[columns].rename(columns={"n_passages": "n_base"}).merge(counted, on="meeting_id")


def distance_correlation(corpus: Corpus, topic: str) -> pd.Series:
    """Correlate the meetings' shares of a topic with the days to the next general election, by Spearman's ranks.

    Values: correlation (negative: more of it as an election nears), p_value, meetings, shown (whether talk grows as
    the election nears at p < 0.05).
    """
    from scipy.stats import spearmanr

    known = by_distance(corpus, topic).dropna(subset=["days_to_election", "share_of_passages"])
    found = spearmanr(known["days_to_election"].astype(float), known["share_of_passages"])
    shown = bool(found.pvalue < 0.05 and found.statistic < 0)
    return pd.Series({"correlation": found.statistic, "p_value": found.pvalue, "meetings": len(known), "shown": shown})


def near_and_far(talk: pd.DataFrame, within: int = 365) -> pd.DataFrame:
    """Set meetings in the last `within` days before a general election beside those further off.

    `talk` is what `by_distance` gives. Columns: distance, meetings, share (pooled), median (of the meetings' own
    shares), largest_meeting (what part of the passages the longest account holds), without_largest (the pooled share
    without it); shares from 0 to 1.
    """
    known = talk.dropna(subset=["days_to_election"])
    near = known["days_to_election"].le(within)
    rows = []
    for words, group in ((f"The last {within} days", known[near]), ("Further off", known[~near])):
        rest = group.drop(group["n_base"].idxmax()) if len(group) else group
        rows.append((
            words, len(group), group["n_passages"].sum() / group["n_base"].sum(), group["share_of_passages"].median(),
            group["n_base"].max() / group["n_base"].sum(), rest["n_passages"].sum() / rest["n_base"].sum(),
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=["distance", "meetings", "share", "median", "largest_meeting", "without_largest"])
