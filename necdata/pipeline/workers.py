"""Workers: the same work on every core, its results in order, whoever did it and however often."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from necdata.coding.codebook import Codebook
from necdata.pipeline.leaves import Maker, Written

if TYPE_CHECKING:
    from concurrent.futures import Future

AT_ONCE = 32  # pages that a worker reads in one go
FEW = 50  # pages below which starting workers takes longer than the work
AHEAD = 3  # batches a worker that wait for it, or for whoever takes their results

File = tuple[Any, str]
Made = Written | str
_maker: Maker | None = None


class WorkerError(ValueError):
    """A worker that died: one sentence with the remedy."""


def cores() -> int:
    """Count the cores that this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def made(files: Sequence[File], books: Sequence[Codebook], jobs: int | None = None) -> Generator[Made]:
    """Make the leaves of files, in their order, by `jobs` workers (as many as there are cores where None).

    Few files are read in this process. Raises WorkerError where a worker dies. Close it to let the workers go early.
    """
    jobs = cores() if jobs is None else jobs
    batches = [files[i : i + AT_ONCE] for i in range(0, len(files), AT_ONCE)]
    if jobs <= 1 or len(files) < FEW:
        maker = Maker(books)
        return (made for batch in batches for made in maker(batch))
    return _in_pool(batches, books, min(jobs, len(batches)))


def _in_pool(batches: Sequence[Sequence[File]], books: Sequence[Codebook], jobs: int) -> Generator[Made]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A fork has all modules at once; elsewhere than on Linux it is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, _begin, (list(books), os.getpid()))
    try:
        yield from ordered(lambda batch: pool.submit(_work, batch), batches, jobs * AHEAD)
    except BrokenProcessPool as error:
        raise WorkerError(
            "a process that read pages was ended (by the system, where memory was short, or by hand); "
            "run `necdata build` again, with --jobs 1 where memory is short"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def ordered(
    submit: Callable[[Sequence[File]], Future[list[Made]]], batches: Sequence[Sequence[File]], ahead: int
) -> Iterator[Made]:
    """Give the results of batches in their order, only so many of them under way at a time."""
    waiting: deque[Future[list[Made]]] = deque()
    for batch in batches:
        waiting.append(submit(batch))
        if len(waiting) > ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _begin(books: Sequence[Codebook], parent: int) -> None:
    """Make a worker ready: Ctrl-C is for the process that it works for, without which it ends."""
    global _maker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_outlive, args=(parent,), daemon=True).start()
    _maker = Maker(books)


def _outlive(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _work(batch: Sequence[File]) -> list[Made]:
    assert _maker is not None
    return _maker(batch)
