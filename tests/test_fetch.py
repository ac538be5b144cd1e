"""Fetching, against servers on loopback that answer as the platforms do, faults included."""

from __future__ import annotations

import argparse
import email.utils
import gzip
import hashlib
import json
import re
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path

import fetch_servers as servers
import pytest
from fetch_servers import HOST, QUICK, catalogued, network, posts, serving, wordpress
from hypothesis import given
from hypothesis import strategies as st

from necdata import catalogue
from necdata.fetching import command, feeds, ledger, links, platforms
from necdata.fetching.answers import Answer, clean, retry_after, scrub
from necdata.fetching.fetch import fetch, plan
from necdata.fetching.network import FetchError, Network, NotThisWay, is_public
from necdata.fetching.polite import USER_AGENT, Visitor
from necdata.formats import pages


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    catalogued(tmp_path / "raw")
    return tmp_path / "raw"


def run(raw: Path, server: servers.Server, pauses: list[float] | None = None, **options: object):
    """Fetch from reports.example; returns its row of the summary."""
    options = {
        "limits": QUICK,
        "network": network(pauses, **{"reports__example": server}),
        **options,
    }
    return fetch([HOST], raw, **options).iloc[0]  # type: ignore[arg-type]


def files(raw: Path) -> list[Path]:
    """List what was saved, and fail on anything left half-way."""
    found = [p for p in raw.rglob("*") if p.is_file() and p.name not in ("sources.toml", "ledger.jsonl")]
    assert not [p for p in found if p.name.endswith(".part")]
    return sorted(found)


# Platforms


def test_wordpress_pages_are_saved_as_they_came_with_a_line_each_in_the_ledger(raw: Path):
    with serving(wordpress(posts(5))) as server:
        row = run(raw, server)
    assert (row["new_files"], row["new_posts"], row["problem"]) == (3, 5, "")
    assert {p.read_bytes() for p in files(raw)} == {
        servers.rss(posts(5)[:2]), servers.rss(posts(5)[2:4]), servers.rss(posts(5)[4:])
    }  # fmt: skip
    lines = [json.loads(line) for line in (raw / "ledger.jsonl").read_text().splitlines()]
    assert len([line for line in lines if "file" in line]) == 3
    for line in (line for line in lines if "file" in line):
        data = (raw / line["file"]).read_bytes()
        assert line["sha256"] == hashlib.sha256(data).hexdigest()
        assert line["bytes"] == len(data) and line["status"] == 200 and line["etag"]
        assert line["url"] == line["final_url"] and line["url"].startswith(f"http://{HOST}/feed/?s=")
        assert line["time"].endswith("+00:00") and line["site"] == HOST
    assert lines[-1]["done"] is True


def test_robots_txt_is_asked_first_and_by_an_honest_name(raw: Path):
    with serving(wordpress(posts(1))) as server:
        run(raw, server)
    assert server.asked[0] == "/robots.txt" and server.asked.count("/robots.txt") == 1
    assert all(h["User-Agent"] == USER_AGENT and h["Host"] == HOST for h in server.headers)
    assert USER_AGENT.startswith("necdata/") and "research" in USER_AGENT


def test_blogger_goes_on_after_the_entries_that_came(raw: Path):
    catalogued(raw, "blogger", "blog.example")
    items = posts(7)
    items[3] = {**items[3], "title": "Holiday snaps", "text": "Sunny."}
    with serving(servers.blogger(items, most=3)) as server:
        row = fetch(["blog.example"], raw, limits=QUICK, network=network(blog__example=server)).iloc[0]
    assert [servers.parse_qsl(p.partition("?")[2])[-1][1] for p in server.pages] == ["1", "4", "7"]
    assert row["problem"] == "" and row["new_files"] == 3
    assert row["new_posts"] == 6  # the platform ignored the query; the holiday does not count


def test_summaries_are_replaced_by_the_posts_own_pages(raw: Path):
    for platform in (servers.blogger(posts(2), full=False), wordpress(posts(2), full=False)):
        name = "blogger" if platform.__qualname__.startswith("blogger") else "wordpress"
        (raw / "sources.toml").write_text("")
        catalogued(raw, name)
        with serving(platform) as server:
            row = run(raw, server)
            again = run(raw, server)
        assert row["new_posts"] == 2 and row["problem"] == ""
        assert again["new_files"] == 0 and again["problem"] == ""
    assert [p.name.rsplit("-", 1)[0] for p in files(raw)] == ["turnip-report-1", "turnip-report-2"]
    assert all(p.suffix == ".html" for p in files(raw))


def test_wordpress_without_feeds_is_asked_through_its_rest_api(raw: Path):
    with serving(servers.rest(posts(3))) as server:
        row = run(raw, server)
        asked = len(server.pages)
        again = run(raw, server)
    assert row["new_files"] == 3 and row["problem"] == "" and again["new_files"] == 0
    assert len(server.pages) - asked == 2  # the feed and the list, none of the posts


def test_a_feed_that_always_fails_does_not_hide_the_rest_api(raw: Path):
    good = servers.rest(posts(2))

    def answer(handler: servers.Handler) -> None:
        if handler.path.startswith("/feed/"):  # how WordPress answers where a theme has switched its feeds off
            handler.reply(servers.html("No feed here, please visit our homepage"), 500)
        else:
            good(handler)

    with serving(answer) as server:
        row = run(raw, server)
    assert row["new_files"] == 2 and row["problem"] == ""


