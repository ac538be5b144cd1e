"""Pages kept whole in one file (MHTML) and posts in JSON, on invented examples."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest
from written import save

from necdata import pipeline
from necdata.formats import archived, pages
from necdata.reading import posts
from necdata.reading.page import PageError
from necdata.reading.posts import Post

BODY = (
    "The NEC met in the long shed and agreed that the rota should be read aloud at every meeting until May – or June."
)
HTML = f"""<html><head><title>NEC report, 3 May 2016 | Spade</title></head><body>
<h1 class="entry-title">NEC report, 3 May 2016</h1>
<p class="byline">By Jo Wren</p>
<p>{BODY}</p>
<p>{BODY} So it was.</p></body></html>
"""
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://spade.example/nec/\r\nSubject: NEC report\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n'
    "------B\r\nContent-Type: text/html{charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
    "Content-Location: https://spade.example/nec/\r\n\r\n"
)
TAIL = "\r\n------B\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\n------B--\r\n"


def quoted(source: str) -> str:
    """Write a page as Chrome does: quoted-printable in lines of 76 characters."""
    lines = []
    for line in source.splitlines():
        coded = "".join(c if c.isascii() and c != "=" else "".join(f"={b:02X}" for b in c.encode()) for c in line)
        while len(coded) > 75:
            cut = next(n for n in (75, 74, 73) if "=" not in coded[n - 2 : n])
            lines.append(coded[:cut] + "=")
            coded = coded[cut:]
        lines.append(coded)
    return "\r\n".join(lines) + "\r\n"


def mhtml(encoding: str = "quoted-printable", charset: str = "", source: str = HTML) -> bytes:
    """Keep a page whole in one file."""
    codec = charset or "utf-8"
    coded = quoted(source) if encoding == "quoted-printable" else base64.encodebytes(source.encode(codec)).decode()
    return (HEAD.format(encoding=encoding, charset=f"; charset={charset}" * bool(charset)) + coded + TAIL).encode()


def one(folder: Path, name: str, data: bytes | str) -> Post:
    """Save a file and read the one post in it."""
    (post,) = posts.read(pages.read(save(folder, name, data))).posts
    return post


@pytest.mark.parametrize(("encoding", "charset"), [("quoted-printable", ""), ("base64", "utf-8"), ("base64", "cp1252")])
def test_a_page_kept_whole_is_read(tmp_path: Path, encoding: str, charset: str):
    """Title, writer, words and address, in either coding and in the character set that it states."""
    post = one(tmp_path, "a.mhtml", mhtml(encoding, charset))
    assert (post.title, post.authors, post.url) == (
        "NEC report, 3 May 2016",
        ("Jo Wren",),
        "https://spade.example/nec/",
    )
    assert [p.text for p in post.passages] == [BODY, f"{BODY} So it was."]


def test_lines_are_those_of_the_file(tmp_path: Path):
    """In quoted-printable a line of the page is several of the file: the first counts."""
    data = mhtml()
    post = one(tmp_path, "a.mht", data)
    raw = data.decode().split("\r\n")
    assert "entry-title" in raw[post.line - 1]
    assert [raw[p.line - 1].startswith("<p>The NEC met") for p in post.passages] == [True, True]


def test_what_is_no_page_kept_whole(tmp_path: Path):
    """An e-mail in plain text stays one; an archive without a page says so."""
    assert not archived.is_archived(b"From: Jo Wren\r\nSubject: nec\r\n\r\nWe met.\r\n")
    assert one(tmp_path, "mail.txt", f"From: Jo Wren\nSubject: nec\n\nNEC report, 3 May 2016\n\n{BODY}\n").title
    with pytest.raises(PageError, match=r"b.mhtml: is a web archive without a page"):
        pages.read(save(tmp_path, "b.mhtml", mhtml().replace(b"Content-Type: text/html", b"Content-Type: text/css")))


WORDPRESS = {
    "id": 7, "date": "2016-05-05T10:00:00", "link": "https://spade.example/nec/",
    "title": {"rendered": "NEC report &#8211; 3 May 2016"},
    "content": {"rendered": f"<p>{BODY}</p>\n<p>{BODY} So it was.</p>\n", "protected": False},
    "excerpt": {"rendered": "<p>The NEC met</p>"}, "author": 3,
    "_embedded": {"author": [{"id": 3, "name": "Jo Wren"}], "wp:term": [[{"name": "NEC"}]]},
}  # fmt: skip
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Spade", "authors": [{"name": "Jo Wren"}],
    "items": [{
        "id": "7", "url": "https://spade.example/nec/", "title": "NEC report – 3 May 2016",
        "date_published": "2016-05-05T10:00:00+01:00", "content_text": f"{BODY}\n\n{BODY} So it was.", "tags": ["NEC"],
    }],
}  # fmt: skip


@pytest.mark.parametrize("feed", [[WORDPRESS], WORDPRESS, JSON_FEED])
@pytest.mark.parametrize("indent", [None, 1])
def test_posts_in_json_are_read(tmp_path: Path, feed: object, indent: int | None):
    """WordPress's REST API (a list of posts, or one) and JSON Feed, on one line or many."""
    text = json.dumps(feed, indent=indent)
    post = one(tmp_path, "feed.json", text)
    assert (post.title, post.authors) == ("NEC report – 3 May 2016", ("Jo Wren",))
    assert (str(post.published), post.url) == ("2016-05-05", "https://spade.example/nec/")
    assert [p.text for p in post.passages] == [BODY, f"{BODY} So it was."]
    lines = text.split("\n")
    assert "NEC report" in lines[post.line - 1] and all("So it was" in lines[p.line - 1] for p in post.passages)


def test_each_post_of_a_json_feed_has_its_lines(tmp_path: Path):
    """The second post's title is not looked for in the first."""
    other = {**WORDPRESS, "title": {"rendered": "NEC report, 1 March 2016"}, "link": "https://spade.example/march/"}
    text = json.dumps([WORDPRESS, other], indent=1)
    found = posts.read(pages.read(save(tmp_path, "feed.json", text))).posts
    assert [p.title for p in found] == ["NEC report – 3 May 2016", "NEC report, 1 March 2016"]
    assert found[1].line > text[: text.index("March 2016")].count("\n") - 3 and found[0].url != found[1].url


def test_only_json_of_posts_is_a_page(tmp_path: Path):
    """Settings in JSON are passed over in silence; a feed that is broken is named."""
    save(tmp_path, "settings.json", '{"name": "necdata"}')
    save(tmp_path, "feed.json", json.dumps([WORDPRESS]))
    save(tmp_path, "broken.json", json.dumps([WORDPRESS])[:-9])
    assert [p.name for p in pages.files(tmp_path)] == ["broken.json", "feed.json"]
    readings, skipped = pipeline.read_all(tmp_path)
    assert len(readings) == 1 and len(skipped) == 1 and skipped[0].startswith("broken.json: is not well-formed JSON")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused_unread(tmp_path: Path):
    """Nobody may be writing into it: a build would wait for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(PageError, match=r"pipe.txt: is no file but a pipe"):
        pages.read(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.json")
    assert [p.name for p in pages.files(tmp_path)] == ["pipe.txt"]
