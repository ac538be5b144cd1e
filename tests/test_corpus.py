"""The corpus: all tables as typed frames, read when they are asked for, with the text where it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from written import ARCHIVE, BLOGSPOT, LABOURLIST, save

import necdata
from necdata.corpus import Corpus
from necdata.storage import store
from necdata.storage.store import StoreError
from necdata.storage.tables import TABLES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tables of three pages."""
    place = tmp_path_factory.mktemp("corpus")
    for name, text in (("archive.txt", ARCHIVE), ("blogspot.txt", BLOGSPOT), ("labourlist.txt", LABOURLIST)):
        save(place / "raw", name, text)
    necdata.build(place / "raw", place / "processed")
    return place / "processed"


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    """A corpus of three pages."""
    return necdata.load(folder)


def test_the_shipped_tables_load_without_a_word():
    """`necdata.load()` finds the tables beside the package, whatever the working directory."""
    shipped = necdata.load()
    assert len(shipped.meetings) > 0 and shipped.folder == store.PROCESSED


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_an_attribute(corpus: Corpus, name: str):
    """Each with the columns of the contract, read once."""
    frame = getattr(corpus, name)
    assert list(frame.columns) == [c.name for c in TABLES[name].columns]
    assert getattr(corpus, name) is frame


def test_frames_are_typed(corpus: Corpus):
    """Dates are dates, kinds and leaders ordered categories, booleans booleans."""
    meetings = corpus.meetings
    assert meetings["start"].dtype == meetings["next_election"].dtype == "datetime64[us]"
    assert corpus.posts["published"].dtype == "datetime64[us]" and corpus.posts["is_partial"].dtype == bool
    assert meetings["kind"].cat.ordered and meetings["precision"].cat.ordered and meetings["leader"].cat.ordered
    assert isinstance(corpus.passages["form"].dtype, pd.CategoricalDtype)


def test_leaders_are_in_the_order_of_office(corpus: Corpus):
    """Sorting by leader sorts by time; leaders without a meeting are categories too."""
    order = corpus.meetings["leader"].cat.categories.tolist()
    office = ["Tony Blair", "Gordon Brown", "Ed Miliband", "Jeremy Corbyn", "Keir Starmer"]
    assert [name for name in order if name in office] == office
    by_leader = corpus.meetings.sort_values("leader", kind="stable")["start"]
    assert by_leader.is_monotonic_increasing


def test_the_text_is_by_passage(corpus: Corpus):
    """A Series from passage_id to words, one for every passage."""
    assert corpus.has_text and corpus.text.index.tolist() == corpus.passages["passage_id"].tolist()
    assert corpus.text.iloc[0].startswith("The NEC met in a chilly hall")


def test_missing_text_is_an_error_that_says_how_to_get_it(folder: Path, tmp_path: Path):
    """A clone without the pages has the tables and no words."""
    for name in (*[f"{n}.csv" for n in TABLES], "datapackage.json"):
        save(tmp_path, name, (folder / name).read_bytes())
    alone = necdata.load(tmp_path)
    assert not alone.has_text and len(alone.meetings) == 7
    with pytest.raises(StoreError, match=r"holds no text, .*necdata add FILE.*necdata build"):
        _ = alone.text


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_a_folder_without_tables_is_an_error_with_the_remedy(tmp_path: Path, name: str):
    """Empty or not there: one sentence that says what to run."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match=f"{name}: holds no tables; run `necdata build --out"):
        necdata.load(tmp_path / name)


def test_loading_mends_an_interrupted_build(folder: Path, tmp_path: Path):
    """Where the power failed between two renames, the tables that were set aside are put back."""
    for path in folder.iterdir():
        save(tmp_path / ".processed-old", path.name, path.read_bytes())
    assert len(necdata.load(tmp_path / "processed").meetings) == 7


def test_a_corpus_says_what_it_holds(corpus: Corpus):
    """Its repr counts, for a notebook's first cell."""
    assert repr(corpus) == f"Corpus of 7 meetings, 7 posts, {len(corpus.passages)} passages, 3 pages"


def test_topics_have_names_and_groups(corpus: Corpus):
    """Every topic of the tables has a name; groups are party or policy."""
    assert set(corpus.topics["topic"]) == set(corpus.topic_groups)
    assert set(corpus.topic_groups.values()) == {"party", "policy"}
    assert set(corpus.topics["topic"]) | set(corpus.election_kinds["topic"]) <= set(corpus.topic_names)
    assert corpus.codebooks[0]["version"]


def test_reporters_are_by_meeting(corpus: Corpus):
    """Who told of each meeting; absent where nobody says."""
    assert corpus.reporters.to_dict() == {"2018-11-13": "Hester Lomax"}


def test_any_frame_with_meetings_can_be_given_eras_and_elections(corpus: Corpus):
    """Terms get their meeting's leader and election; rows and order are kept."""
    terms = corpus.terms.loc[corpus.terms["meeting_id"].eq("2017-03"), ["meeting_id", "term", "n"]]
    assert corpus.with_eras(terms)["leader"].notna().all() and len(corpus.with_eras(terms)) == len(terms)
    joined = corpus.with_elections(terms)
    assert joined["term"].tolist() == terms["term"].tolist() and joined["next_election"].notna().all()


def test_the_parts_work_together(corpus: Corpus):
    """The methods that answer questions hand the corpus's own tables to their modules."""
    assert corpus.kwic("marrows")["meeting_id"].ne("").any()
    assert len(corpus.leaders) and len(corpus.elections)
    assert set(corpus.why("2012-06-12")["meeting_id"]) == {"2012-06-12"}


def test_the_shipped_validation_fits_the_codebook():
    """The validation has a row for every topic of the codebook, and the errors that correct a rate."""
    from necdata.coding import codebook

    found = necdata.load().validation
    assert set(codebook.load().keys) <= set(found["topic"])
    assert {"tp", "fp", "fn", "precision", "recall", "f1"} <= set(found.columns)
    assert found.set_index("topic").loc["micro", "f1"] > 0.8