def test_a_feed_that_is_sent_to_another_host_does_not_hide_the_rest_api(raw: Path):
    good = servers.rest(posts(2))

    def answer(handler: servers.Handler) -> None:
        if handler.path.startswith("/feed/"):
            handler.reply(status=301, Location="http://feeds.feedburner.example/turnips")
        else:
            good(handler)

    with serving(answer) as server:
        row = run(raw, server)
    assert row["new_files"] == 2 and row["problem"] == ""


def test_a_wordpress_with_plain_permalinks_is_asked_by_its_query_alone(raw: Path):
    items = posts(3)

    def answer(handler: servers.Handler) -> None:
        if handler.query.get("feed") == "rss2":
            page = int(handler.query.get("paged", "1"))
            shown = items[(page - 1) * 2 : page * 2]
            handler.reply(servers.rss(shown), 200 if shown else 404)
        else:
            handler.reply(servers.html("Welcome"))  # the front page, whatever was asked

    with serving(answer) as server:
        row = run(raw, server)
    assert row["new_posts"] == 3 and row["problem"] == ""
    assert [p for p in server.pages if "feed=rss2" in p][0].startswith("/?s=turnip+report&feed=rss2")


def test_rules_that_close_the_search_to_robots_close_it_by_every_address(raw: Path):
    with serving(wordpress(posts(2)), "User-agent: *\nDisallow: /*?s=\nDisallow: /wp-json/") as server:
        row = run(raw, server)
    assert "robots.txt asks not to fetch it" in row["problem"] and server.pages == []


@pytest.mark.parametrize("platform", ["wordpress", "blogger"])
def test_a_site_without_any_feed_is_told_with_the_remedy(raw: Path, platform: str):
    (raw / "sources.toml").write_text("")
    catalogued(raw, platform)
    for answer in (lambda h: h.reply(servers.html("Welcome")), lambda h: h.reply(servers.html("Not found"), 404)):
        with serving(answer) as server:
            row = run(raw, server)
        assert row["problem"].endswith(
            "; check its platform and url in sources.toml, or save its pages and use `necdata add`"
        )
        assert row["new_files"] == 0 and len(server.pages) <= 3


def test_a_feed_of_summaries_says_so_while_the_posts_own_pages_are_fetched(raw: Path):
    said: list[str] = []
    with serving(wordpress(posts(2), full=False)) as server:
        run(raw, server, progress=said.append)
    assert "(sums up its posts: fetching the pages of 2)" in said[0]


def test_titles_of_the_rest_api_are_read_as_html():
    post = {"link": f"http://{HOST}/1", "title": {"rendered": "Turnips &#038; leeks"}, "date": "", "modified": ""}
    (found,) = links.read_rest(json.dumps([post]).encode(), {}, f"http://{HOST}/").posts
    assert found.title == "Turnips & leeks"


def test_a_site_of_html_is_followed_from_link_to_link(raw: Path):
    catalogued(raw, "html", "plain.example", "NEC")

    def answer(handler: servers.Handler) -> None:
        shown = {
            "/": '<a href="/1.html">NEC in May</a> <a href="/2.html">A connection necessary</a>'
            '<a href="http://other.example/NEC">NEC</a> <a href="http://[/">NEC</a>'
            '<a rel="next" href="/old">Older</a>',
            "/old": '<a href="3.html">The NEC in June</a><a href="/1.html">NEC in May</a>',
        }
        handler.reply(servers.html(handler.path, shown.get(handler.path, "<p>Counted.</p>")))

    with serving(answer) as server:
        row = fetch(["plain.example"], raw, limits=QUICK, network=network(plain__example=server)).iloc[0]
    assert server.pages == ["/", "/1.html", "/old", "/3.html"]
    assert row["new_files"] == 2 and row["problem"] == ""


@pytest.mark.parametrize("words", ["Older posts", "« Older Entries", "Next Page →", "next"])
def test_a_list_of_posts_is_followed_by_the_words_of_its_links_too(words: str):
    page = f'<a href="/1/">Next steps for the NEC</a><a href="/page/2/">{words}</a><a href="/2/">Older people</a>'
    found = links.read_links(page.encode(), {}, f"http://{HOST}/")
    assert found.next == f"http://{HOST}/page/2/"
    assert [p.title for p in found.posts] == ["Next steps for the NEC", "Older people"]


def test_a_site_that_gives_one_page_under_every_number_comes_to_an_end(raw: Path):
    with serving(lambda handler: handler.reply(servers.rss(posts(2)))) as server:
        row = run(raw, server)
        assert len(server.pages) == 2 and row["new_files"] == 1
        assert "paged=2: lists the same 2 posts again; if there are older ones, save their pages" in row["problem"]
        assert ledger.read(raw)[-1].done


# Again: unchanged, changed, interrupted


def test_a_second_run_asks_whether_anything_changed_and_saves_nothing(raw: Path):
    with serving(wordpress(posts(4))) as server:
        run(raw, server)
        before = [(p, p.stat().st_mtime_ns) for p in files(raw)]
        first = len(server.headers)
        row = run(raw, server)
    assert row["new_files"] == 0 and row["posts"] == 4
    asked = [h for h in server.headers[first:] if "If-None-Match" in h]
    assert len(asked) == 2
    assert [(p, p.stat().st_mtime_ns) for p in files(raw)] == before
    assert [e.status for e in ledger.read(raw)].count(304) == 2


