"""The tables of processed/, in one place: every column with its type, meaning, unit and limits.

Other people's scripts read these names; they change only with a note in the CHANGELOG.
"""

from __future__ import annotations

from typing import NamedTuple

from necdata.reading.kinds import KINDS

PRECISIONS = ("day", "range", "month", "year", "between", "unknown")


class Column(NamedTuple):
    """A column: `type` is string, integer, number, boolean or date; `null` allows empty cells."""

    name: str
    type: str
    description: str
    unit: str = ""
    null: bool = False
    values: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class Table(NamedTuple):
    """A table: what a row is, its columns, primary key, and foreign keys (column, table, column)."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[tuple[str, str, str], ...] = ()


def _count(name: str, description: str, unit: str = "") -> Column:
    return Column(name, "integer", description, unit or name.removeprefix("n_"), least=0)


_C = Column
_LINE = Column("line", "integer", "1-based line of the raw file where it begins", "line", least=1)
_MEETING = Column("meeting_id", "string", "the meeting that the post reports; empty where it reports none", null=True)

_RATES = (
    Column("share_of_passages", "number", "n_passages over the meeting's passages", "share, 0 to 1", True, (), 0, 1),
    Column("per_1000_words", "number", "n_hits per 1,000 words of the meeting", "per 1,000 words", True, (), 0),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        Table("pages", "a file in raw/", (
            _C("page_id", "string", "first eight digits of the file's SHA-256"),
            _C("file", "string", "path of the file below raw/"),
            _C("sha256", "string", "SHA-256 of the file's bytes"),
            _C("format", "string", "format of the file", values=("text", "html", "feed", "wxr")),
            _C("layout", "string", "layout by which it was read"),
            _C("site", "string", "host of the site, from the catalogue, the user or the page", null=True),
            _C("title", "string", "the page's own title or archive header, else its first post's", null=True),
            _count("n_posts", "posts printed on the page, copies included"),
            _count("n_characters", "characters of the page; the next three add up to it"),
            _count("n_post_characters", "characters in posts: titles, bylines, headings, passages", "characters"),
            _count("n_comment_characters", "characters in readers' comments", "characters"),
            _count("n_boilerplate_characters", "characters in named boilerplate", "characters"),
        ), ("page_id",)),
        Table("posts", "a distinct thing published (copies on several pages are one post, its fullest copy kept)", (
            _C("post_id", "string", "page_id of the copy kept and its number on that page"),
            _MEETING,
            _C("page_ids", "string", "pages that hold a copy, the kept one first, joined by ;"),
            _LINE,
            _C("title", "string", "title as printed; empty where the page gives none", null=True),
            _C("kind", "string", "kind of meeting reported, or not_a_report", values=KINDS),
            _C("author", "string", "who wrote it, several joined by '; '; empty where nobody says", null=True),
            _C("published", "date", "day of publication, where the page tells it", null=True),
            _C("url", "string", "address, where known", null=True),
            _C("is_partial", "boolean", "cut off at a marker such as Continue reading"),
            _count("n_sections", "sections, the part before any heading included"),
            _count("n_passages", "paragraphs and list items"),
            _count("n_words", "words in its passages"),
            _count("n_comments", "readers' comments under the copy kept"),
        ), ("post_id",), (("meeting_id", "meetings", "meeting_id"),)),
        Table("meetings", "an event, told by one post or more", (
            _C("meeting_id", "string", "its date and, unless it is a full meeting, its kind"),
            _C("kind", "string", "kind of meeting", values=KINDS[:-1]),
            _C("start", "date", "first day it can have been; empty where unknown", null=True),
            _C("end", "date", "last day it can have been; start to end spans what is not known", null=True),
            _C("precision", "string", "how exactly the date is known", values=PRECISIONS),
            _C("evidence", "string", "where the date is from, and any conflict, in a few words"),
            _C("leader", "string", "party leader on the day; of a straddling span, for its larger part", null=True),
            _C("next_election", "date", "next UK general election on or after the meeting", null=True),
            _C("days_to_election", "integer", "days from the span's middle to next_election", "days", True, least=0),
            _count("n_posts", "distinct posts that report it"),
            _count("n_passages", "passages in those posts"),
            _count("n_words", "words in those passages"),
            _C("is_partial", "boolean", "every post that reports it is cut off"),
        ), ("meeting_id",)),
        Table("sections", "a headed part of a post", (
            _C("section_id", "string", "post_id and position"),
            _C("post_id", "string", "its post"),
            _C("position", "integer", "place in the post, from 0", "sections", least=0),
            _C("heading", "string", "heading as printed, typos and all; empty before the first one", null=True),
            _C("standard_heading", "string", "canonical name where it is a standing item of the agenda", null=True),
            _LINE,
            _count("n_words", "words in its passages"),
        ), ("section_id",), (("post_id", "posts", "post_id"),)),
        Table("passages", "a paragraph or list item: the unit that is coded", (
            _C("passage_id", "string", "post_id and position"),
            _C("post_id", "string", "its post"),
            _C("section_id", "string", "its section"),
            _MEETING,
            _C("position", "integer", "place in the post, from 0", "passages", least=0),
            _C("form", "string", "paragraph or list item", values=("paragraph", "item")),
            _C("page_id", "string", "page of the copy kept"),
            _LINE,
            _count("n_words", "words in it"),
        ), ("passage_id",), (("post_id", "posts", "post_id"), ("section_id", "sections", "section_id"),
                             ("meeting_id", "meetings", "meeting_id"), ("page_id", "pages", "page_id"))),
        Table("copies", "a passage where it stands again, in a copy of its post that was not kept", (
            _C("passage_id", "string", "the passage of the copy kept"),
            _C("page_id", "string", "page of the other copy"),
            _LINE,
        ), ("page_id", "line", "passage_id"), (("passage_id", "passages", "passage_id"),
                                               ("page_id", "pages", "page_id"))),
        Table("codings", "a passage × topic that the passage is about", (
            _C("passage_id", "string", "the passage"),
            _C("topic", "string", "key of the topic in the codebook"),
            _count("n_hits", "matches of the topic's terms in the passage"),
            _C("terms", "string", "the codebook's terms that matched, joined by '; '", null=True),
        ), ("passage_id", "topic"), (("passage_id", "passages", "passage_id"),)),
        Table("mentions", "a passage × topic mentioned in it that the passage is not about", (
            _C("passage_id", "string", "the passage"),
            _C("topic", "string", "key of the topic in the codebook"),
            _count("n_hits", "matches of the topic's terms in the passage"),
            _C("terms", "string", "the codebook's terms that matched, joined by '; '", null=True),
        ), ("passage_id", "topic"), (("passage_id", "passages", "passage_id"),)),
        Table("topics", "a meeting × topic, zeros included", (
            _C("meeting_id", "string", "the meeting"),
            _C("topic", "string", "key of the topic in the codebook"),
            _count("n_passages", "passages about the topic"),
            _count("n_hits", "matches of its terms in those passages"),
            *_RATES,
        ), ("meeting_id", "topic"), (("meeting_id", "meetings", "meeting_id"),)),
        Table("election_kinds", "a meeting × kind or phase of election, zeros included (the second codebook)", (
            _C("meeting_id", "string", "the meeting"),
            _C("topic", "string", "key of the kind or phase in the codebook of election kinds"),
            _count("n_passages", "passages about it"),
            _count("n_hits", "matches of its terms in those passages"),
            *_RATES,
        ), ("meeting_id", "topic"), (("meeting_id", "meetings", "meeting_id"),)),
        Table("terms", "a meeting × word stem", (
            _C("meeting_id", "string", "the meeting"),
            _C("term", "string", "stem of a word (Snowball, English), function words left out"),
            Column("n", "integer", "how often it stands in the meeting's passages", "words", least=1),
        ), ("meeting_id", "term"), (("meeting_id", "meetings", "meeting_id"),)),
        Table("provenance", "a fact about a post that the post itself may not tell, with who says it", (
            _C("post_id", "string", "the post"),
            _C("field", "string", "what is known", values=("author", "published", "site", "url")),
            _C("value", "string", "the value taken"),
            _C("source", "string", "the page itself, its header, the catalogue, or the user who added it",
               values=("page", "page header", "catalogue", "user")),
        ), ("post_id", "field"), (("post_id", "posts", "post_id"),)),
    )
}  # fmt: skip

TEXT = Table("text", "the words of a passage; kept beside the tables, never shared with them", (
    _C("passage_id", "string", "the passage"),
    _C("text", "string", "its text"),
), ("passage_id",), (("passage_id", "passages", "passage_id"),))  # fmt: skip


def schema(table: Table) -> dict[str, object]:
    """Describe a table as a Table Schema (Frictionless Data, version 2) for datapackage.json."""
    return {
        "fields": [_field(c) for c in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": [key]}}
            for column, other, key in table.foreign
        ],
        "missingValues": [""],
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": column.type, "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    limits: dict[str, object] = {} if column.null else {"required": True}
    if column.values:
        limits["enum"] = list(column.values)
    if column.least is not None:
        limits["minimum"] = column.least if column.type == "number" else int(column.least)
    if column.most is not None:
        limits["maximum"] = column.most
    if limits:
        field["constraints"] = limits
    return field


def dictionary() -> str:
    """Write the data dictionary (docs/data-dictionary.md) from the schemas."""
    parts = [
        "# Data dictionary\n",
        "The tables of `processed/`, one CSV each (UTF-8, ISO dates, empty where unknown).",
        "`datapackage.json` says the same for machines. Written by `python -m necdata.storage.tables`.\n",
    ]
    for table in (*TABLES.values(), TEXT):
        parts += [
            f"## {table.name}\n",
            f"One row is {table.row}. Key: {', '.join(f'`{k}`' for k in table.key)}.\n",
            "| column | type | unit | empty? | meaning |",
            "|---|---|---|---|---|",
        ]
        for c in table.columns:
            values = f" One of {', '.join(f'`{v}`' for v in c.values)}." if c.values else ""
            parts.append(
                f"| `{c.name}` | {c.type} | {c.unit} | {'yes' if c.null else 'no'} | {c.description}.{values} |"
            )
        for column, other, key in table.foreign:
            parts.append(f"\n`{column}` is `{other}.{key}`.")
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    print(dictionary(), end="")
