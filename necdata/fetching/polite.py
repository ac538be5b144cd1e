"""Visits to the listed sites: robots.txt, an honest name, a delay, retries, limits."""

from __future__ import annotations

import datetime as dt
import email.utils
import http.client
import re
import time
import zlib
from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3
from protego import Protego

from necdata import __version__
from necdata.fetching.network import (
    Deadline,
    FetchError,
    Leave,
    Network,
    NotThisWay,
    Passing,
    adapter,
)
from necdata.pages import LARGEST_PAGE

TOKEN = "necdata"  # the name that robots.txt rules can speak to
PURPOSE = "collects published reports of Labour NEC meetings for research; started by its user"
USER_AGENT = f"{TOKEN}/{__version__} ({PURPOSE})"
HEADERS = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
REDIRECTS = {301, 302, 303, 307, 308}
WORTH_ANOTHER_TRY = {429, 500, 502, 503, 504}
ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are to be read


class Limits(NamedTuple):
    """What bounds a visit: bytes as unpacked, seconds of a request, between two, of a wait."""

    bytes: int = LARGEST_PAGE
    seconds: float = 60.0
    redirects: int = 5
    tries: int = 4
    delay: float = 2.0
    wait: float = 300.0
    requests: int = 500  # to one site in one run


LIMITS, INTERNET = Limits(), Network()


class Disallowed(NotThisWay):
    """An address that the site's robots.txt asks us to leave alone."""


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


