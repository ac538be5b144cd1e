"""Rates put right for what the coding is known to miss and to invent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from necdata.counting.resampling import Array

MIN_GOLD = 10


def correct(rates: pd.DataFrame, validation: pd.DataFrame, *, min_gold: int = MIN_GOLD) -> pd.DataFrame:
    """Rates with columns for what they would be had the coding made no errors.

    true ≈ observed × precision / recall, which is observed × (passages of a topic by hand) /
    (passages coded with it): a topic coded too freely shrinks, one often missed grows. It is the
    thought of Rogan & Gladen (1978, American Journal of Epidemiology 107:71-76), who work from
    sensitivity and specificity; counts of passages without the topic are not needed here, but
    precision must not differ between the groups compared, nor from the hand-coded sample's.

    `rates` as from `statistics.rates` (shares of passages; hits per 1,000 words only if missed
    passages are as long and as full of hits as found ones). `validation` has one row per topic:
    topic, tp, fp, fn (passages coded rightly, coded wrongly, missed). Adds factor (precision /
    recall), corrected, corrected_low, corrected_high (in the unit of `estimate`; the interval of
    the rate and the doubt of the factor combined on the log scale, Zou & Donner 2008), n_gold
    (tp + fn) and correction: "precision / recall", or why there is none (fewer than `min_gold`
    gold or coded passages). Raises ValueError for shares of meetings or a topic validated twice.
    """
    if (rates["measure"] == "share_of_meetings").any():
        raise ValueError("Precision and recall of passages cannot correct a share of meetings.")
    if validation["topic"].duplicated().any():
        raise ValueError("validation has a topic twice; it must have one row per topic.")
    cells = validation.assign(topic=validation["topic"].astype(str)).set_index("topic")
    cells = cells.reindex(rates["topic"].astype(str))
    tp, fp, fn = (cells[name].fillna(0).to_numpy(dtype=float) for name in ("tp", "fp", "fn"))
    enough = (tp > 0) & (np.minimum(tp + fp, tp + fn) >= min_gold)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(enough, (tp + fn) / (tp + fp), np.nan)
    error = _log_error(tp, fp, fn)
    frame = rates.assign(factor=factor, corrected=rates["estimate"] * factor)
    frame["corrected_low"], frame["corrected_high"] = _combined(frame, factor, error)
    frame["n_gold"] = (tp + fn).astype(int)
    frame["correction"] = np.where(enough, "precision / recall", f"none: fewer than {min_gold} gold or coded passages")
    return frame


def _log_error(tp: Array, fp: Array, fn: Array) -> Array:
    """Standard error of log((tp + fn) / (tp + fp)) by the delta method, cells as Poisson counts.

    Half a passage is added to each cell: no error in a small sample is not proof of none.
    """
    tp, fp, fn = tp + 0.5, fp + 0.5, fn + 0.5
    gold, coded = tp + fn, tp + fp
    return np.sqrt(tp * (1 / gold - 1 / coded) ** 2 + fn / gold**2 + fp / coded**2)


def _combined(frame: pd.DataFrame, factor: Array, error: Array) -> tuple[Array, Array]:
    from scipy.special import ndtri

    rate, low, high = (frame[name].to_numpy(dtype=float) for name in ("estimate", "low", "high"))
    reach = ndtri(0.5 + frame["level"].to_numpy(dtype=float) / 2) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        down = np.exp(-np.hypot(np.log(rate / low), reach))
        up = np.exp(np.hypot(np.log(high / rate), reach))
    most = np.where(frame["measure"] == "share_of_passages", 1.0, np.inf)
    return rate * factor * down, np.minimum(rate * factor * up, most)
