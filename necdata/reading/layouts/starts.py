"""Where posts begin: the evidence that a short line is a title, weighed the same way for every layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from necdata.reading import bylines, dates, titles
from necdata.reading.given import begins_a_name
from necdata.reading.layouts.structure import Start
from necdata.reading.lines import Piece

ENOUGH = 3  # evidence at which a short line is taken for a title
BODY = 60  # characters that make a line a paragraph of a post rather than a teaser's heading


def first_title(pieces: Sequence[Piece]) -> Start | None:
    """Find the title of a page that holds one post: stated, beside a byline, a report's by its words, or the last
    short line before the text begins."""
    stated = [i for i, p in enumerate(pieces) if p.hint == "title"]
    if stated:
        return Start(stated[0], stated[0])
    if (mail := _mail_begins(pieces)) is not None:
        return mail
    beside = beside_byline(pieces)
    body = first_body(pieces, beside)
    if body is None:
        return None
    shorts = [i for i in range(body) if pieces[i].form == "short"]
    if beside is not None and beside < body:
        return Start(_with_byline(pieces, beside), beside)
    early = next((i for i in range(len(pieces)) if pieces[i].form == "text" and len(pieces[i].text) > 200), body)
    later = [i for i in range(body, early) if pieces[i].form == "short" and titles.is_report(pieces[i].text)]
    reports = [i for i in shorts if titles.is_report(pieces[i].text)] or later[:1]
    if reports:
        return Start(_with_byline(pieces, reports[-1]), reports[-1])
    named = [i for i in shorts if not titles.standing_item(pieces[i].text) and not is_person(pieces[i].text)]
    if named:
        return Start(_with_byline(pieces, named[-1]), named[-1])
    return Start(_with_byline(pieces, shorts[0] if shorts else body), None)


def _mail_begins(pieces: Sequence[Piece]) -> Start | None:
    """Find where an e-mail begins: at its last block of headers, a forwarded one's before those of who passed it on."""
    senders = [i for i, p in enumerate(pieces[:60]) if re.match(r"\W*from: ", p.text, re.IGNORECASE)]
    headers = [i for i, p in enumerate(pieces[:60]) if p.name == "email header"]
    if not senders or not headers:
        return None
    begin = senders[-1]
    while begin > 0 and re.match(r"\W*(date|sent|to|cc|subject|reply-to): ", pieces[begin - 1].text, re.IGNORECASE):
        begin -= 1
    reports = (i for i in range(begin, min(begin + 10, len(pieces))) if pieces[i].form == "short")
    title = next((i for i in reports if titles.is_report(pieces[i].text)), None)
    return Start(begin, title)


def beside_byline(pieces: Sequence[Piece], within: int = 40) -> int | None:
    """Find the short line that stands next to the first byline: under it where a date line comes first, else above."""
    told = 0
    for i, piece in enumerate(pieces[:within]):
        told += len(piece.text) * (piece.form in ("text", "item"))
        if (piece.form == "text" and len(piece.text) > 250) or told > 800:  # what stands at a post's foot is not beside
            return None
        if piece.form != "byline":
            continue
        above = _neighbour(pieces, i, -1)
        below = _neighbour(pieces, i, 1)
        if below is not None and (named := _above_writer(pieces, i, below)) is not None:
            return named
        candidates = [j for j in (above, below) if j is not None]
        reports = [j for j in candidates if titles.is_report(pieces[j].text)]
        if reports:
            return reports[0]
        if above is not None and (named := _named_above(pieces, above)) is not None:
            return named
        if above is not None and not titles.standing_item(pieces[above].text):
            return above
        if below is not None and not titles.standing_item(pieces[below].text):
            return below
    return None


def _above_writer(pieces: Sequence[Piece], date: int, below: int) -> int | None:
    """Find the title under a date and above its writer ("11.12.2020 / Politics / A Kind of Frost / By Jo Bloggs")."""
    if not _is_date_line(pieces[date]):
        return None
    end = next((j for j in range(below, min(below + 6, len(pieces))) if pieces[j].form in ("byline", "text")), below)
    writer = bylines.read(pieces[end].text) if pieces[end].form == "byline" else None
    shorts = [j for j in range(below, end) if pieces[j].form == "short"]
    return shorts[-1] if shorts and writer is not None and writer.authors and writer.date is None else None


