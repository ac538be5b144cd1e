"""The corpus: what a notebook holds, all tables as typed frames, each read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from necdata.reference import eras, reference_tables
from necdata.storage import manifest, store
from necdata.storage.store import StoreError

VALIDATION = Path(__file__).resolve().parent / "reference" / "validation.csv"


def load(processed: str | Path | None = None) -> Corpus:
    """Load the tables of a folder (the shipped ones where none is named) as a Corpus.

    >>> necdata.load().meetings  # doctest: +SKIP

    Raises StoreError, one sentence with the remedy, where the folder holds no tables.
    """
    folder = store.PROCESSED if processed is None else Path(processed)
    store.recover(folder)
    if not (folder / "meetings.csv").is_file():
        raise StoreError(f"{folder}: holds no tables; run `necdata build --out {folder}` first, or name another folder")
    return Corpus(folder)


class Corpus:
    """The tables of one folder as attributes; their columns are in docs/data-dictionary.md."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __repr__(self) -> str:
        n = {name: len(getattr(self, name)) for name in ("meetings", "posts", "passages", "pages")}
        return f"Corpus of {n['meetings']} meetings, {n['posts']} posts, {n['passages']} passages, {n['pages']} pages"

    def _table(self, name: str) -> pd.DataFrame:
        return store.read(self.folder, name)

    @cached_property
    def pages(self) -> pd.DataFrame:
        """Give a row per file in raw/."""
        return self._table("pages")

    @cached_property
    def posts(self) -> pd.DataFrame:
        """Give a row per distinct thing published."""
        return self._table("posts")

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """Give a row per meeting; `leader` is a category ordered by office, acting leaders included."""
        frame = self._table("meetings")
        order = list(dict.fromkeys(reference_tables.leaders()["era"]))
        order += [name for name in frame["leader"].unique() if name and name not in order]
        known = frame["leader"].where(frame["leader"].ne(""))
        return frame.assign(leader=pd.Categorical(known, categories=order, ordered=True))

    @cached_property
    def sections(self) -> pd.DataFrame:
        """Give a row per headed part of a post."""
        return self._table("sections")

    @cached_property
    def passages(self) -> pd.DataFrame:
        """Give a row per paragraph or list item."""
        return self._table("passages")

    @cached_property
    def copies(self) -> pd.DataFrame:
        """Give a row per place where a passage stands again, in a copy that was not kept."""
        return self._table("copies")

    @cached_property
    def codings(self) -> pd.DataFrame:
        """Give a row per passage × topic that the passage is about."""
        return self._table("codings")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Give a row per passage × topic that the passage only mentions."""
        return self._table("mentions")

    @cached_property
    def topics(self) -> pd.DataFrame:
        """Give a row per meeting × topic, zeros included."""
        return self._table("topics")

    @cached_property
    def terms(self) -> pd.DataFrame:
        """Give a row per meeting × word stem."""
        return self._table("terms")

    @cached_property
    def election_kinds(self) -> pd.DataFrame:
        """Give a row per meeting × kind or phase of election, zeros included."""
        return self._table("election_kinds")

    @cached_property
    def provenance(self) -> pd.DataFrame:
        """Give a row per fact about a post with who says it."""
        return self._table("provenance")

    @cached_property
    def digest(self) -> str:
        """Name these tables in short: the first digits of their manifest's SHA-256, "" where they have none."""
        return manifest.digest(self.folder)

    @property
    def has_text(self) -> bool:
        """Tell whether the passages' words are at hand."""
        return (self.folder / "text.csv").is_file()

    @cached_property
    def text(self) -> pd.Series:
        """Give the passages' words by passage_id; raises StoreError, with the remedy, where they are not there."""
        if not self.has_text:
            raise StoreError(
                f"{self.folder}: holds no text, since the reports' words are their authors'; put the pages into raw/ "
                "(`necdata add FILE...`) and run `necdata build`"
            )
        return self._table("text").set_index("passage_id")["text"]

    @cached_property
    def leaders(self) -> pd.DataFrame:
        """Give the leaders' eras."""
        return reference_tables.leaders()

    @cached_property
    def elections(self) -> pd.DataFrame:
        """Give the elections, public ones and the party's own contests."""
        return reference_tables.elections()

    @cached_property
    def codebooks(self) -> list[dict[str, Any]]:
        """Give the codebooks the tables were coded with: name, version, topics (key, name, group)."""
        found: list[dict[str, Any]] = store.read_package(self.folder).get("codebooks", [])
        return found

    @cached_property
    def validation(self) -> pd.DataFrame:
        """Give the shipped validation: a row per topic, then micro and macro, with tp, fp, fn, precision, recall, F1.

        It scores the shipped codebook against passages coded by hand (docs/coding.md); `necdata validate` makes yours.
        """
        return pd.read_csv(VALIDATION)

    @cached_property
    def topic_names(self) -> dict[str, str]:
        """Give the topics' names by key, kinds of election included."""
        return {t["key"]: t["name"] for book in reversed(self.codebooks) for t in book["topics"]}

    @cached_property
    def topic_groups(self) -> dict[str, str]:
        """Give the topics' groups (party or policy) by key."""
        return {t["key"]: t["group"] for t in self.codebooks[0]["topics"]}

    @cached_property
    def reporters(self) -> pd.Series:
        """Give who told of each meeting by meeting_id, several joined by "; "; absent where nobody says."""
        from necdata.counting.reporters import reporters

        return reporters(self.posts)

    def kwic(self, term: str, width: int = 60) -> pd.DataFrame:
        """List every place where a term is said, in its context; see `necdata.counting.explore.kwic`."""
        from necdata.counting.explore import kwic

        return kwic(self.text, self.passages, self.meetings, term, width)

    def why(self, meeting: str | None = None, topic: str | None = None, **options: Any) -> pd.DataFrame:
        """List the passages, terms, pages and lines behind a figure; see `necdata.counting.explore.why`."""
        from necdata.counting.explore import why

        return why(self, meeting, topic, **options)

    def compare(self, meeting: str) -> pd.DataFrame:
        """Lay the accounts of one meeting side by side; see `necdata.counting.comparing.compare`."""
        from necdata.counting.comparing import compare

        return compare(self, meeting)

    def keyness(self, by: str = "leader", **options: Any) -> pd.DataFrame:
        """Compare the words of two parts of the corpus; see `necdata.counting.keyness.keyness`."""
        from necdata.counting.keyness import keyness

        return keyness(self.terms, self.meetings, by, **options)

    def collocations(self, term: str | None = None, **options: Any) -> pd.DataFrame:
        """List words that keep company; see `necdata.counting.collocations.collocations`."""
        from necdata.counting.collocations import collocations

        return collocations(self.text, term=term, **options)

    def with_eras(self, frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
        """Add leaders to any frame with dates or a meeting_id; see `necdata.reference.eras.with_eras`."""
        return eras.with_eras(self._dated(frame), **options)

    def with_elections(self, frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
        """Add elections to any frame with dates or a meeting_id; see `necdata.reference.eras.with_elections`."""
        return eras.with_elections(self._dated(frame), **options)

    def _dated(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give a frame that has only a meeting_id its meeting's dates."""
        if "meeting_id" not in frame or {"start", "published", "date"} & set(frame.columns):
            return frame
        return frame.merge(self.meetings[["meeting_id", "start", "end"]], on="meeting_id", how="left")
