"""How well pages are read: kinds, dates, split, credits, copies and meetings against hand-written truth, per trap.

    .venv/bin/python benchmarks/accuracy.py [--pages tests/pages] [--wrong]

truth.csv has a row per post as printed (see tests/pages/README.md). `--wrong` lists every row that is not right.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from necdata import catalogue, pipeline
from necdata.dating import meetings
from necdata.pipeline import leaves, telling
from necdata.reading import distinct, kinds

COLUMNS = ["split", "title", "kind", "date", "silent", "published", "author", "partial", "comments"]


def read(folder: Path) -> pd.DataFrame:
    """Read the pages and lay every post found beside its row of the truth; missing and extra posts are rows too."""
    truth = pd.read_csv(folder / "truth.csv", dtype=str, keep_default_na=False)
    readings, skipped = pipeline.read_all(folder / ".", None)
    rows = []
    for reading in readings:
        sorts = [kinds.kind(p)[0] for p in reading.posts]
        datings = leaves.dated(reading, sorts)
        for post, sort, dating in zip(reading.posts, sorts, datings, strict=True):
            author = "; ".join(a for a in post.authors if " " in a) or reading.owner or "; ".join(post.authors)
            rows.append(
                (
                    reading.page.file,
                    str(post.line),
                    post.title,
                    sort,
                    str(dating.start or ""),
                    str(dating.end or ""),
                    dating.precision,
                    str(post.published or ""),
                    author,
                    str(post.is_partial).lower(),
                    str(post.n_comments),
                    dating.evidence,
                )
            )
    names = [
        "file",
        "line",
        "title",
        "kind",
        "start",
        "end",
        "precision",
        "published",
        "author",
        "is_partial",
        "n_comments",
        "evidence",
    ]
    found = pd.DataFrame(rows, columns=names)
    for line in skipped:
        print("skipped:", line)
    return truth.merge(found, on=["file", "line"], how="outer", suffixes=("", "_found"), indicator=True).fillna("")


def score(rows: pd.DataFrame) -> pd.DataFrame:
    """Mark each row right or wrong in every column."""
    both = rows["_merge"].eq("both")
    marks = pd.DataFrame({"split": both})
    marks["title"] = rows["title"].str.split().str.join(" ").eq(rows["title_found"]).where(both)
    marks["kind"] = rows["kind"].eq(rows["kind_found"]).where(both)
    report = both & rows["kind"].ne("not_a_report") & rows["kind_found"].ne("not_a_report")
    marks["date"] = _dates_right(rows).where(report & rows["precision"].ne("unknown"))
    marks["silent"] = (~_silently_wrong(rows)).where(report)
    for mark, column in (
        ("published", "published"),
        ("author", "author"),
        ("partial", "is_partial"),
        ("comments", "n_comments"),
    ):
        marks[mark] = rows[column].eq(rows[f"{column}_found"]).where(both)
    return marks


def _dates_right(rows: pd.DataFrame) -> pd.Series:
    exact = rows["start"].eq(rows["start_found"]) & rows["end"].eq(rows["end_found"])
    inside = (rows["start_found"] >= rows["start"]) & (rows["end_found"] <= rows["end"]) & rows["start_found"].ne("")
    return exact | (inside & rows["precision"].eq("between"))


def _silently_wrong(rows: pd.DataFrame) -> pd.Series:
    """Tell a date given that does not hold the true one (a wider span that holds it is no error)."""
    given = rows["start_found"].ne("")
    holds = (rows["start_found"] <= rows["start"]) & (rows["end_found"] >= rows["end"])
    known = rows["start"].ne("")
    bounded = rows["precision_found"].eq("between")
    return given & ~bounded & ~holds & (known | rows["precision"].eq("unknown")) & ~_dates_right(rows)


def merging(folder: Path, truth: pd.DataFrame) -> str:
    """Score copies and meetings as pairs: precision and recall of the pairs that share a post or a meeting."""
    readings, _ = pipeline.read_all(folder, None)
    told = pipeline.tell(readings, catalogue.load(folder))
    printed = [(r.page.file, str(p.line)) for r in readings for p in r.posts]
    groups = distinct.groups([p for r in readings for p in r.posts])
    found = meetings.merge([telling.report(t) for t in told if t.kind != "not_a_report"])
    of_post = {
        t.post_id: printed_rows for t, printed_rows in zip(told, [[printed[i] for i in g] for g in groups], strict=True)
    }
    event = {row: m.meeting_id for m in found for post_id in m.post_ids for row in of_post[post_id]}
    true = {(r.file, r.line): r.same_meeting for r in truth.itertuples() if r.same_meeting}
    rows = sorted(set(event) & set(true))
    pairs = [(a, b) for i, a in enumerate(rows) for b in rows[i + 1 :]]
    together = {p for p in pairs if event[p[0]] == event[p[1]]}
    should = {p for p in pairs if true[p[0]] == true[p[1]]}
    lines = [f"meetings: {len(together & should)} of {len(should)} pairs joined, {len(together - should)} false"]
    lines += [f"  false: {a} {b}" for a, b in sorted(together - should)] + [
        f"  missed: {a} {b}" for a, b in sorted(should - together)
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, default=Path("tests/pages"))
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    rows = read(options.pages)
    marks = score(rows)
    truth = rows[rows["_merge"].ne("right_only")]
    print(
        f"{len(truth)} posts on {truth['file'].nunique()} pages; extra posts found: {rows['_merge'].eq('right_only').sum()}"
    )
    for name in COLUMNS:
        values = marks[name].dropna()
        print(f"{name:10} {values.sum():4.0f} of {len(values):4} = {values.mean():.3f}")
    print(merging(options.pages, truth))
    traps = truth.assign(right=marks[["split", "kind", "date"]].fillna(True).all(axis=1))
    traps = traps.assign(trap=traps["traps"].str.split(";")).explode("trap")
    table = traps[traps["trap"].ne("")].groupby("trap")["right"].agg(["sum", "count"])
    print("\nposts right in split, kind and date, per trap:")
    print(table.to_string())
    if options.wrong:
        wrong = ~marks[COLUMNS].fillna(True).all(axis=1)
        for i, row in rows[wrong].iterrows():
            bad = [n for n in COLUMNS if marks.loc[i, n] is False or marks.loc[i, n] == False]  # noqa: E712
            print(f"\n{row['file']}:{row['line']} {bad} | {row['title']!r} / {row.get('title_found', '')!r}")
            print(
                f"  truth {row['kind']} {row['start']}..{row['end']} {row['precision']} pub={row['published']} by={row['author']} partial={row['is_partial']} c={row['n_comments']} {row['traps']}"
            )
            print(
                f"  found {row['kind_found']} {row['start_found']}..{row['end_found']} {row['precision_found']} pub={row['published_found']} by={row['author_found']} partial={row['is_partial_found']} c={row['n_comments_found']} {row['evidence']}"
            )


if __name__ == "__main__":
    main()
