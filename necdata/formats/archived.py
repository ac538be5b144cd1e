"""Web pages kept whole in one file (MHTML, "web page, single file"): the page itself taken out of its e-mail wrapping.

The file is an e-mail message (RFC 2557) whose first HTML part is the page; pictures and styles are further parts.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import NamedTuple

from necdata.reading.page import PageError

_HEADERS = re.compile(rb"\s*(?:[A-Za-z-]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+")


class Archived(NamedTuple):
    """A page taken out: its bytes, its address ("" where none is stated), the raw line of each of its lines."""

    data: bytes
    address: str
    numbers: list[int]


def is_archived(data: bytes) -> bool:
    """Tell whether a file is a page kept whole: an e-mail's headers that announce related parts.

    >>> is_archived(b"From: <Saved by Blink>\\r\\nMIME-Version: 1.0\\r\\nContent-Type: multipart/related;\\r\\n\\r\\n")
    True
    """
    head = _HEADERS.match(data[:5000])
    return head is not None and re.search(rb"^content-type:\s*multipart/related", head[0], re.I | re.M) is not None


def read(data: bytes, name: str) -> Archived:
    """Take the page out of a file; raises PageError where the file holds no HTML."""
    message = message_from_bytes(data)
    part = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    body = part.get_payload() if part is not None else None
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, str) or not isinstance(content, bytes) or not content.strip():
        raise PageError(name, "is a web archive without a page in it; save the page again, as HTML")
    address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    quoted = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "quoted-printable"
    return Archived(_utf8(content, part.get_content_charset()), address, _numbers(body, _first(data, body), quoted))


def _utf8(content: bytes, charset: str | None) -> bytes:
    """Recode a page that states another character set than UTF-8; what that does not fit is for the reader of bytes."""
    try:
        return content.decode(charset).encode() if charset else content
    except (LookupError, UnicodeDecodeError):
        return content


def _first(data: bytes, body: str) -> int:
    """Give the raw line on which a part's body begins."""
    opening = body[:300].encode("ascii", "surrogateescape")
    return data[: max(data.find(opening), 0)].count(b"\n") + 1


def _numbers(body: str, first: int, quoted: bool) -> list[int]:
    """Number the page's lines as the file has them: in quoted-printable, "=" at a line's end joins it to the next.

    >>> _numbers("a=\\nb\\nc=0Ad\\ne", 7, True)
    [7, 9, 9, 10]
    """
    numbers = [first]
    for raw, line in enumerate(body.splitlines(), first):
        if not quoted and raw == first:
            break  # base64: its lines are not the page's
        numbers += [raw] * line.upper().count("=0A")
        if not line.rstrip().endswith("="):
            numbers.append(raw + 1)
    return numbers[:-1] if len(numbers) > 1 and not body.endswith("\n") else numbers
