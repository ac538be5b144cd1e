"""Exploring: questions answered with and without the text, by function and by control."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, save

import necdata
from necdata.corpus import Corpus
from necdata.interactive import exploring, places, widgets
from necdata.interactive.exploring import UNITS, VIEWS, Question
from necdata.parts import Part


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Seven meetings on three pages, with their text."""
    place = tmp_path_factory.mktemp("corpus")
    for name, text in (("archive.txt", ARCHIVE), ("blogspot.txt", BLOGSPOT), ("labourlist.txt", LABOURLIST)):
        save(place / "raw", name, text)
    necdata.build(place / "raw", place / "processed")
    return necdata.load(place / "processed")


@pytest.fixture(scope="module")
def bare(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The same tables as a fresh clone has them: without their text."""
    folder = tmp_path_factory.mktemp("bare") / "processed"
    shutil.copytree(corpus.folder, folder, ignore=shutil.ignore_patterns("text.csv"))
    return necdata.load(folder)


def topic(corpus: Corpus) -> str:
    """The topic most is said of."""
    return str(corpus.codings["topic"].value_counts().index[0])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("unit", UNITS)
def test_every_view_shows_every_unit_that_it_can(corpus: Corpus, bare: Corpus, view: str, unit: str):
    """With and without the text the chart and the table are the same; a single meeting has no share of meetings."""
    question = Question(topics=[topic(corpus)], view=view, unit=unit)
    if unit == "share_of_meetings" and view in ("meetings", "distance"):
        with pytest.raises(ValueError, match="choose another unit or view"):
            exploring.chart(bare, question)
        return
    with_text, without = exploring.chart(corpus, question), exploring.chart(bare, question)
    assert with_text.alt == without.alt and len(with_text.drawn) > 0
    assert exploring.figures(corpus, question).as_raw_html() == exploring.figures(bare, question).as_raw_html()


def test_a_term_is_counted_in_the_text(corpus: Corpus):
    """Passages and hits by meeting, zeros included: the sheds and ladders of the pages, counted by hand."""
    found = exploring.counted(corpus, Question(topics=(), terms=["ladders", "sheds", "hippopotam*"])).topics
    hits = found.groupby("topic")["n_hits"].sum()
    assert hits.to_dict() == {"term:hippopotam*": 0, "term:ladders": 1, "term:sheds": 2}
    assert len(found) == 3 * len(corpus.meetings)
    ladders = found[found["topic"].eq("term:ladders") & found["n_hits"].gt(0)].iloc[0]
    assert ladders["meeting_id"] == "2017-01-24"
    size = corpus.meetings.set_index("meeting_id").loc["2017-01-24"]
    assert ladders["share_of_passages"] == pytest.approx(1 / size["n_passages"])
    assert ladders["per_1000_words"] == pytest.approx(1000 / size["n_words"])


def test_without_the_text_a_word_is_counted_by_its_stem(bare: Corpus):
    """One word or the beginning of one; for phrases and shares of passages a sentence says what is needed."""
    found = exploring.counted(bare, Question(topics=(), terms=["ladder", "lad*"], unit="per_1000_words")).topics
    assert found.groupby("topic")["n_hits"].sum().tolist() == [1, 1]
    with pytest.raises(ValueError, match="'trigger ballot' needs the text"):
        exploring.counted(bare, Question(terms=["trigger ballot"]))
    with pytest.raises(ValueError, match="term ladder needs the text, which is not here: choose Hits per 1,000"):
        exploring.chart(bare, Question(topics=(), terms=["ladder"]))
    assert "“ladder”" in exploring.chart(bare, Question(topics=(), terms=["ladder"], unit="per_1000_words")).title


def test_kinds_of_election_stand_beside_topics(corpus: Corpus):
    """Both codebooks have a key campaigning; they are kept apart."""
    found = exploring.counted(corpus, Question(topics=["campaigning"], kinds=["campaigning"]))
    assert found.names == {"campaigning": "Campaigning", "kind:campaigning": "Phase: campaigning"}
    assert len(found.topics) == 2 * len(corpus.meetings)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(topics=["nothing"]), "no topic is named nothing; choose from elections"),
        (Question(kinds=["nothing"]), "no kind of election is named nothing"),
        (Question(topics=()), "nothing is chosen"),
        (Question(view="nothing"), "no view is named nothing"),
        (Question(topics=["health", "europe"], view="distance"), "one thing at a time"),
        (Question(part=Part(eras=["Blair"])), "no meeting has the leader Tony Blair: choose from Ed Miliband"),
    ],
)
def test_what_cannot_be_answered_is_said(corpus: Corpus, question: Question, message: str):
    """One sentence, with what to choose instead."""
    with pytest.raises(ValueError, match=message):
        exploring.chart(corpus, question)


def test_an_interval_can_be_left_out_or_made_otherwise(corpus: Corpus):
    """Without one there are no limits; the methods differ."""
    shipped = necdata.load()
    limits = {}
    for method in ("jackknife", "percentile", "none"):
        question = Question(view="together", interval=method)
        limits[method] = exploring.rates(question, exploring.counted(shipped, question))[["low", "high"]]
    assert limits["none"].isna().all(axis=None)
    assert (limits["jackknife"] - limits["percentile"]).abs().gt(0.001).any(axis=None)


def test_the_lines_behind_are_found_by_file_and_line(corpus: Corpus):
    """The keyword stands at the line of the file that is named, in the words around it."""
    found = places.lines(corpus, Question(topics=(), terms=["ladders"]))
    (row,) = found.itertuples(index=False)
    page = next((corpus.folder.parent / "raw").rglob(row.file)).read_text(encoding="utf-8").splitlines()
    assert row.keyword == "ladders" and row.left + row.keyword + row.right[:20] in page[row.line - 1]
    assert (row.meeting_id, row.about) == ("2017-01-24", "“ladders”")


def test_every_coded_passage_has_its_lines(corpus: Corpus, bare: Corpus):
    """As many passages as the figure counts, with the text and without; without it, terms but no words."""
    key = topic(corpus)
    question = Question(topics=[key])
    coded = set(corpus.codings.loc[corpus.codings["topic"].eq(key), "passage_id"])
    told = set(corpus.passages.loc[corpus.passages["meeting_id"].isin(corpus.meetings["meeting_id"]), "passage_id"])
    without = places.lines(bare, question)
    assert set(without["passage_id"]) == coded & told
    assert set(places.lines(corpus, question)["passage_id"]) <= coded & told
    assert without["left"].eq("").all() and without["keyword"].ne("").any()
    assert "put the pages into raw/" in places.concordance(bare, question)


def test_the_concordance_marks_and_escapes(corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    """Terms are marked; mark-up in the words of a page is shown, not followed; a long list is cut and says so."""
    spiked = corpus.text.str.replace("ladders", "<i>ladders</i>")
    monkeypatch.setitem(vars(corpus), "text", spiked)
    written = places.concordance(corpus, Question(topics=(), terms=["ladders"]))
    assert ">ladders</mark>" in written and "&lt;i&gt;" in written and "<i>" not in written
    assert "1 of 1 places." in written and re.search(r"archive\.txt, line \d+</td>", written)
    assert "1 of " in places.concordance(corpus, Question(topics=[topic(corpus)]), most=1).split("</caption>")[0]


def test_context_is_cut_between_words():
    """No half word at either end; what is left out is marked."""
    body = "one two three four MATCH five six seven eight"
    start = body.index("MATCH")
    assert places._context(body, start, start + 5, 11) == ("…three four ", "MATCH", " five six…")
    assert places._context(body, start, start + 5, 99) == ("one two three four ", "MATCH", " five six seven eight")


def test_the_controls_move_the_answer(corpus: Corpus, tmp_path: Path):
    """Chart, table and concordance follow a choice; what cannot be shown is said and cannot be exported; then export."""
    shown = widgets.explore(corpus, tmp_path / "out")
    panel, chart, row, figures, scrolled = shown.children
    what, how = panel.children
    topics, _, terms = what.children
    view, unit, interval, era, _ = how.children
    name, button, said = row.children
    states = [(chart.value, figures.value, scrolled.children[0].value)]

    def changed() -> tuple[bool, ...]:
        states.append((chart.value, figures.value, scrolled.children[0].value))
        return tuple(old != new for old, new in zip(states[-2], states[-1], strict=True))

    assert 'alt="' in chart.value
    topics.value = (topic(corpus),)
    assert changed() == (True, True, True)
    terms.value = "ladders, "
    assert changed() == (True, True, True) and ">ladders</mark>" in scrolled.children[0].value
    interval.value = "none"
    view.value = "together"
    assert changed()[0]
    era.value = "Jeremy Corbyn"
    assert "only meetings under Jeremy Corbyn" in exploring.chart(corpus, widgets._question(
        dict(zip(("topics", "kinds", "terms", "view", "unit", "interval", "era", "reporter"),
                 (*what.children, *how.children), strict=True)))).source  # fmt: skip
    unit.value, view.value = "share_of_meetings", "meetings"
    assert "choose another unit or view" in chart.value and button.disabled
    view.value, name.value = "leaders", "mine"
    assert not button.disabled
    button.click()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        f"mine.{e}" for e in ("csv", "pdf", "png", "svg", "txt")
    ]
    name.value = "../mine"
    button.click()
    assert "is no name for a file" in said.value


def test_the_controls_work_without_the_text(bare: Corpus):
    """A phrase is refused in a sentence; a word moves the chart when the unit allows."""
    panel, chart, *_ = widgets.explore(bare).children
    terms, unit = panel.children[0].children[2], panel.children[1].children[1]
    terms.value = "trigger ballot"
    assert "needs the text" in chart.value
    terms.value, unit.value = "ladder", "per_1000_words"
    assert "“ladder”" in chart.value