def test_a_changed_page_is_saved_beside_the_old_one(raw: Path):
    with serving(wordpress(posts(2))) as server:
        run(raw, server)
        old = {p: p.read_bytes() for p in files(raw)}
        changed = posts(2)
        changed[0]["text"] = "<p>Corrected: nine turnips.</p>"
        server.answer = wordpress(changed)
        row = run(raw, server)
    assert row["new_files"] == 1 and row["new_posts"] == 1
    assert all(p.read_bytes() == data for p, data in old.items())
    assert len({e.etag for e in ledger.read(raw) if e.file}) == 2


def test_a_feed_that_only_says_when_it_was_built_is_not_saved_twice(raw: Path):
    count = iter(range(100))

    def answer(handler: servers.Handler) -> None:
        handler.tagged(servers.rss([] if "paged" in handler.query else posts(2), built=str(next(count))))

    with serving(answer) as server:
        run(raw, server)
        row = run(raw, server)
    assert row["new_files"] == 0 and len(files(raw)) == 1


def test_a_file_that_was_deleted_is_fetched_again(raw: Path):
    with serving(wordpress(posts(2))) as server:
        run(raw, server)
        files(raw)[0].unlink()
        assert run(raw, server)["new_files"] == 1


def test_what_is_there_is_never_overwritten(raw: Path):
    with serving(wordpress(posts(2))) as server:
        run(raw, server)
        kept = files(raw)[0]
        kept.write_bytes(b"edited by hand")
        (raw / "ledger.jsonl").unlink()
        run(raw, server)
    assert kept.read_bytes() == b"edited by hand"
    assert sorted(p.read_bytes() for p in files(raw)) == sorted([b"edited by hand", servers.rss(posts(2))])


def test_an_interrupted_run_goes_on_where_it_stopped(raw: Path):
    def stop(line: str) -> None:
        if "paged=2" in line:
            raise KeyboardInterrupt

    with serving(wordpress(posts(6))) as server:
        with pytest.raises(KeyboardInterrupt):
            run(raw, server, progress=stop)
        server.asked.clear()
        row = run(raw, server)
    assert [p.rpartition("=")[2] for p in server.pages] == ["3", "4"]
    assert row["new_files"] == 1 and len(files(raw)) == 3


def test_a_run_that_was_interrupted_days_ago_is_started_again(raw: Path):
    with serving(wordpress(posts(4))) as server:
        run(raw, server, most=1)
        old = (raw / "ledger.jsonl").read_text().replace(time.strftime("%Y-"), "2001-")
        (raw / "ledger.jsonl").write_text(old)
        server.asked.clear()
        run(raw, server)
    assert len(server.pages) == 3 and "paged" not in server.pages[0]


KILLED = """
import sys
from pathlib import Path
from necdata.fetching.fetch import fetch
from necdata.fetching.network import Network
from necdata.fetching.polite import Limits
port = int(sys.argv[2])
known = frozenset(["reports.example"])
network = Network(lambda host, _: [("127.0.0.1", port)], known, lambda s: None)
print("ready", flush=True)
fetch(["reports.example"], Path(sys.argv[1]), limits=Limits(delay=0.0), network=network)
"""


def test_a_killed_run_leaves_whole_files_and_the_next_one_finishes(raw: Path):
    good = wordpress(posts(6))
    process: list[subprocess.Popen[bytes]] = []

    def kill(handler: servers.Handler) -> None:
        if handler.query.get("paged") == "3":
            process[0].send_signal(signal.SIGKILL)
        good(handler)

    with serving(kill) as server:
        arguments = [sys.executable, "-c", KILLED, str(raw), str(server.server_address[1])]
        process.append(subprocess.Popen(arguments, stdout=subprocess.DEVNULL))
        assert process[0].wait(60) == -signal.SIGKILL
        assert len(files(raw)) == 2
        (raw / HOST / f".fetch-{process[0].pid}.part").write_bytes(b"half")
        with (raw / "ledger.jsonl").open("a") as torn:
            torn.write('{"site": "reports.exa')
        server.answer = good
        row = run(raw, server)
    assert row["problem"] == "" and len(files(raw)) == 3
    assert {raw / e.file for e in ledger.read(raw) if e.file} == set(files(raw))
    assert ledger.read(raw)[-1].done


def test_two_fetches_do_not_work_in_one_folder_at_once(raw: Path):
    with (
        ledger.locked(raw),
        pytest.raises(FetchError, match="another fetch"),
        serving(wordpress([])) as server,
    ):
        run(raw, server)


# Politeness


def test_too_many_requests_are_followed_by_the_wait_that_was_asked_for(raw: Path):
    pauses: list[float] = []
    good, count = wordpress(posts(2)), iter(range(100))

    def answer(handler: servers.Handler) -> None:
        if next(count) == 0:
            handler.reply(status=429, Retry_After="120")
        else:
            good(handler)

    with serving(answer) as server:
        row = run(raw, server, pauses)
    assert 120 in pauses and row["problem"] == "" and row["new_files"] == 1


def test_a_site_that_asks_to_wait_is_not_asked_for_the_next_post(raw: Path):
    good = wordpress(posts(3), size=3, full=False)

    def answer(handler: servers.Handler) -> None:
        if handler.path.startswith("/feed/"):
            good(handler)
        else:
            handler.reply(status=429, Retry_After="86400")

    with serving(answer) as server:
        row = run(raw, server)
    assert "86400 s" in row["problem"] and len(server.pages) == 2