def subtitled(pieces: Sequence[Piece], i: int) -> bool:
    """Tell a subtitle: two sentences, or one with its full stop, right under the short line that is the title."""
    if i == 0 or pieces[i].gap > 0 or pieces[i - 1].form != "short" or is_person(pieces[i - 1].text):
        return False
    opens = i == 1 or pieces[i - 1].gap > 0
    return opens and bool(re.search(r"[a-z][.!?]['’\"”]? [A-Z]", pieces[i].text))


def _named_above(pieces: Sequence[Piece], above: int) -> int | None:
    """Find the title over a subtitle: of up to three short lines above a byline, the one that names the NEC."""
    if subtitled(pieces, above):
        return above - 1
    lines = [j for j in range(above, max(-1, above - 3), -1) if pieces[j].form == "short"]
    return next((j for j in lines if titles.NEC.search(pieces[j].text) and not is_person(pieces[j].text)), None)


def _neighbour(pieces: Sequence[Piece], i: int, step: int) -> int | None:
    """Give the nearest short line before or after a byline, furniture, images and other bylines passed over."""
    j = i + step
    while 0 <= j < len(pieces) and (
        pieces[j].form in ("furniture", "byline", "image", "stamp", "caption") or pieces[j].name == "subtitle"
    ):
        j += step
    return j if 0 <= j < len(pieces) and pieces[j].form == "short" and not is_person(pieces[j].text) else None


def first_body(pieces: Sequence[Piece], after: int | None = None) -> int | None:
    """Find where the text begins: the first paragraph or list item after the title, or on the page."""
    begin = 0 if after is None else after
    long = (i for i in range(begin, len(pieces)) if pieces[i].form in ("text", "item") and not pieces[i].name)
    return next(long, None)


def _with_byline(pieces: Sequence[Piece], title: int) -> int:
    """Take a date line right above a title into the post, unless it dates the signature of the post before."""
    first = title
    while first > 0 and (
        pieces[first - 1].form in ("image", "caption")
        or _is_date_line(pieces[first - 1])
        or (first == title > 1 and pieces[first - 1].name == "post foot" and _is_date_line(pieces[first - 2]))
    ):
        first -= 1
    if first < title and first > 1 and bylines.is_names(pieces[first - 1].text) and pieces[first - 2].form == "text":
        return title
    return first if any(p.form == "byline" for p in pieces[first:title]) else title


def _is_date_line(piece: Piece) -> bool:
    """Tell a bare date, which heads what is under it, from a credit, which closes what is above it."""
    byline = bylines.read(piece.text) if piece.form == "byline" else None
    return (
        byline is not None
        and not byline.authors
        and not re.match(r"\W*(by|posted|submitted|written)\b", piece.text, re.IGNORECASE)
    )


def many_titles(pieces: Sequence[Piece]) -> list[Start]:
    """Find the titles of a page of several posts, where each has evidence and a body of its own.

    Evidence: what the format states, a cut-off marker or a post's foot before it, a byline under or a date line above
    it, the words of a report's or an explainer's title, the pattern of the titles already found. A list of links
    (titles with nothing under them) is none, nor is what readers quote in their comments.
    """
    end = comments_begin(pieces)
    could = [i for i in range(end) if _could_be(pieces, i)]
    above = dates_stand_above(pieces)
    weights = {i: evidence(pieces, i, above) for i in could}
    sure = [i for i in could if weights[i] >= ENOUGH]
    alike = patterns([pieces[i].text for i in sure])
    likely = [i for i in could if weights[i] + 3 * bool(alike & patterns([pieces[i].text], least=1)) >= ENOUGH]
    dated = _headed_by_dates(pieces, could)
    if dated and len(sure) <= 1:
        likely = dated
    elif len(dated) > 2 * len(set(sure) - set(dated)):
        likely = sorted({*dated, *sure})
    likely = _not_within(pieces, _one_each(pieces, likely))
    return [Start(_with_byline(pieces, i), i) for i in likely]


