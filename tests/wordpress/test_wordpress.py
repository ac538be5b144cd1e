"""`necdata fetch` and the readers of feeds, exports and saved pages, against a real WordPress: make wordpress."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import urllib.error
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import blog as blogs
import committee
import pandas as pd
import pytest
from blog import HOST, Blog
from committee import HIDDEN, OTHER, SHOWN, Told, path
from fetch_servers import network

import necdata
from necdata.fetching import ledger
from necdata.fetching.fetch import fetch
from necdata.fetching.polite import Limits
from necdata.reading.page import PageError

ALL_TAKES = 600  # seconds, for the whole module
THEMES = ("twentytwentyone", "twentytwentytwo", "twentytwentythree")
EVERY = [told for _, told in SHOWN]
PAGES = 3  # of a feed with ten posts each


@pytest.fixture(scope="module", autouse=True)
def in_time() -> Iterator[None]:
    """End the tests, and with them the servers, when they take too long."""

    _needed()

    def stop(*_: object) -> None:
        raise TimeoutError(f"took longer than {ALL_TAKES} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(ALL_TAKES)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def blog() -> Iterator[Blog]:
    """A blog of the invented committee's; a test that changes it puts it back."""
    with blogs.running(committee.wanted()) as running:
        yield running


def _needed() -> None:
    if not os.environ.get("NECDATA_WORDPRESS"):
        pytest.skip("a WordPress is run on demand: make wordpress")
    if missing := blogs.missing():
        pytest.fail(missing)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return catalogued(tmp_path / "raw")


def catalogued(raw: Path, url: str = f"http://{HOST}/", query: str = "NEC report", platform: str = "wordpress") -> Path:
    """List the blog in raw/sources.toml."""
    raw.mkdir()
    entry = {"host": HOST, "platform": platform, "query": query, "url": url}
    (raw / "sources.toml").write_text("[[site]]\n" + "".join(f'{k} = "{v}"\n' for k, v in entry.items()))
    return raw


def run(raw: Path, blog: Blog, **options: Any) -> pd.Series:
    """Fetch from the blog without delay; returns its row of the summary."""
    limits = Limits(seconds=20.0, delay=0.0, requests=60)
    return fetch([HOST], raw, limits=limits, network=network(committee__example=blog), **options).iloc[0]  # type: ignore[arg-type]


def files(raw: Path) -> list[Path]:
    return sorted(p for p in raw.rglob("*") if p.suffix in (".xml", ".html"))


def read(raw: Path) -> pd.DataFrame:
    """Build the tables of what is in raw/; a row for each post, by its title, with the first day of its meeting."""
    out = raw.parent / f"{raw.name}-processed"
    necdata.build(raw, out)
    corpus = necdata.load(out)
    starts = corpus.meetings.reset_index().set_index("meeting_id")["start"]
    found = corpus.posts.reset_index().astype({"kind": str})
    found["start"] = found["meeting_id"].map(starts)
    return found.assign(
        title=found["title"].map(plain),
        start=found["start"].dt.strftime("%Y-%m-%d").fillna(""),
        published=found["published"].dt.strftime("%Y-%m-%d").fillna(""),
    ).set_index("title")


def plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title))


def differences(found: pd.DataFrame, told: Iterable[Told], *columns: str) -> list[tuple[str, str, object, object]]:
    """List where what was read is not what was written: title, column, found, told."""
    wrong: list[tuple[str, str, object, object]] = []
    for one in told:
        name = plain(one.title)
        if name not in found.index:
            wrong.append((one.title, "title", "", one.title))
            continue
        row = found.loc[name]
        pairs = {"comments": "n_comments"}
        wrong += [
            (one.title, c, row[pairs.get(c, c)], getattr(one, c))
            for c in columns
            if row[pairs.get(c, c)] != getattr(one, c)
        ]
    return wrong


TOLD = ("kind", "start", "published", "author")


# What is fetched