def test_single_posts_that_cannot_be_had_are_named_and_a_row_of_them_ends_the_run(raw: Path):
    items = posts(6)
    for i in (1, 3, 4, 5):
        items[i]["link"] = f"http://{HOST}/gone/?{i}"
    items[1]["link"] = "https://elsewhere.example/turnip"
    with serving(wordpress(items, size=6, full=False)) as server:
        row = run(raw, server)
    assert row["new_files"] == 2 and sum(p.startswith("/gone/") for p in server.pages) == 3
    assert "elsewhere.example/turnip: is not on a site in sources.toml" in row["problem"]
    assert "left after 3 posts in a row" in row["problem"]


def test_a_post_that_is_no_html_is_named_and_not_saved(raw: Path):
    good = wordpress(posts(1), full=False)

    def answer(handler: servers.Handler) -> None:
        if handler.path.startswith("/feed/"):
            good(handler)
        else:
            handler.reply(b"%PDF-1.7 turnips")

    with serving(answer) as server:
        row = run(raw, server)
    assert "is not HTML; save it and use `necdata add`" in row["problem"] and files(raw) == []


def test_a_wait_that_is_too_long_ends_the_visit(raw: Path):
    pauses: list[float] = []
    with serving(lambda handler: handler.reply(status=503, Retry_After="86400")) as server:
        row = run(raw, server, pauses)
    assert "86400 s" in row["problem"] and len(server.pages) == 1 and max(pauses, default=0) < 1


def test_retry_after_may_be_a_date():
    then = email.utils.formatdate(time.time() + 90, usegmt=True)
    assert 85 < retry_after(then) <= 90
    assert retry_after("Mon, 01 Jan 2001 00:00:00 GMT") == 0
    assert retry_after("soon") == retry_after("") == retry_after("-5") == 0


def test_a_server_that_fails_now_and_then_is_asked_again_with_longer_waits(raw: Path):
    pauses: list[float] = []
    good, count = wordpress(posts(2)), iter(range(100))

    def answer(handler: servers.Handler) -> None:
        if next(count) < 2:
            handler.reply(status=500)
        else:
            good(handler)

    with serving(answer) as server:
        row = run(raw, server, pauses, limits=QUICK._replace(delay=1.0))
    assert row["problem"] == "" and row["new_files"] == 1
    assert pauses.index(2.0) < pauses.index(4.0)


def test_a_site_that_keeps_failing_does_not_stop_the_others(raw: Path):
    catalogued(raw, host="broken.example")
    with (
        serving(lambda handler: handler.reply(status=500)) as bad,
        serving(wordpress(posts(2))) as good,
    ):
        names = network(**{"broken__example": bad, "reports__example": good})
        table = fetch(["broken.example", HOST], raw, limits=QUICK, network=names).set_index("site")
    assert table.loc["broken.example", "problem"].endswith("answers 500; given up after 4 tries")
    assert len(bad.pages) == 8 and table.loc[HOST, "new_files"] == 1  # the feed, and once more another way


def test_the_delay_that_robots_txt_asks_for_is_kept(raw: Path):
    for robots in ("User-agent: *\nCrawl-delay: 7", "User-agent: necdata\nRequest-rate: 1/7s"):
        pauses: list[float] = []
        with serving(wordpress(posts(4)), robots) as server:
            row = run(raw, server, pauses, limits=QUICK._replace(delay=1.0))
        assert row["problem"] == ""
        assert [round(p) for p in pauses] == [7] * len(server.pages)


def test_what_robots_txt_forbids_is_left_alone(raw: Path):
    with serving(wordpress(posts(2)), "User-agent: necdata\nDisallow: /") as server:
        row = run(raw, server)
    assert "robots.txt" in row["problem"] and server.pages == [] and files(raw) == []


def test_another_way_is_taken_where_robots_txt_forbids_the_first(raw: Path):
    with serving(servers.rest(posts(1)), "User-agent: *\nDisallow: /*?s=") as server:
        row = run(raw, server)
    assert row["problem"] == "" and row["new_files"] == 1
    assert not [p for p in server.pages if "?s=" in p]


def test_nothing_is_fetched_where_robots_txt_cannot_be_read(raw: Path):
    with serving(lambda handler: handler.reply(status=500), robots=None) as server:
        row = run(raw, server)
    assert "robots.txt" in row["problem"] and set(server.asked) == {"/robots.txt"}
    assert len(server.asked) == 4


def test_a_robots_txt_that_cannot_be_read_is_not_asked_for_again():
    with serving(lambda handler: handler.reply(status=500), robots=None) as server:
        visitor = Visitor([f"http://{HOST}/"], QUICK, network(reports__example=server))
        for page in ("a", "b"):
            with pytest.raises(FetchError, match="robots.txt"):
                visitor.get(f"http://{HOST}/{page}")
    assert len(server.asked) == QUICK.tries


def test_everything_is_allowed_where_there_is_no_robots_txt(raw: Path):
    good = wordpress(posts(2))

    def answer(handler: servers.Handler) -> None:
        if handler.path == "/robots.txt":
            handler.reply(b"User-agent: *\nDisallow: /", 404)
        else:
            good(handler)

    with serving(answer, robots=None) as server:
        assert run(raw, server)["new_files"] == 1


def test_a_site_that_wants_hours_between_requests_is_left_alone(raw: Path):
    pauses: list[float] = []
    with serving(wordpress(posts(2)), "User-agent: *\nCrawl-delay: 7200") as server:
        row = run(raw, server, pauses)
    assert "asks for 7200 s between requests" in row["problem"] and max(pauses, default=0) < 1
    assert server.pages == []


def test_an_address_without_end_is_not_asked_for():
    visitor = Visitor([f"http://{HOST}/"], QUICK, network())
    with pytest.raises(FetchError, match="is far too long"):
        visitor.check(f"http://{HOST}/" + "a" * 2_000)