def _not_within(pieces: Sequence[Piece], likely: list[int]) -> list[int]:
    """Drop headings that repeat a date of a title naming two meetings: they are sections of that post."""
    kept: list[int] = []
    for i in likely:
        days = {(e.month, e.day) for e in dates.find(pieces[i].text)}
        last = {(e.month, e.day) for e in dates.find(pieces[kept[-1]].text)} if kept else set()
        if not (len(last) >= 2 and days and days < last):
            kept.append(i)
    return kept


def credited(pieces: Sequence[Piece], i: int) -> bool:
    """Tell whether a byline or date line stands right under a title."""
    return _after(pieces, i) == "byline"


def _could_be(pieces: Sequence[Piece], i: int) -> bool:
    """Tell whether a piece has the form of a title: a short line, or a short numbered one above a byline."""
    piece = pieces[i]
    if piece.form == "short":
        return not is_person(piece.text)
    numbered = piece.form == "item" and re.match(r"\d{1,2}[.)] ", piece.text)
    return bool(numbered) and len(piece.text) < 120 and i + 1 < len(pieces) and pieces[i + 1].form == "byline"


def is_person(text: str) -> bool:
    """Tell a person's name with a role ("Cllr Jo Bloggs - Labour NEC"), which heads a profile and is no title."""
    first, *rest = re.split(r" [-–—|·] |, ", text, maxsplit=1)
    role = not rest or bool(
        re.search(r"\b(NEC|councillor|member|representative|candidate|MP|MEP|labour)\b", rest[0], re.IGNORECASE)
    )
    return role and bylines.is_names(first) and not dates.find(text) and not titles.REPORT.search(text)


PREFIXED = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+: \S")  # whose post it is, on a page that collects


def patterns(texts: Sequence[str], least: int = 2) -> set[str]:
    """Give the patterns that titles share: their first two words before a date, a date alone, a person and a colon."""
    counts: Counter[str] = Counter()
    for text in texts:
        found = dates.find(text, loose=True)
        words = re.findall(r"[^\W\d]+", text[: found[0].begin] if found else text)
        if PREFIXED.match(text) and begins_a_name(text):
            counts["person:"] += 1
        if found and len(words) >= 2:
            counts[" ".join(words[:2]).casefold()] += 1
        elif found and not words:
            counts["date"] += 1
    return {p for p, n in counts.items() if n >= least}


def _headed_by_dates(pieces: Sequence[Piece], could: Sequence[int]) -> list[int]:
    """Find the posts of a page whose titles are bare dates ("20 March", "13 May (special meeting)")."""
    over = [i for i, p in enumerate(pieces[:-1]) if _is_date_line(p) and pieces[i + 1].form == "text"]
    bare = [i for i in over if i == 0 or pieces[i - 1].form not in ("short", "byline")]
    if len(bare) >= 2 and over[0] < bare[0] and pieces[over[0] - 1].form == "short":
        bare.insert(0, over[0])  # what stands over the first of them is the page's heading
    dated = [i for i in could if _begins_with_date(pieces[i].text) and _after(pieces, i) == "text"]
    if len(dated) + len(bare) >= 3:  # other events stand among the dates: "Policy forum, Leeds, 3 November 2001"
        dated += [i for i in could if _ends_with_date(pieces[i].text) and _after(pieces, i) == "text"]
    dated = [i for i in dated if i == min(dated) or pieces[i - 1].form != "short" or is_person(pieces[i - 1].text)]
    dated = sorted({*dated, *bare})
    return dated if len(dated) >= 3 else []


def _begins_with_date(text: str) -> bool:
    found = dates.find(text)
    return bool(found) and found[0].begin <= 1 and len(text.split()) <= 12