def test_the_feed_of_the_search_is_saved_page_by_page_as_it_came(raw: Path, blog: Blog):
    row = run(raw, blog)
    asked = "/feed/?s=NEC+report&orderby=date&order=DESC"
    assert (row["problem"], row["new_files"], row["new_posts"]) == ("", PAGES, len(SHOWN) + 1)  # and a page
    assert row["requests"] == 1 + PAGES + 1  # robots.txt, and the page after the last
    said = {blog.page(asked), *(blog.page(f"{asked}&paged={n}") for n in range(2, PAGES + 1))}
    assert {p.read_text() for p in files(raw)} == said
    with pytest.raises(urllib.error.HTTPError, match="404"):
        blog.page(f"{asked}&paged={PAGES + 1}")


def test_nothing_comes_that_wordpress_does_not_show(raw: Path, blog: Blog):
    run(raw, blog)
    words = "".join(p.read_text() for p in files(raw))
    for hidden in HIDDEN:
        assert hidden["post_title"] not in words
    assert SHOWN[0][0]["post_title"] in words  # as it would stand there


def test_the_fetched_feed_says_what_was_put_into_the_blog(raw: Path, blog: Blog):
    run(raw, blog)
    found = read(raw)
    assert not differences(found, EVERY, *TOLD)
    assert len(found) == len(SHOWN) + 1 and not found["is_partial"].any()
    both = found.loc[found["start"].eq("2017-11-21"), "meeting_id"]
    assert len(both) == 2 and both.nunique() == 1  # two accounts, one meeting


def test_a_second_run_is_answered_that_nothing_changed(raw: Path, blog: Blog):
    run(raw, blog)
    before = {p: p.stat().st_mtime_ns for p in files(raw)}
    row = run(raw, blog)
    statuses = [e.status for e in ledger.read(raw) if e.status]
    assert statuses == [200] * PAGES + [304] * PAGES
    assert row["new_files"] == 0 and row["posts"] == len(SHOWN) + 1
    assert {p: p.stat().st_mtime_ns for p in files(raw)} == before


def test_a_run_that_was_interrupted_is_finished_by_the_next(raw: Path, blog: Blog):
    def stop(line: str) -> None:
        if "paged=2" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(raw, blog, progress=stop)
    assert len(files(raw)) == 2
    row = run(raw, blog)
    assert row["requests"] == 3 and row["new_files"] == 1 and row["problem"] == ""  # robots.txt, and two pages
    assert not differences(read(raw), EVERY, *TOLD)


def test_edited_new_and_withdrawn_posts(raw: Path):
    with blogs.running(committee.wanted()) as own:
        run(raw, own)
        old = {p: p.read_bytes() for p in files(raw)}
        words = "<p>Corrected: the treasurer meant marrows, and every figure for Saltmere was of the year before.</p>"
        own.change(updates={
            "post-26": {"post_content": SHOWN[-1][0]["post_content"] + words},
            "post-43": {"post_status": "publish", "post_date": "2019-11-20 10:00:00", "post_date_gmt": "2019-11-20 10:00:00",
                        "post_title": "NEC report: 19 November 2019", "edit_date": True},
            "post-1": {"post_status": "draft"},
        })  # fmt: skip
        row = run(raw, own)
    assert row["problem"] == "" and row["new_posts"] == 2 and row["new_files"] == 1
    assert all(p.read_bytes() == data for p, data in old.items())
    found = read(raw)
    late = Told("NEC report: 19 November 2019", "full_meeting", "2019-11-19", "2019-11-20", committee.OWNER)
    assert not differences(found, [*EVERY, late], *TOLD)  # what was withdrawn stays, what was edited is one post
    assert found.index.is_unique and found.loc[plain(EVERY[-1].title), "n_words"] > 150


def test_posts_since_a_day_are_fetched_alone(raw: Path, blog: Blog):
    row = run(raw, blog, since="2019-03-01")
    assert row["new_posts"] == 3 and row["requests"] == 3 and row["problem"] == ""


# How blogs are set up


@pytest.mark.parametrize(
    ("url", "query", "n"), [(f"http://{HOST}/category/nec/", "", 27), (f"http://{HOST}/category/nec/", "Clause V", 1)]
)
def test_a_category_is_asked_for_its_feed(tmp_path: Path, blog: Blog, url: str, query: str, n: int):
    row = run(catalogued(tmp_path / "raw", url, query), blog)
    assert row["problem"] == "" and row["posts"] == n