def test_cookies_are_not_kept_and_passwords_not_sent(raw: Path, monkeypatch: pytest.MonkeyPatch):
    (raw.parent / ".netrc").write_text(f"machine {HOST} login jo password secret\n")
    (raw.parent / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(raw.parent / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serving(lambda h: h.reply(servers.rss(posts(2)), Set_Cookie="a=b; Path=/")) as server:
        row = run(raw, server)
    assert row["posts"] == 2 and len(server.pages) == 2
    assert not [h for h in server.headers if "Cookie" in h or "Authorization" in h]


def test_the_requests_of_a_run_are_bounded(raw: Path):
    endless = iter(range(10**6))

    def answer(handler: servers.Handler) -> None:
        n = next(endless)
        handler.reply(servers.rss([{**posts(1)[0], "title": f"Turnip {n}", "link": f"http://{HOST}/{n}"}]))

    with serving(answer) as server:
        row = run(raw, server, limits=QUICK._replace(requests=5))
    assert len(server.asked) == 5 and "after 5 requests" in row["problem"]


# Faults


def drip(handler: servers.Handler, head: bytes) -> None:
    """Send a byte now and then, for four seconds."""
    handler.wfile.write(head)
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def test_slow_servers_are_cut_off(raw: Path):
    heads = {
        "body": b"HTTP/1.0 200 OK\r\n\r\n<rss>",
        "measured body": b"HTTP/1.0 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>",
        "headers": b"HTTP/1.0 200 OK\r\nX-Slow: ",
        "status": b"HT",
    }
    for head in heads.values():
        start = time.monotonic()
        with serving(lambda handler, head=head: drip(handler, head)) as server:  # type: ignore[misc]
            row = run(raw, server, limits=QUICK._replace(seconds=0.3))
        assert "takes longer than 0.3 s" in row["problem"]
        assert time.monotonic() - start < 2 and files(raw) == []


def test_a_broken_transfer_is_tried_again_and_never_saved_half(raw: Path):
    whole = servers.rss(posts(2))
    packed = gzip.compress(whole)
    broken = [
        lambda h: h.reply(whole[:300], Content_Length=str(len(whole))),
        lambda h: h.reply(packed[:-20], Content_Encoding="gzip"),
        lambda h: h.reply(whole, Content_Encoding="gzip"),
        lambda h: h.connection.close(),
    ]
    for number, fault in enumerate(broken):
        folder = raw.parent / str(number)
        catalogued(folder)
        count = iter(range(100))

        def answer(handler: servers.Handler, fault=fault, count=count) -> None:
            if "paged" in handler.query:
                handler.reply(servers.rss([]), 404)
            elif next(count) == 0:
                fault(handler)
            else:
                handler.reply(packed, Content_Encoding="gzip")

        with serving(answer) as server:
            row = run(folder, server)
        assert row["problem"] == "" and [p.read_bytes() for p in files(folder)] == [whole]
        assert len(server.pages) == 3


WHOLE = servers.rss(posts(2))
NO_FEEDS = {
    "is a page of HTML": servers.html("Please wait"),
    "is not a whole feed": WHOLE[:-40],
    "is empty": b" \n",
    "lists no posts": servers.rss([]),
    "is XML, but not a feed (<opml>)": b"<?xml version='1.0'?><opml/>",
    "declares a document type": b"<!DOCTYPE rss [<!ENTITY a 'aaaa'>]><rss>&a;</rss>",
    "more than 200,000 elements": b"<rss>" + b"<a/>" * 200_001 + b"</rss>",
}


@pytest.mark.parametrize("problem", NO_FEEDS)
def test_what_is_no_feed_gets_one_clear_line_and_is_not_saved(raw: Path, problem: str):
    with serving(lambda handler: handler.reply(NO_FEEDS[problem])) as server:
        row = run(raw, server)
    assert problem in row["problem"] and "\n" not in row["problem"] and HOST in row["problem"]
    assert files(raw) == []


def test_blank_lines_and_control_characters_do_not_spoil_a_feed():
    body = b"\xef\xbb\xbf\n\n" + WHOLE.replace(b"turnips", b"turn\x0bips")
    assert len(feeds.read_feed(body, {}, f"http://{HOST}/").posts) == 2


def test_what_is_too_large_is_refused_as_sent_and_as_unpacked(raw: Path):
    large = servers.bomb(30_000_000)
    assert len(large) < 50_000
    answers = [
        lambda h: h.reply(large, Content_Encoding="gzip"),
        lambda h: h.reply(servers.bomb(2_000_000) * 2, Content_Encoding="gzip"),
        lambda h: h.reply(b" " * 1_000_001),
    ]
    for answer in answers:
        with serving(answer) as server:
            row = run(raw, server, limits=QUICK._replace(bytes=1_000_000))
        assert "larger than 1 MB" in row["problem"] and files(raw) == []
        assert len(server.pages) == 1
    with serving(lambda h: h.reply(WHOLE, Content_Encoding="br")) as server:
        assert "not asked for (br)" in run(raw, server)["problem"]


def test_a_name_that_is_not_known_gets_one_clear_line(raw: Path):
    row = fetch([HOST], raw, limits=QUICK, network=network()).iloc[0]
    assert row["problem"] == f"{HOST}: the name is not known; check it and the connection"


def test_a_port_where_nobody_listens_is_tried_and_given_up(raw: Path):
    with serving(wordpress([])) as server:
        pass
    row = run(raw, server)
    assert "cannot be reached" in row["problem"] and "4 tries" in row["problem"]


# Led astray


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("http://elsewhere.example/feed/", "is not on a site in sources.toml"),
        ("http://127.0.0.1/feed/", "is not on a site in sources.toml"),
        ("http://reports.example.evil.example/", "is not on a site in sources.toml"),
        ("http://reports.example@evil.example/", "is not on a site in sources.toml"),
        ("http://reports.example:22/", "is not on a site in sources.toml"),
        ("http://inside.example/feed/", "leads to 127.0.0.1, not an address on the open internet"),
        ("file:///etc/passwd", "is neither http nor https"),
        ("http://[::1", "redirects to what is not an address"),
        ("/again", "redirects more than 5 times"),
    ],
)
def test_redirects_lead_nowhere_else(raw: Path, target: str, problem: str):
    catalogued(raw, host="inside.example")
    with (
        serving(lambda h: h.reply(status=302, Location=target)) as server,
        serving(wordpress(posts(2))) as inside,
    ):
        names = network(**{"reports__example": server, "inside__example": inside})
        names = names._replace(may_be_private=frozenset([HOST]))
        row = fetch([HOST], raw, limits=QUICK, network=names).iloc[0]
    assert problem in row["problem"] and inside.asked == [] and files(raw) == []
    ways = 3 if problem.startswith(("is not on", "is neither")) else 1  # what a site sends away may be had otherwise
    assert len(server.pages) == (6 if target == "/again" else ways)


