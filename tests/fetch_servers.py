"""Servers on loopback that answer as the platforms do, for an invented committee."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from necdata.fetching.network import Network
from necdata.fetching.polite import Limits

HOST = "reports.example"
QUICK = Limits(seconds=5.0, delay=0.0)
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """A request, with the ways to answer it that the tests need."""

    server: Server

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        if self.path == "/robots.txt" and self.server.robots is not None:
            self.reply(self.server.robots.encode())
        else:
            with contextlib.suppress(ConnectionError):
                self.server.answer(self)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def reply(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer in one go; a header `Content_Length` overrides the true one."""
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def tagged(self, body: bytes) -> None:
        """Answer with an ETag, or 304 to one who has it."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        if self.headers.get("If-None-Match") == etag:
            self.reply(status=304, ETag=etag)
        else:
            self.reply(body, ETag=etag, Content_Type="application/rss+xml")

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


class Server(ThreadingHTTPServer):
    """A site: `answer` may be replaced while it runs, `asked` lists the paths in order."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answer, robots: str | None = ""):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.robots = answer, robots
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    @property
    def pages(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]


@contextlib.contextmanager
def serving(answer: Answer, robots: str | None = "") -> Iterator[Server]:
    server = Server(answer, robots)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def network(pauses: list[float] | None = None, **servers: Server) -> Network:
    """Lead reports.example and others (dots as __) to the servers, without waiting."""
    ports = {name.replace("__", "."): s.server_address[1] for name, s in servers.items()}

    def resolve(host: str, port: int) -> list[tuple[str, int]]:
        if host.removeprefix("www.") not in ports:
            raise OSError("no such name")
        return [("127.0.0.1", ports[host.removeprefix("www.")])]

    names = frozenset(ports) | {f"www.{name}" for name in ports}
    return Network(resolve, names, (pauses if pauses is not None else []).append)


def catalogued(raw: Path, platform: str = "wordpress", host: str = HOST, query: str = "turnip report") -> None:
    """List a site in raw/sources.toml, by http."""
    raw.mkdir(exist_ok=True)
    with (raw / "sources.toml").open("a") as file:
        file.write(f'[[site]]\nhost = "{host}"\nplatform = "{platform}"\nquery = "{query}"\nurl = "http://{host}/"\n\n')


def posts(n: int) -> list[dict[str, str]]:
    """Invent posts, newest first: number n was published on day n of 2031."""
    return [
        {
            "title": f"Turnip report {i}",
            "date": f"2031-{1 + i // 28:02d}-{1 + i % 28:02d}",
            "text": f"<p>Item {i}: the committee counted its turnips & went home.</p>",
            "link": f"http://{HOST}/2031/turnip-report-{i}/",
        }
        for i in range(n, 0, -1)
    ]


def rss(items: list[dict[str, str]], full: bool = True, built: str = "now") -> bytes:
    """Write a feed as WordPress does."""
    tag = "content:encoded" if full else "description"
    body = "".join(
        f"<item><title>{escape(p['title'])}</title><link>{p['link']}</link><guid>{p['link']}</guid>"
        f"<pubDate>{p['date']}T10:00:00Z</pubDate><{tag}>{escape(p['text'])}</{tag}></item>"
        for p in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Turnips</title><lastBuildDate>{built}</lastBuildDate>{body}</channel></rss>"
    ).encode()


def atom(items: list[dict[str, str]], total: int, full: bool = True) -> bytes:
    """Write a feed as Blogger does."""
    tag = "content" if full else "summary"
    body = "".join(
        f"<entry><id>tag:{p['link']}</id><published>{p['date']}T10:00:00Z</published>"
        f"<title>{escape(p['title'])}</title><{tag} type='html'>{escape(p['text'])}</{tag}>"
        f"<link rel='replies' href='http://{HOST}/comments'/>"
        f"<link rel='alternate' href='{p['link']}'/></entry>"
        for p in items
    )
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'>"
        f"<openSearch:totalResults>{total}</openSearch:totalResults>{body}</feed>"
    ).encode()


def html(title: str, body: str = "") -> bytes:
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body>{body}</body></html>".encode()


def wordpress(items: list[dict[str, str]], size: int = 2, full: bool = True) -> Answer:
    """Answer as WordPress: a search feed in pages with ETags, 404 after the last."""

    def answer(handler: Handler) -> None:
        if handler.path.startswith("/feed/?"):
            page = int(handler.query.get("paged", "1"))
            shown = items[(page - 1) * size : page * size]
            if page > 1 and not shown:
                handler.reply(rss([]), 404)
            else:
                handler.tagged(rss(shown, full))
        else:
            _own_page(handler, items)

    return answer


def _own_page(handler: Handler, items: list[dict[str, str]]) -> None:
    found = [p for p in items if urlsplit(p["link"]).path == handler.path]
    if found:
        handler.reply(html(found[0]["title"], found[0]["text"]))
    else:
        handler.reply(html("Not found"), 404)


def blogger(items: list[dict[str, str]], most: int = 3, full: bool = True) -> Answer:
    """Answer as Blogger, which may give fewer entries than were asked for and need not heed `q`."""

    def answer(handler: Handler) -> None:
        if handler.path.startswith("/feeds/posts/default?"):
            start = int(handler.query["start-index"]) - 1
            handler.tagged(atom(items[start : start + most], len(items), full))
        else:
            _own_page(handler, items)

    return answer


def rest(items: list[dict[str, str]]) -> Answer:
    """Answer as a WordPress whose feeds are off: HTML for the feed, the REST API for the rest."""

    def answer(handler: Handler) -> None:
        if handler.path.startswith("/feed/"):
            handler.reply(html("Welcome"))
        elif handler.path.startswith("/wp-json/wp/v2/posts?"):
            size, page = int(handler.query["per_page"]), int(handler.query.get("page", "1"))
            shown = [
                {
                    "link": p["link"],
                    "title": {"rendered": p["title"]},
                    "date": p["date"],
                    "modified": p["date"],
                }
                for p in items[(page - 1) * size : page * size]
            ]
            handler.reply(json.dumps(shown).encode(), X_WP_Total=str(len(items)))
        else:
            _own_page(handler, items)

    return answer


def bomb(size: int) -> bytes:
    """Pack many zeros small."""
    return gzip.compress(b"\0" * size, 9)
