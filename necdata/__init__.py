"""necdata: the published accounts of Labour's National Executive Committee as tables of meetings and topics.

>>> import necdata
>>> corpus = necdata.load()      # doctest: +SKIP
>>> corpus.meetings              # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from necdata.corpus import Corpus, load

if TYPE_CHECKING:
    from necdata.pipeline import Built

__version__ = "0.1.0"
__all__ = ["Corpus", "build", "load"]


def build(raw: str = "raw", processed: str = "processed", **options: Any) -> Built:
    """Read every page in a folder and write the tables into another: `necdata build`; see `necdata.pipeline.build`."""
    from necdata.pipeline import build as run

    return run(raw, processed, **options)