def test_a_redirect_to_the_same_site_is_followed_without_its_password(raw: Path):
    good = wordpress(posts(2))

    def answer(handler: servers.Handler) -> None:
        if handler.headers["Host"] == HOST:
            handler.reply(status=301, Location=f"http://jo:secret@www.{HOST}{handler.path}#top")
        else:
            good(handler)

    said: list[str] = []
    with serving(answer) as server:
        row = run(raw, server, progress=said.append)
    assert row["new_files"] == 1
    assert {h["Host"] for h in server.headers} == {HOST, f"www.{HOST}"}
    assert not [h for h in server.headers if "Authorization" in h]
    told = (raw / "ledger.jsonl").read_text() + "".join(said) + row["problem"]
    assert "secret" not in told and "jo:" not in told
    assert {e.final_url.partition("/feed")[0] for e in ledger.read(raw) if e.file} == {f"http://www.{HOST}"}


def test_the_body_of_a_redirect_is_not_read(raw: Path):
    good = wordpress(posts(2))

    def answer(handler: servers.Handler) -> None:
        if handler.headers["Host"] == HOST:
            location = f"http://www.{HOST}{handler.path}"
            handler.reply(b"x", 302, Location=location, Content_Length="90000")
            time.sleep(1)
        else:
            good(handler)

    with serving(answer) as server:
        row = run(raw, server, limits=QUICK._replace(seconds=0.5))
    assert row["problem"] == "" and row["new_files"] == 1


def test_a_redirect_from_https_to_http_is_refused(monkeypatch: pytest.MonkeyPatch):
    visitor = Visitor([f"https://{HOST}/"], QUICK, network())
    answer = servers_answer(302, {"Location": f"http://{HOST}/"})
    monkeypatch.setattr(visitor, "_once", lambda url, headers: answer)
    with pytest.raises(FetchError, match="from https to http"):
        visitor._follow(f"https://{HOST}/", {}, robots=False)


def servers_answer(status: int, headers: dict[str, str]):
    return Answer("", "", status, headers, b"")


def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(raw: Path):
    with serving(wordpress(posts(2))) as server:
        for answers in (
            ["127.0.0.1"],
            ["93.184.215.14", "127.0.0.1"],
            ["::ffff:127.0.0.1"],
            ["169.254.169.254"],
        ):
            port = server.server_address[1]
            names = Network(lambda host, _, a=answers, p=port: [(ip, p) for ip in a], pause=lambda s: None)
            row = fetch([HOST], raw, limits=QUICK, network=names).iloc[0]
            assert "not an address on the open internet" in row["problem"]
    assert server.asked == []


def test_the_command_line_cannot_reach_a_loopback_address(raw: Path, capsys: pytest.CaptureFixture[str]):
    with serving(wordpress(posts(2))) as server:
        port = server.server_address[1]
        (raw / "sources.toml").write_text(
            f'[[site]]\nhost = "localhost"\nplatform = "wordpress"\nurl = "http://localhost:{port}/"\n'
        )
        assert command_line("fetch", "localhost", "--raw", str(raw)) == 1
    assert "not an address on the open internet" in capsys.readouterr().err and server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("151.101.1.1", True), ("2606:4700::1111", True), ("64:ff9b::9765:101", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.31.0.1", False), ("192.168.0.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("::1", False), ("::", False),
        ("fe80::1%eth0", False), ("fc00::1", False),
        ("fec0::1", False), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("ff02::1", False), ("::7f00:1", False), ("localhost", False), ("", False),
    ],
)  # fmt: skip
def test_addresses_inside_are_told_from_those_on_the_open_internet(address: str, public: bool):
    assert is_public(address) is public


