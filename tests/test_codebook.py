"""Codebooks are read, checked, shown, and taken to R and back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from necdata.coding import codebook
from necdata.coding.codebook import Codebook

TOPICS = """elections campaigning selections leadership membership finance conference policy_making
rules discipline antisemitism equalities staff trade_unions local_government nations economy health
covid employment education environment justice welfare housing international europe opponents
media""".split()
CAP_MAJOR = {str(code) for code in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23)}
SMALL = """
name = "Small"
version = "3"
[[topic]]
key = "parks"
name = "Parks and gardens"
group = "policy"
cap_uk = [7, 21]
definition = "Green places that anybody may walk in."
terms = ["park*", "public garden*"]
weak = ["green"]
cancels = ["car park*"]
[[topic]]
key = "cars"
terms = ["car park*", "car"]
"""


@pytest.fixture
def small(tmp_path: Path) -> Codebook:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return codebook.load(path)


def written(tmp_path: Path, content: str, name: str = "book.toml") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def test_our_topics_are_those_of_the_hand_coding_in_its_order() -> None:
    assert codebook.load().keys == TOPICS


def test_the_docs_define_every_topic_as_the_codebook_does() -> None:
    docs = Path(__file__).parent.parent / "docs" / "codebook.md"
    written_down = " ".join(docs.read_text(encoding="utf-8").split())
    for topic in codebook.load().topics.itertuples(index=False):
        assert f"| `{topic.key}` | {topic.name} |" in written_down
        assert str(topic.definition) in written_down


@pytest.mark.parametrize("name", [None, "election_kinds"])
def test_our_codebooks_have_no_faults(name: str | None) -> None:
    assert codebook.check(codebook.load(name)).empty


def test_every_topic_of_ours_is_defined_grouped_and_has_terms() -> None:
    book = codebook.load()
    assert (book.topics["definition"].str.len() > 80).all()
    assert set(book.topics["group"]) == {"party", "policy"}
    strong = book.terms[book.terms["strength"] == "strong"].groupby("topic").size()
    assert strong.reindex(TOPICS).min() >= 20


def test_cap_codes_of_ours_are_major_topics() -> None:
    book = codebook.load()
    codes = {
        code for column in ("cap_uk", "cap_master") for row in book.topics[column] if row for code in row.split(";")
    }
    assert codes <= CAP_MAJOR
    assert book.topics.set_index("key").loc["environment", "cap_master"] == "4;7;8"


def test_public_elections_are_apart_from_contests_in_the_party() -> None:
    groups = codebook.load("election_kinds").topics.set_index("key")["group"]
    assert groups["leadership_contest"] == groups["internal_ballot"] == "party"
    assert set(groups[["general", "local", "devolved", "european", "mayoral_pcc", "by_election", "referendum"]]) == {
        "public"
    }


def test_a_codebook_of_the_users_own_is_read(small: Codebook) -> None:
    assert (small.name, small.version, small.keys) == ("Small", "3", ["parks", "cars"])
    assert small.topics["name"].tolist() == ["Parks and gardens", "cars"]
    assert small.topics["cap_uk"].tolist() == ["7;21", ""]
    assert small.terms.values.tolist()[2:4] == [["parks", "green", "weak"], ["parks", "car park*", "cancel"]]


@pytest.mark.parametrize(
    "content, fault",
    [
        ("name = 'x'", "version missing"),
        ("name='x'\nversion='1'\n[topics.a]", r"write each under a line \[\[topic\]\]"),
        ("name = ", "not valid TOML"),
        ("name='x'\nversion='1'\n[[topic]]\nname='y'", "topic 1 needs a key"),
        ("name='x'\nversion='1'\n[[topic]]\nkey='y'\nterm=['z']", "does not know term"),
        ("name='x'\nversion='1'\n[[topic]]\nkey='y'\n[[topic]]\nkey='y'", "'y' stands twice"),
        ("name='x'\nversion='1'\n[[topic]]\nkey='y'\nterms=['-']", "no letter or digit"),
    ],
)
def test_a_faulty_codebook_is_named_with_its_fault(tmp_path: Path, content: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault) as caught:
        codebook.load(written(tmp_path, content))
    assert "book.toml" in str(caught.value)


def test_what_is_no_codebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such codebook"):
        codebook.load(tmp_path / "none.toml")
    with pytest.raises(ValueError, match="unknown format '.txt'"):
        codebook.load(written(tmp_path, "", "book.txt"))
    with pytest.raises(ValueError, match="column term missing"):
        codebook.load(written(tmp_path, "topic,word\na,b\n", "book.csv"))
    with pytest.raises(ValueError, match="'loud'; use strong, weak, cancel"):
        codebook.load(written(tmp_path, "topic,term,strength\na,b,loud\n", "book.csv"))
    with pytest.raises(ValueError, match="no dictionary"):
        codebook.load(written(tmp_path, "- a\n- b\n", "book.yml"))


def test_duplicate_shadowed_and_dead_terms_are_reported(tmp_path: Path) -> None:
    book = codebook.load(
        written(
            tmp_path,
            "topic,term\n" + "\n".join(f"a,{t}" for t in ("by-election", "byelection", "tor*", "tories", "zebra*")),
            "b.csv",
        )
    )
    faults = codebook.check(book, ["A by-election, a byelection and the Tories."])
    assert faults[["term", "problem"]].values.tolist() == [
        ["byelection", "duplicate"],
        ["tories", "shadowed"],
        ["zebra*", "dead"],
    ]


def test_a_term_whose_words_a_longer_one_uses_up_is_dead(small: Codebook) -> None:
    dead = codebook.check(small, ["car park"])
    assert "car" in dead.loc[dead["problem"] == "dead", "term"].tolist()


def test_quanteda_gets_a_dictionary_and_gives_it_back(small: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "small.yml"
    codebook.write_quanteda(small, path)
    assert yaml.safe_load(path.read_text())["parks"]["strong"] == ["park*", "public garden*"]
    pd.testing.assert_frame_equal(codebook.load(path).terms, small.terms)


def test_a_plain_quanteda_dictionary_has_strong_terms(tmp_path: Path) -> None:
    book = codebook.load(written(tmp_path, "tax:\n  - vat\n  - income tax\nwar: iraq\n", "d.yaml"))
    assert book.terms.values.tolist() == [
        ["tax", "vat", "strong"],
        ["tax", "income tax", "strong"],
        ["war", "iraq", "strong"],
    ]


def test_a_csv_of_terms_comes_back_the_same(tmp_path: Path) -> None:
    ours = codebook.load()
    codebook.write_csv(ours, tmp_path / "ours.csv")
    pd.testing.assert_frame_equal(codebook.load(tmp_path / "ours.csv").terms, ours.terms)


def test_a_topic_is_shown_with_what_it_means(small: Codebook) -> None:
    shown = codebook.show(small, "parks")
    for part in (
        "Parks and gardens",
        "anybody may walk in",
        "UK 7;21",
        "park*; public garden*",
        "Need company: green",
        "Cancelled: car park*",
    ):
        assert part in shown
    with pytest.raises(ValueError, match="no topic 'boats' in Small; it has parks, cars"):
        codebook.show(small, "boats")
