"""Charts: each takes tidy frames and returns a `Chart`, a matplotlib Figure that can export itself.

Charts read nothing and count nothing: rates and intervals come from the caller.
"""

from necdata.charts.checks import text_problems
from necdata.charts.contrast import era_contrast
from necdata.charts.coverage import timeline
from necdata.charts.distance import by_distance
from necdata.charts.figure import Chart, finish, panel, sheet
from necdata.charts.groups import reporter_comparison, topics_by_era, topics_by_group
from necdata.charts.heat import heat_map
from necdata.charts.key import Key
from necdata.charts.keyness import keyness_plot
from necdata.charts.multiples import small_multiples
from necdata.charts.ranking import ranked_topics
from necdata.charts.trends import over_time
from necdata.charts.words import counted, listed, source_line

__all__ = [
    "Chart",
    "Key",
    "by_distance",
    "counted",
    "era_contrast",
    "finish",
    "heat_map",
    "keyness_plot",
    "listed",
    "over_time",
    "panel",
    "ranked_topics",
    "reporter_comparison",
    "sheet",
    "small_multiples",
    "source_line",
    "text_problems",
    "timeline",
    "topics_by_era",
    "topics_by_group",
]