def _ends_with_date(text: str) -> bool:
    found = dates.find(text)
    return bool(found) and found[-1].day is not None and found[-1].end >= len(text.rstrip(" .")) and len(text) < 90


def comments_begin(pieces: Sequence[Piece]) -> int:
    """Find where readers' comments begin for good, after which no line is a title; the end where there are none.

    They end before a title beside a byline that reads like a report's, as on a home page with open comments.
    """
    header = next((i for i, p in enumerate(pieces) if p.name == "comments header"), len(pieces))
    header = min(header, _sidebar_begins(pieces))
    later = [
        i
        for i in range(header, len(pieces))
        if pieces[i].form == "short"
        and _after(pieces, i) == "byline"
        and titles.is_report(pieces[i].text)
        and any(p.form == "text" and len(p.text) >= BODY for p in pieces[i + 1 : i + 5])
    ]
    return len(pieces) if later else header


SIDEBAR = re.compile(
    r"(the latest|recent posts|(also|more|elsewhere) on .{2,40}|(read|see) (more|next|also)"
    r"|most (read|popular)|related( posts| articles)?|more from .*|you (may"
    r"|might) also.*|recommended.*|popular( posts)?|blogroll|read next):?",
    re.IGNORECASE,
)


def _sidebar_begins(pieces: Sequence[Piece]) -> int:
    """Find the lists of other articles that close a page: after them no line is a title."""
    later = range(len(pieces) // 3, len(pieces))
    return next((i for i in later if SIDEBAR.fullmatch(pieces[i].text) and pieces[i].form != "cut"), len(pieces))


LETTER = re.compile(r"(an? )?(open )?letter (to|from)\b|vote for\b", re.IGNORECASE)
OTHER_BODY = re.compile(
    r"(welsh|scottish|london|regional|national policy forum|npf)\b.{0,20}\b(executive|board|forum"
    r"|report)?\s*[:,–-]",
    re.IGNORECASE,
)


def dates_stand_above(pieces: Sequence[Piece]) -> bool:
    """Tell whether a page's bylines head what follows them (date, title, text) rather than close what is above."""
    above = below = 0
    for before, byline, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if byline.form == "byline":
            closes = before.name == "subtitle"  # a title stands over it
            above += before.form != "short" and after.form == "short" and not closes
            below += before.form == "short" and after.form != "short" or closes
    return above > below


def evidence(pieces: Sequence[Piece], i: int, dates_above: bool = False) -> int:
    """Weigh the evidence that a short line is a post's title; with `dates_above` a byline below is the next one's."""
    piece = pieces[i]
    if piece.hint == "title":
        return 10
    before, after = _before(pieces, i), _after(pieces, i)
    dated = bool(dates.find(piece.text, loose=True))
    found = -4 if piece.hint == "heading" else 0
    found += 3 if titles.is_report(piece.text) and len(piece.text) > 5 else 0
    found += 2 if titles.is_explainer(piece.text) and len(piece.text.split()) >= 6 else 0
    found += 3 if titles.EXPLAINS.match(piece.text) and len(piece.text.split()) >= 9 else 0
    found += 1 if piece.text.endswith("?") and titles.NEC.search(piece.text) else 0
    found += 2 if LETTER.match(piece.text) or titles.STATEMENT.search(piece.text) else 0
    found += 2 if OTHER_BODY.match(piece.text) else 0
    found += 1 if i + 1 < len(pieces) and re.match(r"Dear \w", pieces[i + 1].text) else 0
    found += 1 if re.search(r" [–—-] |: ", piece.text) else 0
    found += 3 if before == "cut" else 2 if before in ("post foot", "comment form") else 0
    found += 1 if before == "post foot" and after == "text" and _tags_above(pieces, i) else 0
    found += 3 if after == "byline" and not dates_above else 0
    found += _under_date(pieces, i, dates_above) if before == "byline" else 0
    found += 3 if _names_event(piece.text) else 0
    found += 2 if before == "start" and after not in ("short", "furniture") else 0
    found -= 6 if i == 0 and after == "text" and titles.names_collection(piece.text) else 0
    found += 3 if before == "archive header" and after == "text" else 0
    if titles.standing_item(piece.text) and not dated and (after != "byline" or dates_above):
        found -= 3
    return found


def _before(pieces: Sequence[Piece], i: int) -> str:
    """Name what stands before a line: cut, byline, the furniture's name, start, or text."""
    for piece in reversed(pieces[:i]):
        if piece.form in ("image", "caption", "stamp") or piece.name in ("share line", "navigation", "advert"):
            continue
        return piece.name if piece.form == "furniture" else piece.form
    return "start"


def _tags_above(pieces: Sequence[Piece], i: int) -> bool:
    """Tell tags or categories right above a line: they close a post, and the page has others like them."""
    feet = [j for j, p in enumerate(pieces) if p.name == "post foot" and TAGS.match(p.text)]
    return len(feet) >= 2 and any(i - 4 <= j < i for j in feet)


TAGS = re.compile(r"#\w|tag|label|posted in|filed|categor|this entry|\d+ notes?$", re.IGNORECASE)
BLOGGER_FOOT = re.compile(r"posted by .{2,40}? (?:at|@) \d", re.IGNORECASE)


def _after(pieces: Sequence[Piece], i: int) -> str:
    for piece in pieces[i + 1 : i + 5]:
        if piece.name in ("share line", "print view", "post foot", "subtitle") or piece.form in ("stamp", "image"):
            continue
        return piece.form
    return "end"


EVENTS = re.compile(
    r"\b(elections?|referendum|polling|march|ballots?|nominations?|deadline|conference season)\b", re.IGNORECASE
)


def _names_event(text: str) -> bool:
    """Tell a title that is an event and its day ("Conference, Brighton, 27/9 - 1/10", "2010-05-18 NEC")."""
    days = [e for e in dates.find(text) if e.day is not None]
    others = re.findall(r"[^\W\d_]{2,}", re.sub(r"|".join(re.escape(e.text) for e in days), " ", text)) if days else []
    event = (
        titles.NEC.search(text)
        or titles.PART.search(text)
        or re.match(r"(annual |party )?conference\b", text, re.IGNORECASE)
    )
    return bool(days) and len(others) <= 6 and bool(event) and not EVENTS.search(text)


def _under_date(pieces: Sequence[Piece], i: int, dates_above: bool) -> int:
    """Weigh a byline above a line: sure where it closes nothing above it, none where it belongs to a title above."""
    if pieces[i - 1].form == "byline" and BLOGGER_FOOT.match(pieces[i - 1].text) and pieces[i - 2].form != "short":
        return 3
    if _claimed(pieces, i):
        return 2 if dates_above and pieces[i - 1].form == "byline" else 0
    j = i - 1
    while j >= 0 and pieces[j].form in ("byline", "image", "caption", "stamp"):
        j -= 1
    return 3 if j < 0 or pieces[j].form in ("furniture", "cut") else 2


def _claimed(pieces: Sequence[Piece], i: int) -> bool:
    """Tell whether the byline above a line belongs to a title above it rather than to this line."""
    j = i - 1
    while j >= 0 and pieces[j].form in ("byline", "image", "caption", "stamp", "furniture"):
        j -= 1
    return j >= 0 and pieces[j].form == "short"


def _one_each(pieces: Sequence[Piece], likely: list[int]) -> list[int]:
    """Drop titles with no post under them: all but the last of a run of short lines, unless cut off or dated."""
    kept = []
    for n, i in enumerate(likely):
        end = likely[n + 1] if n + 1 < len(likely) else max(comments_begin(pieces), i + 1)
        under = pieces[i + 1 : end]
        has_body = any(p.form in ("text", "item") and len(p.text) >= BODY for p in under)
        listed = any(p.name == "subtitle" for p in under[:1]) and credited(pieces, i)
        if has_body or listed or any(p.form == "cut" for p in under) or pieces[i].hint == "title":
            kept.append(i)
    return kept
