"""Who told of each meeting, and whether two groups of meetings have a reporter in common."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd


def reporters(posts: pd.DataFrame) -> pd.Series:
    """Who told of each meeting, by meeting_id: "A. Bell", or "A. Bell; C. Dunn" where several did.

    Meetings with a post of unknown author are absent: nobody can be held constant there.
    """
    told = posts[posts["meeting_id"].notna() & (posts["meeting_id"] != "")]
    known = told["author"].fillna("").str.strip().ne("").groupby(told["meeting_id"]).all()
    split = told["author"].fillna("").str.split(r"\s*;\s*", regex=True)
    names: dict[str, set[str]] = {}
    for meeting, authors in zip(told["meeting_id"], split, strict=True):
        names.setdefault(str(meeting), set()).update(authors)
    joined = {meeting: "; ".join(sorted(found)) for meeting, found in names.items() if known[meeting]}
    return pd.Series(joined, dtype="str").rename("reporter").rename_axis("meeting_id")


def told_by(
    ids: pd.Series, second: npt.NDArray[np.bool_], posts: pd.DataFrame | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], str]:
    """Reporter of each meeting as a number, which meetings may be shuffled, and a word on it."""
    everybody = np.ones(len(ids), dtype=bool)
    alone = np.full(len(ids), 0)
    if posts is None:
        return alone, everybody, "not tried"
    told = ids.map(reporters(posts))
    codes, _ = pd.factorize(told)
    both = {code for code in np.unique(codes[codes >= 0]) if 0 < second[codes == code].mean() < 1}
    common = np.isin(codes, list(both))
    if not common.any():
        return alone, everybody, "no"
    return codes, common, "yes" if common.all() else "partly"
