"""Visits to the listed sites: robots.txt, an honest name, a delay, retries, limits."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from necdata import __version__
from necdata.fetching.answers import Answer, clean, read_body, retry_after, scrub
from necdata.fetching.network import Broken, Deadline, FetchError, Leave, Network, NotThisWay, Passing, adapter
from necdata.fetching.robots import TOKEN, Robots
from necdata.formats.pages import LARGEST_PAGE

PURPOSE = "collects published reports of Labour NEC meetings for research; started by its user"
USER_AGENT = f"{TOKEN}/{__version__} ({PURPOSE})"
HEADERS = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
LONGEST_URL = 2_000
FAULTS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
)
REDIRECTS = {301, 302, 303, 307, 308}
WORTH_ANOTHER_TRY = {429, 500, 502, 503, 504}


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
        self._robots = Robots(lambda url: self._tries(url, {}, robots=False))
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
        if len(url) > LONGEST_URL:
            raise FetchError(f"{clean(scrub(url))}: is far too long; left alone")
        return scrub(url)

    def _tries(self, url: str, headers: dict[str, str], robots: bool) -> Answer:
        broken = False
        for attempt in range(1, self.limits.tries + 1):
            wait = self.limits.delay * 2**attempt
            try:
                answer = self._follow(url, headers, robots)
                if answer.status not in WORTH_ANOTHER_TRY:
                    return answer
                problem, broken = f"{clean(answer.url)}: answers {answer.status}", answer.status == 500
                wait = max(wait, retry_after(answer.headers.get("Retry-After", "")))
            except Passing as error:
                problem, broken = str(error), False
            if wait > self.limits.wait:
                raise Leave(f"{problem}, and asks to wait {wait:.0f} s; run it again later")
            if attempt < self.limits.tries:
                self.say(f"{problem}; trying again in {wait:.0f} s")
                self.network.pause(wait)
        raise (Broken if broken else Leave)(f"{problem}; given up after {self.limits.tries} tries")

    def _follow(self, url: str, headers: dict[str, str], robots: bool) -> Answer:
        """Follow redirects hop by hop, each checked as if the user had asked for it."""
        first = url = self.check(url)
        for _ in range(self.limits.redirects + 1):
            if robots:
                self._robots.permit(url, self.limits.wait)
            answer = self._once(url, headers)
            if answer.status not in REDIRECTS or "Location" not in answer.headers:
                return answer._replace(url=first)
            url = self._target(url, answer.headers["Location"])
        raise FetchError(f"{clean(first)}: redirects more than {self.limits.redirects} times; left alone")

    def _target(self, url: str, location: str) -> str:
        try:
            target = self.check(urljoin(url, location))
        except FetchError as error:
            raise NotThisWay(f"{clean(url)}: redirects to {error}") from error
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
                    moved = response.status_code in REDIRECTS
                    body = b"" if moved else read_body(response, url, self.limits.bytes)
                    answer = Answer(url, url, response.status_code, response.headers, body)
            except FAULTS as error:
                raise self._fault(url, error) from error
            if self._deadline.over:  # without a stated length, a cut looks like an end
                raise self._fault(url, TimeoutError())
        return answer

    def _fault(self, url: str, error: Exception) -> FetchError:
        if self._deadline.over:
            return FetchError(f"{clean(url)}: takes longer than {self.limits.seconds:g} s; given up")
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return FetchError(f"{clean(url)}: its certificate cannot be verified; left alone")
        return Passing(f"{clean(url)}: breaks off ({type(error).__name__})")

    def _keep_distance(self, url: str) -> None:
        host, now = _host(urlsplit(url).hostname), time.monotonic()
        delay = max(self.limits.delay, self._robots.delay(url))
        wait = self._asked_at.get(host, now - delay) + delay - now
        if wait > 0:
            self.network.pause(wait)
        self._asked_at[host] = time.monotonic()


def _host(host: str | None) -> str:
    return (host or "").lower().removesuffix(".").removeprefix("www.")
