"""What a site answers: read within bounds, and made fit for a terminal and a ledger."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
import zlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import requests

from necdata.fetching.network import FetchError, Passing


class Answer(NamedTuple):
    """What a site answered: addresses without credentials, the body unpacked."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def clean(text: str, longest: int = 200) -> str:
    """Make text from a server fit for a terminal and a ledger: one line, printable, not long.

    >>> clean("a\\x1b[31m b\\n")
    'a [31m b'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def scrub(url: str) -> str:
    """Take user name, password and fragment out of an address.

    >>> scrub("https://jo:secret@example.org:8080/a?b#c")
    'https://example.org:8080/a?b'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def retry_after(value: str, now: dt.datetime | None = None) -> float:
    """Read a Retry-After header, seconds or a date, as seconds from now; 0 for neither.

    >>> retry_after("120")
    120.0
    """
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return float(value)
    try:
        then = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    then = then if then.tzinfo else then.replace(tzinfo=dt.UTC)
    return max((then - (now or dt.datetime.now(dt.UTC))).total_seconds(), 0.0)


def read_body(response: requests.Response, url: str, most: int) -> bytes:
    """Read a body bounded as sent and as unpacked: a gzip of 25 kB can hold 25 MB."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
    if packing not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"{clean(url)}: is packed in a way not asked for ({clean(packing, 20)}); left alone")
    unpack = None if packing == "identity" else zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = sent = 0
    for chunk in response.raw.stream(65_536, decode_content=False):
        sent += len(chunk)
        try:
            part = unpack.decompress(chunk, most + 1 - size) if unpack else chunk
        except zlib.error as error:
            raise Passing(f"{clean(url)}: is not the gzip it says it is") from error
        size += len(part)
        if max(size, sent) > most:
            raise FetchError(f"{clean(url)}: is larger than {most / 1e6:g} MB; left alone")
        parts.append(part)
    if unpack and sent and not unpack.eof:
        raise Passing(f"{clean(url)}: breaks off")
    return b"".join(parts)