def test_a_certificate_that_nobody_vouches_for_is_refused(raw: Path, tmp_path: Path):
    (tmp_path / "key.pem").write_text(SELF_SIGNED)
    (raw / "sources.toml").write_text(f'[[site]]\nhost = "{HOST}"\nplatform = "wordpress"\n')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "key.pem")
    with serving(wordpress(posts(2))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        row = run(raw, server)
    assert "certificate cannot be verified" in row["problem"] and server.asked == []


def test_tls_works_through_the_checked_connections(tmp_path: Path):
    (tmp_path / "key.pem").write_text(SELF_SIGNED)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "key.pem")
    with serving(wordpress(posts(2))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        visitor = Visitor([f"https://{HOST}/"], QUICK, network(**{"reports__example": server}))
        visitor._session.verify = str(tmp_path / "key.pem")
        answer = visitor.get(f"https://{HOST}/feed/?s=x")
        assert answer.body == WHOLE
        server.answer = lambda handler: drip(handler, b"HTTP/1.0 200 OK\r\n\r\n<rss>")
        visitor.limits = QUICK._replace(seconds=0.3)
        start = time.monotonic()
        with pytest.raises(FetchError, match="takes longer"):
            visitor.get(f"https://{HOST}/feed/?s=y")
        assert time.monotonic() - start < 2


@given(st.text(), st.binary(max_size=20))
def test_no_address_makes_a_file_outside_its_folder(tmp_path_factory: pytest.TempPathFactory, url: str, body: bytes):
    raw = tmp_path_factory.getbasetemp() / "names"
    try:
        file, _ = ledger.save(raw, HOST, "http://h/" + url, body, ".xml")
    except ValueError as error:
        assert "URL" in str(error) or "netloc" in str(error)
        return
    assert (raw / file).resolve().parent == (raw / HOST).resolve()
    assert (raw / file).read_bytes() == body and len(file) < 200


@given(st.binary(max_size=300))
def test_no_answer_makes_the_readers_fail_but_by_a_clear_line(body: bytes):
    for reader in (feeds.read_feed, links.read_rest, links.read_links):
        for start in (b"", b"<rss><channel><item><link>", b'[{"link":', b"<a href='"):
            try:
                reader(start + body, {}, f"http://{HOST}/")
            except NotThisWay as error:
                assert "\n" not in clean(str(error))


def test_nesting_does_not_make_reading_slow():
    start = time.monotonic()
    feeds.read_feed(b"<rss><channel>" + b"<item>" * 30_000 + b"</item>" * 30_000 + b"</channel></rss>", {}, "")
    links.read_links(b"<a href=x>t<object>" * 20_000, {}, f"http://{HOST}/")
    assert time.monotonic() - start < 10  # grows as the square: more than 30 s


@pytest.mark.parametrize("path", ["..%2F..%2Fetc%2Fpasswd", "%2e%2e", "a.b.", "%00", "\\..\\x", "~"])
def test_file_names_hold_letters_digits_and_hyphens_alone(path: str):
    assert re.fullmatch(r"[a-z0-9-]+", ledger.slug(f"http://{HOST}/{path}"))


def test_a_ledger_that_was_edited_badly_is_read_as_far_as_it_goes(raw: Path):
    lines = ["[]", "3", '"x"', "{", '{"status": "200", "file": 3, "site": "a", "odd": 1}', '{"site": "b"}']
    (raw / "ledger.jsonl").write_text("\n".join(lines))
    assert ledger.read(raw) == [ledger.Entry(site="a"), ledger.Entry(site="b")]


@given(st.text(max_size=300))
def test_no_ledger_line_makes_reading_fail(text: str):
    entry = ledger._entry(text)
    assert entry is None or isinstance(entry, ledger.Entry)


# What is asked for


def test_only_posts_since_a_day_are_fetched(raw: Path):
    with serving(wordpress(posts(10))) as server:
        row = run(raw, server, since="2031-01-08")  # post 7 and later; pages 10-9, 8-7, 6-5
        assert row["new_posts"] == 4 and len(server.pages) == 3 and row["problem"] == ""
        assert run(raw, server)["new_posts"] == 6  # the older ones are not taken for fetched


def test_a_run_ends_with_the_number_of_new_files_asked_for_and_the_next_goes_on(raw: Path):
    with serving(wordpress(posts(6))) as server:
        assert run(raw, server, most=2)["new_files"] == 2
        assert len(server.pages) == 2
        assert run(raw, server, most=2)["new_files"] == 1
    assert server.pages[2].endswith("paged=3")


def test_the_number_of_new_files_is_bounded_over_all_sites(raw: Path):
    catalogued(raw, host="second.example")
    others = [{**p, "link": p["link"].replace(HOST, "second.example")} for p in posts(6)]
    with serving(wordpress(posts(6))) as first, serving(wordpress(others)) as second:
        names = network(**{"reports__example": first, "second__example": second})
        table = fetch([HOST, "second.example"], raw, limits=QUICK, network=names, most=4)
    assert list(table["new_files"]) == [3, 1]


def test_a_dry_run_asks_nobody_and_writes_nothing(raw: Path):
    before = sorted(raw.rglob("*"))
    shown = fetch([HOST], raw, dry_run=True, network=network())
    assert list(shown["action"]) == ["ask"] and shown["url"][0].startswith(f"http://{HOST}/feed/?s=turnip+report")
    assert sorted(raw.rglob("*")) == before
    with serving(wordpress(posts(4))) as server:
        run(raw, server)
    shown = plan([HOST], raw)
    assert list(shown["action"]) == ["ask if changed", "ask if changed", "ask"]
    assert all((raw / file).is_file() for file in shown["file"][:2])


def test_every_shipped_site_has_an_address_to_ask(tmp_path: Path):
    listed = {entry["host"] for entry in catalogue.read(catalogue.SHIPPED)["site"]}
    shown = plan(None, tmp_path)
    assert set(shown["site"]) == listed and all(shown["url"].str.startswith("https://"))


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('host = "../etc"\nplatform = "wordpress"', "is no host name"),
        ('host = "a.example"\nplatform = "geocities"', "write one of wordpress, blogger, html"),
        (
            'host = "a.example"\nplatform = "html"\nurl = "https://b.example/"',
            "address on that host",
        ),
        ('host = "a.example"\nplatform = "html"\nurl = "ftp://a.example/"', "address on that host"),
        (
            'host = "a.example"\nplatform = "html"\nurl = "https://jo:pw@a.example/"',
            "address on that host",
        ),
        (
            'host = "a.example"\nplatform = "html"\nurl = "https://a.example:x/"',
            "address on that host",
        ),
        ('host = "a.example"\nplatform = "html"\nurl = "https://["', "address on that host"),
    ],
)
def test_a_site_that_cannot_be_asked_is_named_with_the_remedy(raw: Path, entry: str, problem: str):
    (raw / "sources.toml").write_text(f"[[site]]\n{entry}\n")
    with pytest.raises(FetchError, match=problem):
        platforms.sites(raw)


