"""The catalogue: what is known of a page from outside it, and who says so."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import save

from necdata import catalogue
from necdata.catalogue import CatalogueError, Source

SITE = '[[site]]\nhost = "plots.example"\nauthor = "Una Bright"\n'


def test_a_page_is_known_by_its_bytes(tmp_path: Path):
    """Site, address and authors stand by the sha256; of another page nothing is known."""
    save(
        tmp_path,
        "sources.toml",
        '[[page]]\nsha256 = "aa"\nsite = "plots.example"\nurl = "https://plots.example/1"\n'
        'author = ["Una Bright", "Wilf Tansy"]\n',
    )
    known = catalogue.load(tmp_path)
    assert known.of("aa") == Source("plots.example", "https://plots.example/1", "Una Bright; Wilf Tansy", "catalogue")
    assert known.of("bb") == Source()


def test_a_sites_one_author_stands_in(tmp_path: Path):
    """Where the page's entry names nobody, the author of its site does; the host comes from the address too."""
    save(
        tmp_path,
        "sources.toml",
        SITE + '[[page]]\nsha256 = "aa"\nurl = "https://www.plots.example/1"\nsaid_by = "user"\n',
    )
    assert catalogue.load(tmp_path).of("aa") == Source(
        "plots.example", "https://www.plots.example/1", "Una Bright", "user"
    )


def test_the_folders_entry_wins_over_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What the user says of a page is believed before what ships."""
    shipped = save(
        tmp_path, "shipped.toml", '[[page]]\nsha256 = "aa"\nauthor = "Old"\n[[page]]\nsha256 = "bb"\nauthor = "Kept"\n'
    )
    monkeypatch.setattr(catalogue, "SHIPPED", shipped)
    save(tmp_path / "raw", "sources.toml", '[[page]]\nsha256 = "aa"\nauthor = "New"\n')
    known = catalogue.load(tmp_path / "raw")
    assert (known.of("aa").author, known.of("bb").author) == ("New", "Kept")


def test_the_shipped_catalogue_can_be_read():
    """Every site has a host, every page a sha256 of 64 digits."""
    found = catalogue.read(catalogue.SHIPPED)
    assert found["site"] and all(s["host"] and "publisher" in s for s in found["site"])
    assert all(len(p["sha256"]) == 64 for p in found["page"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[page]]\nsha256 = aa\nfile = 'a'\n", r"is not TOML .*line 2.*; mend that line"),
        ("[[page]]\nauthor = 'Una'\n", r"\[\[page\]\] number 1 has no sha256; add it"),
        (SITE + "[[site]]\nauthor = 'Una'\n", r"\[\[site\]\] number 2 has no host; add it"),
        (b"[[site]]\nhost = '\xff'\n", "is not TOML"),
        ("page = ['aa']\n", "number 1 has no sha256"),
    ],
)
def test_a_broken_catalogue_is_said_with_file_and_place(tmp_path: Path, text: str | bytes, problem: str):
    """One sentence with the file, the line or entry, and the remedy."""
    path = save(tmp_path, "sources.toml", text)
    with pytest.raises(CatalogueError, match=problem) as caught:
        catalogue.load(tmp_path)
    assert str(caught.value).startswith(str(path))


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
)
def test_an_entry_gives_back_what_was_said(url: str, author: str):
    """Quotes, backslashes, line ends and control signs survive being written as TOML."""
    (page,) = tomllib.loads(catalogue.entry("aa", "a.txt", url, author))["page"]
    assert page == {"sha256": "aa", "file": "a.txt", "said_by": "user"} | {
        k: v for k, v in (("url", url), ("author", author)) if v
    }


def test_fetched_pages_have_their_site_and_address(tmp_path: Path):
    """What `necdata fetch` wrote down of a page serves as its catalogue entry; a feed's search address does not."""
    lines = [
        {"site": "nec.example", "url": "https://nec.example/feed/?s=NEC", "final_url": "https://nec.example/feed/?s=NEC",
         "status": 200, "sha256": "a" * 64, "file": "nec.example/feed.xml", "bytes": 9},
        {"site": "nec.example", "url": "https://nec.example/r", "final_url": "https://nec.example/report/",
         "status": 200, "sha256": "b" * 64, "file": "nec.example/report.html", "bytes": 9},
    ]  # fmt: skip
    (tmp_path / "ledger.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    found = catalogue.load(tmp_path)
    assert found.of("a" * 64)[:2] == ("nec.example", "")
    assert found.of("b" * 64)[:2] == ("nec.example", "https://nec.example/report/")
