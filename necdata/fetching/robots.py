"""The rules that a site's robots.txt sets, read before anything else is asked for (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from necdata.fetching.answers import Answer, clean
from necdata.fetching.network import FetchError, NotThisWay

TOKEN = "necdata"  # the name that rules can speak to
ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are to be read


class Disallowed(NotThisWay):
    """An address that the site's robots.txt asks us to leave alone."""


class Robots:
    """The rules of each site, asked for once with `get`.

    RFC 9309, 2.3.1: without a robots.txt (4xx) everything is allowed, where it cannot be read (5xx)
    nothing is.
    """

    def __init__(self, get: Callable[[str], Answer]):
        self._get = get
        self._rules: dict[str, Protego] = {}
        self._closed: dict[str, FetchError] = {}

    def permit(self, url: str, longest: float) -> None:
        """Raise Disallowed where the rules forbid an address, or want more than `longest` s apart."""
        origin = _origin(url)
        if origin in self._closed:
            raise self._closed[origin]
        if origin not in self._rules:
            try:
                self._rules[origin] = self._read(origin)
            except FetchError as error:
                self._closed[origin] = error
                raise
        if not self._rules[origin].can_fetch(url, TOKEN):
            raise Disallowed(f"{clean(url)}: robots.txt asks not to fetch it; left alone")
        if self.delay(url) > longest:
            asked = f"{self.delay(url):.0f} s between requests"
            raise Disallowed(f"{origin}: robots.txt asks for {asked}; left alone")

    def delay(self, url: str) -> float:
        """Count the seconds that a site's rules ask for between requests; 0 where not known."""
        rules = self._rules.get(_origin(url))
        if rules is None:
            return 0.0
        delay, rate = rules.crawl_delay(TOKEN) or 0.0, rules.request_rate(TOKEN)
        return max(delay, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    def _read(self, origin: str) -> Protego:
        answer = self._get(f"{origin}/robots.txt")
        found = answer.body[:ROBOTS_BYTES] if answer.status == 200 else b""
        return Protego.parse(found.decode("utf-8", "replace"))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