def test_a_post_under_a_password_is_known_by_its_title_alone(tmp_path: Path, blog: Blog):
    raw = catalogued(tmp_path / "raw", query="")
    assert run(raw, blog)["posts"] == len(SHOWN) + 2
    row = read(raw).loc[plain("Protected: NEC report for our branch, 17 September 2019")]
    assert row["is_partial"] and (row["n_passages"], row["n_words"]) == (0, 0)


def test_www_leads_to_the_blog(tmp_path: Path, blog: Blog):
    raw = catalogued(tmp_path / "raw", f"http://www.{HOST}/", query="")  # WordPress does not redirect a search
    row = run(raw, blog)
    assert row["problem"] == "" and row["new_posts"] == len(SHOWN) + 2
    assert {e.final_url.partition("/feed")[0] for e in ledger.read(raw) if e.file} == {f"http://{HOST}"}


def test_of_a_feed_of_summaries_the_posts_own_pages_are_fetched(raw: Path, blog: Blog):
    said: list[str] = []
    with blog.changed(options={"rss_use_excerpt": 1}):
        row = run(raw, blog, progress=said.append)
        again = run(raw, blog)
    assert row["problem"] == "" and row["new_files"] == len(SHOWN) + 1 and again["new_files"] == 0
    assert "sums up its posts: fetching the pages of 10" in said[0]
    assert {p.suffix for p in files(raw)} == {".html"}
    assert not differences(read(raw), EVERY, *TOLD, "comments")


OFF = {
    "ended": "add_action('do_feed_rss2', function () { wp_die('No feed here, please visit our homepage.'); }, 1);",
    "sent away": "add_action('template_redirect', function () { is_feed() && wp_redirect('http://feeds.example/') && exit; });",
    "not found": "add_action('parse_query', function ($q) { if ($q->is_feed) { $q->set_404(); status_header(404); } });",
}  # fmt: skip


@pytest.mark.parametrize("how", OFF)
def test_where_feeds_are_off_the_posts_are_listed_by_the_rest_api(raw: Path, blog: Blog, how: str):
    with blog.changed(plugin=OFF[how]):
        row = run(raw, blog)
        again = run(raw, blog)
    assert row["problem"] == "" and row["new_files"] == len(SHOWN) and again["new_files"] == 0
    assert not differences(read(raw), EVERY, *TOLD)


@pytest.mark.parametrize("permalinks", ["", "/index.php/%year%/%postname%/"])
def test_any_form_of_permalinks_will_do(raw: Path, blog: Blog, permalinks: str):
    with blog.changed(options={"permalink_structure": permalinks}):
        row = run(raw, blog)
    assert row["problem"] == "" and row["new_posts"] >= len(SHOWN)
    assert not differences(read(raw), EVERY, *TOLD)


def test_a_blog_under_maintenance_is_left_for_another_day(raw: Path, blog: Blog):
    notice = blog.folder / "site" / ".maintenance"
    notice.write_text("<?php $upgrading = time();")
    try:
        row = run(raw, blog)
    finally:
        notice.unlink()
    assert row["problem"].endswith("answers 503, and asks to wait 600 s; run it again later")
    assert row["requests"] == 1 and files(raw) == []


def test_a_blog_in_a_folder_of_its_host(tmp_path: Path):
    with blogs.running(committee.wanted(), "/blog") as own:
        raw = catalogued(tmp_path / "raw", f"http://{HOST}/blog/")
        row = run(raw, own)
        assert row["problem"] == "" and row["new_posts"] == len(SHOWN) + 1
        with own.changed(plugin=OFF["ended"]):
            rest = catalogued(tmp_path / "rest", f"http://{HOST}/blog/")
            assert run(rest, own)["new_files"] == len(SHOWN)
    assert not differences(read(raw), EVERY, *TOLD)


def test_a_blog_is_followed_from_link_to_link_too(tmp_path: Path, blog: Blog):
    raw = catalogued(tmp_path / "raw", f"http://{HOST}/category/nec/", "report", "html")
    row = run(raw, blog)
    assert row["problem"] == "" and row["new_files"] >= len(EVERY)
    assert not differences(read(raw), EVERY, *TOLD)


# What a reader saves


def saved(folder: Path, blog: Blog, *paths: str) -> pd.DataFrame:
    """Save pages as a browser does, and read them."""
    folder.mkdir(exist_ok=True)
    for number, at in enumerate(paths):
        (folder / f"{number:02d}.html").write_text(blog.page(at))
    return read(folder)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("day", ["F j, Y", "j F Y", "d/m/Y"])
