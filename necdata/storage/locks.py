"""Locks on folders, and moments that Ctrl-C must not cut in two: for whatever writes next to others."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PATIENCE = 30.0  # seconds; what is done under a guard takes milliseconds


@contextlib.contextmanager
def guard(parent: Path) -> Iterator[None]:
    """Let one process at a time look at what is in a folder and change it; for moments, not for a whole build.

    Raises BlockingIOError where another has not let go of it after PATIENCE seconds.
    """
    handle = _awaited(parent)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _awaited(path: Path) -> int | None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return lock(path)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise BlockingIOError(errno.EAGAIN, "another program has held it too long", str(path)) from error
            time.sleep(0.005)


def held(path: Path) -> bool:
    """Tell whether a process that is alive holds a folder."""
    try:
        handle = lock(path)
    except BlockingIOError:
        return True
    if handle is not None:
        os.close(handle)
    return False


def lock(path: Path) -> int | None:
    """Hold a folder until the handle given is closed or the process ends; None on systems without such locks.

    Raises BlockingIOError where another holds it. The folder itself is locked, so that no file is left behind.
    """
    try:
        import fcntl

        handle = os.open(path, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a file system without locks
        os.close(handle)
        return None
    return handle


def sync(path: Path) -> None:
    """Bring a file's or folder's contents down to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting for the few steps that must not be cut in two."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[Any] = []
    before = signal.signal(signal.SIGINT, lambda *what: pressed.append(what))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed and callable(before):
        before(*pressed[0])