def test_a_site_that_is_not_listed_is_named_with_the_remedy(raw: Path):
    with pytest.raises(FetchError, match=r"other.example: is not a site in .*sources.toml; add"):
        fetch(["other.example"], raw, network=network())


def test_fetched_pages_can_be_read_and_traced_to_where_they_are_from(raw: Path):
    with serving(wordpress(posts(2))) as server:
        run(raw, server)
    (page,) = pages.files(raw)
    traced = ledger.pages(raw)[hashlib.sha256(page.read_bytes()).hexdigest()]
    assert traced.site == HOST and pages.sniff(page.read_text()) == "feed"


def test_text_from_servers_cannot_colour_or_break_a_line():
    assert clean("a\x1b[31m\r\nb\u202ec") == "a [31m b c"
    assert len(clean("x" * 1000)) == 200
    assert scrub("https://u:p@h:8/p?q#f") == "https://h:8/p?q"


# Command line


def command_line(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    options = parser.parse_args(arguments)
    return options.run(options)


def test_the_command_line_shows_steps_and_tells_by_its_exit_code(
    raw: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    import necdata.fetching.fetch as module

    catalogued(raw, host="gone.example")
    with serving(wordpress(posts(2))) as server:
        names = network(**{"reports__example": server})
        real = module.fetch
        monkeypatch.setattr(module, "fetch", lambda *a, **k: real(*a, **k, limits=QUICK, network=names))
        assert command_line("fetch", HOST, "--raw", str(raw)) == 0
        shown = capsys.readouterr()
        assert "1 site, 3 requests, 2 new posts in 1 new file (0.0 MB) -> " in shown.out
        assert "2 posts, 2 new" in shown.err
        (raw / "ledger.jsonl").unlink()
        assert command_line("fetch", HOST, "gone.example", "--raw", str(raw)) == 3
        assert command_line("fetch", "gone.example", "--raw", str(raw)) == 1
        assert "the name is not known" in capsys.readouterr().err


def test_wrong_use_is_told_with_the_remedy(capsys: pytest.CaptureFixture[str]):
    for arguments in (["--since", "last May"], ["--most", "0"], ["--most", "few"]):
        with pytest.raises(SystemExit) as stop:
            command_line("fetch", *arguments)
        assert stop.value.code == 2
    assert "write it as in 2020-01-31" in capsys.readouterr().err


def test_the_dry_run_prints_the_addresses(raw: Path, capsys: pytest.CaptureFixture[str]):
    assert command_line("fetch", HOST, "--dry-run", "--raw", str(raw)) == 0
    assert f"{HOST}: ask http://{HOST}/feed/" in capsys.readouterr().out


def test_describing_the_command_does_not_import_what_it_runs():
    heavy = "{'necdata.fetching.fetch', 'requests'}"
    code = f"import sys, necdata.fetching.command; print({heavy} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


# For reports.example, made for these tests alone: openssl req -x509 -newkey ec -days 36500 -nodes
SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxoIzAltm6owc69k4
O8T8gRjT2OLyLgzV8gIjRmoMUIKhRANCAARMx/EZ5ZYBgu0cZXUdbz0BRanlzIOr
MA0EVcblCNk3va0SFzHWrPn5F4pypGK0RYajCjpo55B6uGpOpOPQxjFe
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBpzCCAU2gAwIBAgIUVGjtdYUvlrjyMN+a0sn6YsdpZngwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPcmVwb3J0cy5leGFtcGxlMCAXDTI2MTEyMjAwNTQxMFoYDzIx
MjYxMDI5MDA1NDEwWjAaMRgwFgYDVQQDDA9yZXBvcnRzLmV4YW1wbGUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARMx/EZ5ZYBgu0cZXUdbz0BRanlzIOrMA0EVcbl
CNk3va0SFzHWrPn5F4pypGK0RYajCjpo55B6uGpOpOPQxjFeo28wbTAdBgNVHQ4E
FgQU3lmIF1aY5aXNGsRksbbCuce90bwwHwYDVR0jBBgwFoAU3lmIF1aY5aXNGsRk
sbbCuce90bwwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgg9yZXBvcnRzLmV4
YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIhAO7bTP47+QZlqtLNpc4iToT3rYuA8LmN
2TqwoZDPIgj6AiAupqfyfUoBFwUxsraV4ddZguNXP/foSzYan2XxGwNOng==
-----END CERTIFICATE-----
"""