def test_saved_pages_of_single_posts(tmp_path: Path, blog: Blog, theme: str, day: str):
    blog.change(theme=theme, options={"date_format": day})
    found = saved(tmp_path / "raw", blog, *(path(given) for given, _ in SHOWN + OTHER))
    assert not differences(found, EVERY, *TOLD, "comments")
    assert len(found) == len(SHOWN + OTHER) and not found["is_partial"].any()
    assert set(found.loc[[plain(told.title) for _, told in OTHER], "kind"]) == {"not_a_report"}


MARKED = {plain(SHOWN[n - 1][1].title) for n in (2, 5, 19, 23)}  # short, or cut at a mark that lists do not show
LISTS = {
    "home": (["/", "/page/2/", "/page/3/"], EVERY),
    "category": (["/category/nec/", "/category/nec/page/2/", "/category/nec/page/3/"], EVERY),
    "year": (["/2016/"], [t for t in EVERY if t.published < "2017"]),
    "month": (["/2017/11/"], [t for t in EVERY if t.published.startswith("2017-11")]),
    "author": (["/author/sian/"], [t for t in EVERY if t.author == committee.SECOND]),
    "tag": (["/tag/rules/"], [EVERY[11]]),
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("which", LISTS)
def test_saved_pages_of_lists(tmp_path: Path, blog: Blog, theme: str, which: str):
    paths, told = LISTS[which]
    blog.change(theme=theme, options={"date_format": "j F Y"})
    found = saved(tmp_path / "raw", blog, *paths)
    assert not differences(found, told, "kind", "start", "published")
    whole = set(found.index[~found["is_partial"]]) - {plain("Beans and brassicas")}
    assert whole <= MARKED  # all others are cut off, and say so
    authors = {name: told.author for name, told in ((plain(t.title), t) for t in told)}
    assert all(found.loc[name, "author"] in ("", who) for name, who in authors.items())
    assert which != "author" or set(found["author"]) == {committee.SECOND}


@pytest.mark.parametrize("theme", THEMES)
def test_saved_pages_of_search_results(tmp_path: Path, blog: Blog, theme: str):
    blog.change(theme=theme, options={"date_format": "j F Y"})
    found = saved(tmp_path / "raw", blog, "/?s=NEC+report&orderby=date", "/page/2/?s=NEC+report&orderby=date")
    assert len(found) == 20 and set(found["author"]) == {""}  # no list of these themes names its authors
    assert not differences(found, [t for t in EVERY if plain(t.title) in found.index], "kind", "start", "published")


@pytest.mark.parametrize("feed", ["/feed/atom/", "/feed/rdf/", "/category/nec/feed/atom/?paged=2"])
def test_saved_feeds_of_other_kinds(tmp_path: Path, blog: Blog, feed: str):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "feed.xml").write_text(blog.page(feed))
    found = read(tmp_path / "raw")
    told = [t for t in EVERY if plain(t.title) in found.index]
    assert len(found) == 10 and len(told) >= 8 and not differences(found, told, *TOLD)


def test_an_export(tmp_path: Path, blog: Blog):
    (tmp_path / "raw").mkdir()
    blog.change(export=str(tmp_path / "raw" / "export.xml"))
    found = read(tmp_path / "raw")
    assert not differences(found, EVERY, *TOLD, "comments")
    shown = {plain(t.title) for _, t in SHOWN + OTHER} | {plain("NEC report for our branch, 17 September 2019")}
    assert set(found.index) == shown  # drafts, private, pending and scheduled posts are not published


def test_comments_alone_are_no_reports(tmp_path: Path, blog: Blog):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "comments.xml").write_text(blog.page("/comments/feed/"))
    with pytest.raises(PageError, match=r"comments.xml: has no post in it"):
        read(tmp_path / "raw")


def test_the_server_is_a_wordpress_of_this_decade(blog: Blog):
    assert int(blog.version.partition(".")[0]) >= 6 and set(THEMES) <= set(blog.themes)
    assert dt.date.fromisoformat(EVERY[-1].published) > dt.date.fromisoformat(EVERY[0].published)
