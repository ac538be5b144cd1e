"""Titles that state a finding where the numbers bear it out, and are neutral where they do not.

A finding needs intervals that do not overlap, and an interval needs ten meetings or more; the
columns are those of rates: name, estimate, low, high, n_meetings and `banded`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

MOST = 60
"""Letters of a finding's title above which the neutral one is taken."""


def stated(finding: str, neutral: str) -> str:
    """The finding, unless it is too long for a title."""
    return finding if len(finding) <= MOST else neutral


def ranking_title(table: pd.DataFrame) -> str:
    """Which topic leads, if its interval lies above that of every other; else a neutral title."""
    if len(table) == 1:
        return f"{table['name'].iloc[0]} in accounts of NEC meetings"
    neutral = f"What accounts of NEC meetings are about: {len(table)} topics"
    if table.empty or not table["banded"].all():
        return neutral
    first, rest = table.iloc[0], table.iloc[1:]
    if first["low"] <= rest["high"].max():
        return neutral
    return stated(f"{first['name']} takes up more of the accounts than any other topic", neutral)


def told_title(name: str, told: int, meetings: int) -> str:
    """How many of the meetings have it in their accounts: a count, so that no interval is needed.

    >>> told_title("Health", 3, 22)
    'Health: in the accounts of 3 of 22 meetings'
    """
    if told == 0:
        return f"{name}: not in the accounts of any of {meetings} meetings"
    if told == meetings:
        return f"{name}: in the account of every meeting"
    return f"{name}: in the accounts of {told} of {meetings} meetings"


def grouped_title(table: pd.DataFrame, by: str, shown: Mapping[str, str]) -> str:
    """A neutral title: too many comparisons stand side by side for one to be picked out fairly."""
    things = {"era": "leader", "reporter": "reporter"}.get(by, by.replace("_", " "))
    return f"What NEC meetings are said to be about, by {things}"


def contrast_title(wide: pd.DataFrame, contrasts: pd.DataFrame | None, first: str, second: str) -> str:
    """The topic that changed most between two eras, if the tests bear it out; else neutral.

    `wide` has topic and name; `contrasts` has topic, difference (second - first), p_holm and
    reporter_constant. A change counts where p_holm is below 0.05 (adjusted for all topics) and
    reporters could be held constant: else a change of reporter would pass for one of the party.
    """
    neutral = f"What accounts are about under {first} and under {second}"
    if contrasts is None:
        return neutral
    sure = contrasts[(contrasts["p_holm"] < 0.05) & contrasts["reporter_constant"].isin(["yes", "partly"])]
    sure = sure[sure["topic"].isin(wide["topic"])].reset_index(drop=True)
    if sure.empty:
        return neutral
    most = sure.iloc[int(sure["difference"].abs().argmax())]
    name = wide.loc[wide["topic"] == most["topic"], "name"].iloc[0]
    verb = "more" if most["difference"] > 0 else "less"
    return stated(f"{name}: {verb} of it under {second} than under {first}", neutral)


def reporters_note(contrasts: pd.DataFrame | None) -> str:
    """A warning where no reporter, or only some, wrote about both eras."""
    found = set() if contrasts is None else set(contrasts["reporter_constant"].astype(str))
    if "no" in found:
        return (
            "No reporter wrote about both eras: what looks like a difference between eras may be one between reporters."
        )
    return "Only some reporters wrote about both eras." if "partly" in found else ""
