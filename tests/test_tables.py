"""The tables' schemas: the names that other people's scripts read, and a description of every column."""

from __future__ import annotations

import pytest
from frictionless import Schema

from necdata.reading.kinds import KINDS
from necdata.storage import tables
from necdata.storage.tables import TABLES, TEXT

# From the design: these names are a contract.
CONTRACT = {
    "pages": "page_id file sha256 format layout site title n_posts n_characters "
    "n_post_characters n_comment_characters n_boilerplate_characters",
    "posts": "post_id meeting_id page_ids line title kind author published url is_partial "
    "n_sections n_passages n_words n_comments",
    "meetings": "meeting_id kind start end precision evidence leader next_election days_to_election "
    "n_posts n_passages n_words is_partial",
    "sections": "section_id post_id position heading standard_heading line n_words",
    "passages": "passage_id post_id section_id meeting_id position form page_id line n_words",
    "codings": "passage_id topic n_hits terms",
    "mentions": "passage_id topic n_hits terms",
    "topics": "meeting_id topic n_passages n_hits share_of_passages per_1000_words",
    "terms": "meeting_id term n",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_names_and_order_of_columns_are_the_contract(name: str):
    """Scripts outside read these columns by name."""
    assert [c.name for c in TABLES[name].columns] == CONTRACT[name].split()


@pytest.mark.parametrize("table", [*TABLES.values(), TEXT], ids=lambda t: t.name)
def test_every_column_is_described(table: tables.Table):
    """A meaning in words, a known type, a unit for every count, a key that exists."""
    for column in table.columns:
        assert column.description and column.type in ("string", "integer", "number", "boolean", "date")
        assert column.unit or not column.name.startswith("n_"), column.name
    names = {c.name for c in table.columns}
    assert set(table.key) <= names and not any(c.null for c in table.columns if c.name in table.key)
    for column, other, key in table.foreign:
        assert column in names and TABLES[other].key == (key,)


def test_kinds_and_precisions_are_those_of_the_design():
    """The words that stand in `kind` and `precision`."""
    assert " ".join(KINDS) == "full_meeting away_day sub_committee special_meeting clause_v conference not_a_report"
    assert set(tables.PRECISIONS) == {"day", "range", "month", "year", "between", "unknown"}
    of_meetings = {c.name: c for c in TABLES["meetings"].columns}
    assert of_meetings["kind"].values == KINDS[:-1] and of_meetings["precision"].values == tables.PRECISIONS


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_schemas_are_table_schemas(table: tables.Table):
    """Frictionless accepts each schema, and finds in it what the column states."""
    schema = Schema.from_descriptor(tables.schema(table))
    assert schema.primary_key == list(table.key) and schema.missing_values == [""]
    for column, field in zip(table.columns, schema.fields, strict=True):
        assert (field.name, field.type, bool(field.required)) == (column.name, column.type, not column.null)
        assert field.constraints.get("enum", []) == list(column.values)
        assert field.constraints.get("minimum") == column.least


def test_the_dictionary_names_every_table_and_column():
    """docs/data-dictionary.md is written from the schemas: nothing is left out."""
    said = tables.dictionary()
    for table in (*TABLES.values(), TEXT):
        assert f"## {table.name}\n" in said
        assert all(f"| `{c.name}` | {c.type} |" in said for c in table.columns)
    assert "`page_id` is `pages.page_id`." in said
