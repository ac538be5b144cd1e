"""Absurd input ends in one line: bombs, depth, size, files without end; and names that change where they lead."""

from __future__ import annotations

import gzip
import os
import resource
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from written import REPORT, save

from necdata import catalogue, cli
from necdata.catalogue import CatalogueError
from necdata.fetching import network
from necdata.fetching.network import Deadline, FetchError, Network, Passing
from necdata.formats import markup, pages, xml
from necdata.reading.page import PageError

FEED = '<?xml version="1.0"?><!DOCTYPE rss {}><rss><channel><title>t</title>{}</channel></rss>'
ITEM = "<item><title>NEC report – 3 March 2019</title><description>{}</description></item>"
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    "declared",
    [
        f'[<!ENTITY l0 "ha">{LAUGHS}]', '[<!ENTITY b SYSTEM "file:///etc/passwd">]', '[<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]',
        '[<!ENTITY b PUBLIC "x" "https://evil.invalid/">]', '[<!NOTATION n SYSTEM "x"><!ENTITY b SYSTEM "x" NDATA n>]',
    ],
)  # fmt: skip
def test_entities_of_every_sort_are_refused(declared: str):
    """Laughs, files, addresses, parameters and unparsed ones: at the declaration, before any is used."""
    with pytest.raises(PageError, match=r"^odd.xml: declares XML entities \(line 1\)") as caught:
        xml.read(FEED.format(declared, ITEM.format("&b;")), "odd.xml")
    assert "\n" not in str(caught.value)


def test_nothing_outside_a_feed_is_opened(monkeypatch: pytest.MonkeyPatch):
    """A document type that names a file or an address, and an instruction to include one, are passed over."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    for name in ("socket.socket", "socket.create_connection", "builtins.open"):
        monkeypatch.setattr(name, never)
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    for declared in ('SYSTEM "file:///etc/passwd"', 'PUBLIC "-//x" "https://evil.invalid/x.dtd"', "[%b;]"):
        root = xml.read(FEED.format(declared, include), "odd.xml")
        assert root.children[0].tag == "rss" and root.children[0].children[0].children[1].parts == []


def test_a_default_is_not_copied_into_every_element():
    """Ten kilobytes declared once and a thousand empty elements are no ten megabytes."""
    declared = f'[<!ATTLIST i a CDATA "{"x" * 10_000}">]'
    root = xml.read(FEED.format(declared, '<i b="1"/>' * 1000), "odd.xml")
    found = [n for n in root.children[0].children[0].children if n.tag == "i"]
    assert len(found) == 1000 and all(n.attributes == {"b": "1"} for n in found)


def packed(folder: Path, name: str) -> Path:
    """A file of fifty kilobytes that is fifty megabytes unpacked."""
    if name.endswith("gz"):
        return save(folder, name, gzip.compress(bytes(50_000_000)))
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.txt", bytes(50_000_000))
    return folder / name


@pytest.mark.parametrize(("name", "problem"), [("report.gz", "is gzipped"), ("report.docx", "is a zip")])
def test_what_is_packed_is_not_unpacked(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, problem: str):
    """Named as a page, too: what counts is how it begins."""
    packed(tmp_path, name).rename(tmp_path / "report.txt")
    assert cli.main(["add", str(tmp_path / "report.txt"), "--raw", str(tmp_path / "raw")]) == cli.PROBLEM
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and problem in said and not list(tmp_path.glob("raw/*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes among files")
def test_what_never_ends_is_no_page(tmp_path: Path):
    """A pipe that nobody writes to and a link to /dev/zero are named, and the rest is built; in a bounded process."""
    save(tmp_path / "raw", "report.txt", REPORT)
    os.mkfifo(tmp_path / "raw" / "pipe.txt")
    (tmp_path / "raw" / "zero.txt").symlink_to("/dev/zero")
    limit = 4 * 2**30

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "necdata", "build"], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        preexec_fn=bounded, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == cli.SKIPPED and done.stdout.startswith("1 pages, 1 posts")
    assert [line.split(";")[0] for line in done.stderr.splitlines()[:2]] == [
        f"necdata: {name}: is no file but a pipe, socket or device" for name in ("pipe.txt", "zero.txt")
    ]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its size is asked first; just below the limit it is read."""
    path = save(tmp_path, "a.txt", b"a\n" * 500)
    monkeypatch.setattr(pages, "LARGEST_PAGE", 1000)
    assert pages.read(path).characters == 1000
    save(tmp_path, "a.txt", b"a\n" * 501)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    with pytest.raises(PageError, match="is too large"):
        pages.read(path)


DEEP = 30_000


@pytest.mark.parametrize(("kind", "source"), [
    ("html", "<html><body>" + "<div>" * DEEP + "x"), ("html", "<html><body>" + "<ul><li>" * DEEP + "x"),
    ("html", "<html><body>" + "<svg><g>" * DEEP + "x"), ("html", "<html><body>" + "<template>" * DEEP + "x"),
    ("html", "<html><body>" + "<select><option>" * DEEP + "x"), ("html", "<html><body><table>" + "<tr><td><table>" * DEEP + "x"),
], ids=lambda x: x[12:24])  # fmt: skip
def test_depth_without_end_is_read_or_refused(kind: str, source: str):
    """Thirty thousand elements deep: an answer or one line, no overrun stack."""
    try:
        found = markup.lines(source, kind, "deep.html")
    except PageError as error:
        assert "\n" not in str(error) and str(error).startswith("deep.html: ")
    else:
        assert sum(len(line.text) for line in found) < 100


@pytest.mark.parametrize(
    ("text", "problem"),
    [("a = " + "[" * 20_000, "is not TOML"), ("site = 3", "site is no list"), ("page = 'x'", "page is no list"), ("page = [3]", "number 1 has no sha256")],
)  # fmt: skip
def test_an_absurd_catalogue_is_one_sentence(tmp_path: Path, text: str, problem: str):
    """Brackets without end overran the stack, a number in the place of a list was a TypeError."""
    save(tmp_path, "sources.toml", text)
    with pytest.raises(CatalogueError, match=rf"sources\.toml: .*{problem}"):
        catalogue.load(tmp_path)


def test_no_later_answer_of_dns_counts(monkeypatch: pytest.MonkeyPatch):
    """A name that leads to the open internet when it is checked and inside afterwards (rebinding): asked once a
    connection, and what was checked is what is connected to."""
    answers = iter([[("93.184.215.14", 80)], [("127.0.0.1", 80)], [("10.0.0.1", 80), ("93.184.215.14", 80)]])
    asked: list[object] = []

    def unreachable(address: object, **_: object) -> socket.socket:
        asked.append(address)
        raise OSError("unreachable")

    monkeypatch.setattr(network.socket, "create_connection", unreachable)
    names = Network(resolve=lambda host, port: next(answers))
    with Deadline(5) as deadline:
        with pytest.raises(Passing, match="cannot be reached"):
            network.connect("plots.example", 80, names, deadline)
        for _ in range(2):
            with pytest.raises(FetchError, match="not an address on the open internet"):
                network.connect("plots.example", 80, names, deadline)
    assert asked == [("93.184.215.14", 80)]