class _Session(requests.Session):
    """A session that leaves redirects alone; requests would read their bodies unbounded."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class Visitor:
    """Somebody who asks the listed sites for pages, one request at a time.

    `origins` are the addresses of the sites (`https://example.org/`): their hosts, with and without
    `www.`, are the only ones that are ever asked, by redirects too.
    """

    def __init__(
        self,
        origins: list[str],
        limits: Limits = LIMITS,
        network: Network = INTERNET,
        say: Callable[[str], None] = lambda line: None,
    ):
        self.limits, self.network, self.say, self.requests = limits, network, say, 0
        self._ports: dict[str, set[int | None]] = {}
        for parts in map(urlsplit, origins):
            self._ports.setdefault(_host(parts.hostname), {None, 80, 443}).add(parts.port)
        self._robots: dict[str, Protego] = {}
        self._closed: dict[str, FetchError] = {}
        self._asked_at: dict[str, float] = {}
        self._deadline = Deadline(limits.seconds)
        self._session = _Session()
        self._session.trust_env = False  # .netrc would send the user's passwords
        self._session.headers.update(HEADERS)
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter(network, lambda: self._deadline))

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Answer:
        """Ask for one address; again where the fault may pass.

        Raises Disallowed where robots.txt says no, FetchError for all else that stands in the way.
        Other answers than faults are returned, whatever their status.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        return self._tries(url, headers, robots=True)

    def check(self, url: str) -> str:
        """Return an address without credentials; raises FetchError for one not to be asked for."""
        try:
            parts = urlsplit(url)
            host, port = _host(parts.hostname), parts.port
        except ValueError as error:
            raise FetchError(f"{clean(url)}: is not an address") from error
        if parts.scheme not in ("http", "https"):
            raise FetchError(f"{clean(scrub(url))}: is neither http nor https; left alone")
        if port not in self._ports.get(host, set()):
            raise FetchError(f"{clean(scrub(url))}: is not on a site in sources.toml; left alone")
        return scrub(url)

    def _tries(self, url: str, headers: dict[str, str], robots: bool) -> Answer:
        for attempt in range(1, self.limits.tries + 1):
            wait = self.limits.delay * 2**attempt
            try:
                answer = self._follow(url, headers, robots)
                if answer.status not in WORTH_ANOTHER_TRY:
                    return answer
                problem = f"{clean(answer.url)}: answers {answer.status}"
                wait = max(wait, retry_after(answer.headers.get("Retry-After", "")))
            except Passing as error:
                problem = str(error)
            if wait > self.limits.wait:
                raise Leave(f"{problem}, and asks to wait {wait:.0f} s; run it again later")
            if attempt < self.limits.tries:
                self.say(f"{problem}; trying again in {wait:.0f} s")
                self.network.pause(wait)
        raise Leave(f"{problem}; given up after {self.limits.tries} tries")

    def _follow(self, url: str, headers: dict[str, str], robots: bool) -> Answer:
        """Follow redirects hop by hop, each checked as if the user had asked for it."""
        first = url = self.check(url)
        for _ in range(self.limits.redirects + 1):
            if robots:
                self._permit(url)
            answer = self._once(url, headers)
            if answer.status not in REDIRECTS or "Location" not in answer.headers:
                return answer._replace(url=first)
            url = self._target(url, answer.headers["Location"])
        raise FetchError(
            f"{clean(first)}: redirects more than {self.limits.redirects} times; left alone"
        )

    def _target(self, url: str, location: str) -> str:
        try:
            target = self.check(urljoin(url, location))
        except FetchError as error:
            raise FetchError(f"{clean(url)}: redirects to {error}") from error
        except ValueError as error:
            raise FetchError(f"{clean(url)}: redirects to what is not an address") from error
        if url.startswith("https:") and not target.startswith("https:"):
            raise FetchError(f"{clean(url)}: redirects from https to http; left alone")
        return target

    def _once(self, url: str, headers: dict[str, str]) -> Answer:
        self._keep_distance(url)
        self.requests += 1
        with Deadline(self.limits.seconds) as self._deadline:
            try:
                with self._session.get(
                    url,
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=self.limits.seconds,
                ) as response:
                    body = (
                        b""
                        if response.status_code in REDIRECTS
                        else _body(response, url, self.limits.bytes)
                    )
                    answer = Answer(url, url, response.status_code, response.headers, body)
            except (
                requests.RequestException,
                urllib3.exceptions.HTTPError,
                OSError,
                http.client.HTTPException,
            ) as error:
                raise self._fault(url, error) from error
            if self._deadline.over:  # without a stated length, a cut looks like an end
                raise self._fault(url, TimeoutError())
        return answer

    def _fault(self, url: str, error: Exception) -> FetchError:
        if self._deadline.over:
            return FetchError(
                f"{clean(url)}: takes longer than {self.limits.seconds:g} s; given up"
            )
        if isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(
            error
        ):
            return FetchError(f"{clean(url)}: its certificate cannot be verified; left alone")
        return Passing(f"{clean(url)}: breaks off ({type(error).__name__})")

    def _keep_distance(self, url: str) -> None:
        host, now = _host(urlsplit(url).hostname), time.monotonic()
        delay = max(self.limits.delay, self._crawl_delay(url))
        wait = self._asked_at.get(host, now - delay) + delay - now
        if wait > 0:
            self.network.pause(wait)
        self._asked_at[host] = time.monotonic()

    def _crawl_delay(self, url: str) -> float:
        rules = self._robots.get(_origin(url))
        if rules is None:
            return 0.0
        delay, rate = rules.crawl_delay(TOKEN) or 0.0, rules.request_rate(TOKEN)
        return max(delay, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    def _permit(self, url: str) -> None:
        """Read the rules of a site before the first request to it, and keep to them.

        RFC 9309, 2.3.1: without a robots.txt (4xx) everything is allowed, where it cannot be read
        (5xx) nothing is.
        """
        origin = _origin(url)
        if origin in self._closed:
            raise self._closed[origin]
        if origin not in self._robots:
            try:
                self._robots[origin] = self._rules(origin)
            except FetchError as error:
                self._closed[origin] = error
                raise
        if not self._robots[origin].can_fetch(url, TOKEN):
            raise Disallowed(
                f"{clean(url)}: the site's robots.txt asks not to fetch it; left alone"
            )
        if self._crawl_delay(url) > self.limits.wait:
            raise Disallowed(
                f"{origin}: robots.txt asks for {self._crawl_delay(url):.0f} s between requests; "
                "left alone"
            )

    def _rules(self, origin: str) -> Protego:
        answer = self._tries(f"{origin}/robots.txt", {}, robots=False)
        found = answer.body[:ROBOTS_BYTES] if answer.status == 200 else b""
        return Protego.parse(found.decode("utf-8", "replace"))


def _host(host: str | None) -> str:
    return (host or "").lower().removesuffix(".").removeprefix("www.")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


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


def _body(response: requests.Response, url: str, most: int) -> bytes:
    """Read a body bounded as sent and as unpacked: a gzip of 25 kB can hold 25 MB."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
    if packing not in ("identity", "gzip", "x-gzip"):
        raise FetchError(
            f"{clean(url)}: is packed in a way not asked for ({clean(packing, 20)}); left alone"
        )
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
