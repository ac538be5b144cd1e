"""One run over one site: what is new goes into raw/, every answer into the ledger."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from necdata.fetching import ledger
from necdata.fetching.answers import Answer, clean
from necdata.fetching.feeds import Listing, Post
from necdata.fetching.ledger import Entry
from necdata.fetching.links import read_links
from necdata.fetching.network import FetchError, Leave, NotThisWay
from necdata.fetching.platforms import Site, Way
from necdata.fetching.polite import Visitor
from necdata.formats.pages import decode, sniff
from necdata.reading.page import PageError

NO_PAGES = "{url}: lists the same {n} posts again; if there are older ones, save their pages and use `necdata add`"
PATIENCE = 3  # posts in a row that cannot be had before a site is left


class Wanted(NamedTuple):
    """What bounds a run: new files (None: no bound), first day of publication ("": any)."""

    most: int | None = None
    since: str = ""

    def has(self, post: Post) -> bool:
        """Tell whether a post is not too old; one without a date is not."""
        return not (self.since and post.date and post.date < self.since)


class Enough(Exception):
    """The run has as many new files as were wanted."""


class Run:
    """The state of one run over one site: keys of the `posts` seen, `problems` with posts."""

    def __init__(self, site: Site, raw: Path, visitor: Visitor, wanted: Wanted):
        self.site, self.raw, self.visitor, self.wanted = site, raw, visitor, wanted
        entries = ledger.read(raw)
        self._latest = {e.url: e for e in entries if e.site == site.host and e.status == 200}
        self._unfinished = ledger.unfinished(entries, site.host)
        self._held = ledger.held(entries, raw)
        self.posts: set[str] = set()
        self._first, self._failed = visitor.requests, 0
        self.new_files = self.new_posts = self.bytes = 0
        self.cut_short = False
        self.problems: list[str] = []
        self.notes: list[str] = []  # what the user should know of a run that came to its end

    def follow(self, way: Way) -> None:
        """Go through the answers of one way; raises FetchError where it breaks."""
        url, number = way.first, 1
        try:
            while url:
                url, number = self._step(way, url, number), number + 1
        except Enough:
            self.cut_short = True

    def _step(self, way: Way, url: str, number: int) -> str:
        """Deal with one answer; returns the next address, "" at the end."""
        last = self._latest.get(url, Entry())
        whole = ledger.whole(last, self._held)
        if whole and url in self._unfinished:
            self._saw((*last.posts, *last.others), url, "was fetched before the interruption")
            return last.next
        answer = self._ask(url, last.etag, last.last_modified) if whole else self._ask(url)
        if answer.status == 304 and whole:
            self._record(answer, last._replace(file="", posts=(), others=()))
            self._saw((*last.posts, *last.others), url, "unchanged")
            return last.next
        if answer.status in (400, 404, 410) and number > 1:
            return ""  # how WordPress says that there are no more pages
        if answer.status != 200:
            raise NotThisWay(f"{clean(answer.url)}: answers {answer.status}")
        return self._listed(way, answer, self._read(way, answer))

    def _ask(self, url: str, etag: str = "", last_modified: str = "") -> Answer:
        most = self.visitor.limits.requests
        if self.wanted.most is not None and self.new_files >= self.wanted.most:
            raise Enough
        if self.visitor.requests - self._first >= most:
            self.problems.append(f"{self.site.host}: left after {most} requests; run it again to go on")
            raise Enough
        return self.visitor.get(url, etag, last_modified)

    def _read(self, way: Way, answer: Answer) -> Listing:
        try:
            listing = way.read(answer.body, answer.headers, answer.final_url)
        except NotThisWay as error:
            raise NotThisWay(f"{clean(answer.url)}: {clean(str(error))}; nothing saved") from error
        if not listing.posts and not self.posts:
            remedy = "check its query and platform in sources.toml"
            raise FetchError(f"{clean(answer.url)}: lists no posts; {remedy}")
        return listing

    def _listed(self, way: Way, answer: Answer, listing: Listing) -> str:
        """Save what is new of a listing: itself where posts are in full, else their own pages."""
        keys = tuple(post.key for post in listing.posts)
        if keys and self.posts.issuperset(keys):
            if set(keys) == self.posts:
                self.notes.append(NO_PAGES.format(url=clean(answer.url), n=len(keys)))
            return ""  # a site that gives one page under every number
        matching = [post for post in listing.posts if way.keeps(post, self.site.query)]
        new = [post for post in matching if post.key not in self._held and self.wanted.has(post)]
        whole = [post for post in new if post.full and way.saves]
        inside = tuple(post.key for post in matching if whole and post.full)
        others = tuple(post.key for post in matching if post.key not in inside)
        following = self._checked(way.after(answer.url, listing))
        entry = Entry(next=following, posts=inside, others=others)
        if whole:
            entry = self._save(answer, entry, ".xml", len(whole))
        apart = [post for post in new if post not in whole]
        if apart and way.saves:
            what = "only links to its posts" if way.read is read_links else "sums up its posts"
            self.visitor.say(f"{clean(answer.url, 150)} ({what}: fetching the pages of {len(apart)})")
        for post in apart:
            self._post(post)
        self._record(answer, entry)
        self._saw(keys, answer.url, f"{len(keys)} post{'s' * (len(keys) != 1)}, {len(new)} new")
        dated = [post for post in listing.posts if post.date]
        return "" if dated and not any(map(self.wanted.has, dated)) else following

    def _checked(self, following: str) -> str:
        try:
            return following and self.visitor.check(following)
        except FetchError as error:
            self.problems.append(str(error))
            return ""

    def _post(self, post: Post) -> None:
        """Fetch the page of one post; a problem is noted, and the run goes on."""
        try:
            answer = self._ask(post.link)
            if answer.status != 200:
                raise FetchError(f"{clean(answer.url)}: answers {answer.status}")
            if not _is_html(answer.body):
                raise FetchError(f"{clean(answer.url)}: is not HTML; save it and use `necdata add`")
            self._record(answer, self._save(answer, Entry(posts=(post.key,)), ".html", 1))
            self.visitor.say(f"{self.site.host}: {clean(post.title, 60) or clean(answer.url)}")
            self._failed = 0
        except Leave:
            raise
        except FetchError as error:
            self.problems.append(str(error))
            self.visitor.say(f"{self.site.host}: {error}")
            self._failed += 1
            if self._failed >= PATIENCE:
                raise FetchError(
                    f"{self.site.host}: left after {PATIENCE} posts in a row that cannot be had"
                ) from error

    def _save(self, answer: Answer, entry: Entry, suffix: str, posts: int) -> Entry:
        file, new = ledger.save(self.raw, self.site.host, answer.url, answer.body, suffix)
        self.new_files += new
        self.bytes += len(answer.body) * new
        self.new_posts += posts
        self._held.update(entry.posts)
        return entry._replace(file=file)

    def _record(self, answer: Answer, entry: Entry) -> None:
        line = entry._replace(
            site=self.site.host,
            url=answer.url,
            final_url=answer.final_url,
            time="",
            status=answer.status,
            etag=_tag(answer, "ETag") or entry.etag,
            last_modified=_tag(answer, "Last-Modified") or entry.last_modified,
            sha256=hashlib.sha256(answer.body).hexdigest() if answer.body else "",
            bytes=len(answer.body),
        )
        ledger.append(self.raw, line)

    def _saw(self, keys: tuple[str, ...], url: str, what: str) -> None:
        self.posts.update(keys)
        self.visitor.say(f"{clean(url, 150)} ({what})")


def _tag(answer: Answer, name: str) -> str:
    """Read a header that is to be sent back one day; only what a header can hold."""
    value = answer.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) < 500 else ""


def _is_html(body: bytes) -> bool:
    try:
        return sniff(decode(body)[0]) == "html"
    except PageError:
        return False
