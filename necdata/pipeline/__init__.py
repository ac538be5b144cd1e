"""The build in steps: gather pages as leaves, tell posts and meetings from them, make rows, write tables.

`leaves` is what one page tells by itself, made by `workers` and kept on the `shelf`; `gathering` brings all pages'
leaves together, `telling` merges copies and credits posts, `rows` makes tables of them, and `building` is the whole.
"""

from necdata.pipeline.building import Built, build, tabulate
from necdata.pipeline.gathering import Progress, read_all
from necdata.pipeline.telling import tell
from necdata.pipeline.workers import WorkerError

__all__ = ["Built", "Progress", "WorkerError", "build", "read_all", "tabulate", "tell"]
