"""Parts of a corpus: the same tables with fewer meetings, which serve wherever the whole corpus does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from necdata.corpus import Corpus

BY_MEETING = ("topics", "election_kinds", "terms")
BY_PASSAGE = ("codings", "mentions")


class Part(NamedTuple):
    """Which meetings are wanted; what is empty asks for nothing.

    `since` and `until` are dates or parts of one ("2019", "2019-07"); `eras` are leaders by name or short name,
    `reporters` by name or surname, `kinds` kinds of meeting.
    """

    since: str = ""
    until: str = ""
    eras: Sequence[str] = ()
    reporters: Sequence[str] = ()
    kinds: Sequence[str] = ()

    @property
    def words(self) -> str:
        """Say which meetings these are, to stand after a number of them: "under Keir Starmer since 2020"."""
        named = [
            f"under {_either(self.eras)}" if self.eras else "",
            f"told by {_either(self.reporters)}" if self.reporters else "",
            f"of kind {_either([kind.replace('_', ' ') for kind in self.kinds])}" if self.kinds else "",
            f"since {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
        ]
        return " ".join(filter(None, named))


EVERYTHING = Part()


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def resolved(corpus: Corpus, chosen: Part) -> Part:
    """Give the same choice with leaders and reporters by their full names.

    Raises ValueError for a name that no meeting of the corpus has.
    """
    return chosen._replace(eras=_leaders(corpus, chosen.eras), reporters=_told(corpus, chosen.reporters))


def part(corpus: Corpus, chosen: Part) -> Corpus:
    """Give a corpus of only those meetings, with their posts, passages, codings and pages.

    A meeting whose date is a span belongs where any day of it does; one without a date, nowhere in time.
    Raises ValueError where a name is not in the corpus, or no meeting is left.
    """
    if chosen == EVERYTHING:
        return corpus
    chosen = resolved(corpus, chosen)
    kept = corpus.meetings[_wanted(corpus, chosen)]
    if kept.empty:
        raise ValueError(f"no meeting {chosen.words}: the corpus holds {_span(corpus)}; widen the choice")
    return _of(corpus, kept.reset_index(drop=True))


def _wanted(corpus: Corpus, chosen: Part) -> pd.Series:
    meetings = corpus.meetings
    wanted = pd.Series(True, index=meetings.index)
    if chosen.since:
        wanted &= meetings["end"] >= _day(chosen.since, last=False)
    if chosen.until:
        wanted &= meetings["start"] <= _day(chosen.until, last=True)
    if chosen.eras:
        wanted &= meetings["leader"].isin(list(chosen.eras))
    if chosen.kinds:
        _known("kind of meeting", chosen.kinds, [str(kind) for kind in meetings["kind"].unique()])
        wanted &= meetings["kind"].isin(list(chosen.kinds))
    if chosen.reporters:
        told = meetings["meeting_id"].map(corpus.reporters).fillna("").str.split("; ")
        wanted &= told.map(lambda names: bool(set(names) & set(chosen.reporters)))
    return wanted


def _of(corpus: Corpus, meetings: pd.DataFrame) -> Corpus:
    """Give the tables of these meetings as a corpus; its text stays where it was."""
    ids = meetings["meeting_id"]
    posts = corpus.posts[corpus.posts["meeting_id"].isin(ids)]
    passages = corpus.passages[corpus.passages["meeting_id"].isin(ids)]
    pages = set(posts["page_ids"].str.split(";").explode())
    smaller = Corpus(corpus.folder)
    frames = {name: _in(getattr(corpus, name), "meeting_id", ids) for name in BY_MEETING}
    frames |= {name: _in(getattr(corpus, name), "passage_id", passages["passage_id"]) for name in BY_PASSAGE}
    frames |= {name: _in(getattr(corpus, name), "post_id", posts["post_id"]) for name in ("sections", "provenance")}
    frames |= {"meetings": meetings, "posts": posts.reset_index(drop=True), "passages": passages.reset_index(drop=True)}
    frames["pages"] = _in(corpus.pages, "page_id", pd.Series(sorted(pages)))
    # Reading them from the folder is what the corpus would do with a table that nobody has asked for yet.
    vars(smaller).update(frames)
    return smaller


def _in(frame: pd.DataFrame, column: str, values: pd.Series) -> pd.DataFrame:
    return frame[frame[column].isin(values)].reset_index(drop=True)


def _day(text: str, last: bool) -> pd.Timestamp:
    """Read a date or part of one: "2019" => 1 January 2019, or 31 December where the last day is wanted."""
    try:
        period = pd.Period(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date: write 2019, 2019-07 or 2019-07-21") from error
    return period.end_time.normalize() if last else period.start_time


def _leaders(corpus: Corpus, names: Sequence[str]) -> tuple[str, ...]:
    """Give the eras' names as in `meetings.leader`, from names in any case, short ones included."""
    table = corpus.leaders
    short = dict(zip(table["short_name"].str.casefold(), table["era"], strict=True))
    full = {era.casefold(): era for era in table["era"]}
    found = [full.get(name.casefold(), short.get(name.casefold(), name)) for name in names]
    _known("leader", found, [str(era) for era in corpus.meetings["leader"].dropna().unique()])
    return tuple(found)


def _told(corpus: Corpus, names: Sequence[str]) -> tuple[str, ...]:
    """Give reporters' names in full, from names in any case, surnames included."""
    known = sorted(set(corpus.reporters.str.split("; ").explode()))
    whole = {name.casefold(): name for name in known}
    last = {name.split()[-1].casefold(): name for name in known if name.split()}
    found = [whole.get(name.casefold(), last.get(name.casefold(), name)) for name in names]
    _known("reporter", found, known)
    return tuple(found)


def _known(what: str, wanted: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in wanted if name not in list(known)]
    if unknown:
        raise ValueError(f"no meeting has the {what} {_either(unknown)}: choose from {', '.join(map(str, known))}")


def _span(corpus: Corpus) -> str:
    dated = corpus.meetings.dropna(subset=["start"])
    if dated.empty:
        return f"{len(corpus.meetings)} meetings"
    return f"{len(corpus.meetings)} meetings from {dated['start'].min():%B %Y} to {dated['end'].max():%B %Y}"
