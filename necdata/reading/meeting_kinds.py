"""Which kind of meeting a report is of: told by its title first, then by how it opens."""

from __future__ import annotations

import re

from necdata.reading import dates, titles
from necdata.reading.posts import Post

_I = re.IGNORECASE
LEAD = 160  # characters: a first paragraph shorter than this is read with the next one
DAY = (
    r"(?:yesterday|today|tonight|last night|this (?:morning|afternoon|evening|week)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
CLAUSE_V = re.compile(r"\bclause[ -]?(?:v|5|five)\b", _I)
AWAY_DAY = re.compile(
    r"\baway[ -]?(?:days?|weekends?)\b|\b(?:strategy|planning|thinking|development) (?:day|awayday|weekend)s?\b"
    r"|\b(?:nec|executive|committee|we) (?:\w+ ){0,2}(?:goes|went|go|gone) away\b"
    r"|\b(?:nec|executive|committee|we) (?:\w+ ){0,2}decamped\b",
    _I,
)
_PLAIN = r"(?:(?!(?:of|on|in|at|for|to|from|about|by|with|and|conference|measures|advis\w+|needs)\b)[\w’'-]+ ){0,3}"
SPECIAL = re.compile(
    rf"\b(?:special|emergency|extraordinary|urgent|recalled|reconvened|extra|additional) {_PLAIN}(?:nec|meetings?"
    r"|executive|session)\b|\b(?:nec|executive|committee) (?:\w+ ){0,3}(?:special|emergency|extraordinary) (?:meeting"
    r"|session)\b|\b(?:called|summoned|brought|convened|recalled)\b(?: together)?[^.]{0,20}\bat (?:\w+[- ]){0,3}?"
    r"(?:\w+(?:’s|'s|s’|s'))? ?notice\b",
    _I,
)
SUB_COMMITTEE = re.compile(
    r"^committees\b|\bsub[ -]?committees?\b|\b(organi[sz]ation(?:al)?|disputes?|equalit(?:y|ies)|women(?:’s|'s)?"
    r"|development|audit|business board|"
    r"procedures|complaints|resources|conference arrangements|joint policy|health and safety|appointments"
    r"|membership|policy|young labour)"
    r" (?:and \w+ )?(?:sub[ -]?)?(?:committees?|panels?)\b|\borg(?:anisation)? ?sub\b|\bequalities sub\b|\b(disputes"
    r"|audit) panel\b|\bnec committees\b|\bcommittee (?:round|meetings|cycle)\b",
    _I,
)
CONFERENCE = re.compile(r"\b(?:annual |party |labour )?conference\b", _I)
BEFORE_CONFERENCE = re.compile(
    r"\b(pre-?|before |ahead of |eve of |ready for |preparing for |towards |run-up to )\W*(?:\w+ )?conference", _I
)
FULL = re.compile(
    r"\bfull (?:nec|meeting|national executive|executive|committee)\b|\b(?:nec|national executive(?: committee)?"
    r"|executive)(?: \([^)]*\))? (?:(?:also |first |last )?met\b|meeting (?:before|was|took|on|in|at"
    r"|discussed|began|opened|started|covered|this|held|of))"
    r"|\b(?:(?:january|february|march|april|may|june|july|august|september|october|november|december|this"
    r"|today’s|yesterday’s|today's|first|last)(?:’s|'s)? )+(?:labour )?(?:nec"
    r"|meeting of (?:the )?(?:labour )?(?:nec|national executive))\b|\bmeeting of (?:the |labour’s "
    r"|labour's )?(?:full |labour )?(?:nec|national executive)|leader(?:’s|'s) report",
    _I,
)
NEC_SAT = re.compile(
    r"\b(?:nec|national executive|executive) (?:(?!sub|women|committees)\w+ ){0,2}"
    r"(?:met|gathered|assembled|sat|convened|came together)\b",
    _I,
)
BEFORE = re.compile(
    r"\b(next|following|forthcoming|upcoming|future|after the|before the|previous|last|will (?:be|hold|have|meet)"
    r"|ahead of|since|minutes of|arising from"
    r"|(?:asked|agreed|promised|decided|discussed) at|instead of|in place of|rather than|no|not an?|each|every"
    r"|there was to have been)"
    r"\W+(?:\w+\W+){0,3}$",
    _I,
)
# What is said of a meeting that is still to come or never was.
AFTER = re.compile(
    r"^ in (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"[^.]{0,20}\bhad\b|"
    r"^[^.,:;–—]{0,30}?\b(?:(?:is|are) (?:likely|expected|planned|due|to be|on|set|now)|will|may be|might|to come"
    r"|to follow"
    r"|(?:was|were) to (?!have been about)|should have|would have|had been due|(?:was|were|is|has been|have been)"
    r" (?:ruled out|cancelled|postponed|put off|called off|abandoned|moved))\b",
    _I,
)
# How a report opens that is of the NEC's parts: one of them met, or the writer was there.
_SAT = (
    r"(?:met|meets|sat|gathered|assembled|convened|began|opened|spent|discuss(?:ed|es)|consider(?:ed|s)|agree[ds]|dealt|deals|looked|looks|worked"
    r"|was held|were held|took place|was (?:on|in|at)|were (?:on|in|at)|held|(?:has|have) (?:been meeting|met)|had an?"
    rf"|came|on {DAY}|{DAY}|in full)"
)
OWN_SITTING = re.compile(
    rf"^(?:(?: committees?)? ?(?:\([^)]*\) )?(?:of (?:the )?(?:labour(?:’s|'s)? )?(?:nec|national executive"
    rf"(?: committee)?)?(?: \(nec\))?)?[, ]*(?:(?!which|who|that|had|has|is)\w+ ){{0,3}}?{_SAT}\b)",
    _I,
)
NOT_ITS_OWN = re.compile(
    r"^[^.]{0,60}\b(?:met|sat) (?:the (?:week|day)|earlier|last week|\w+ days) ?(?:before|earlier)?"
    r"|^[^.]{0,20}\b(?:had|has) (?:heard|dealt|asked|met|agreed|proposed|recommended|been asked)\b",
    _I,
)
AT_ITS_SITTING = re.compile(
    rf"(?:\b(?:at|attend(?:ed|ing)|chair(?:ed|ing)|(?:meetings?|reports?|notes) (?:of|from)|back from|in) (?:the |an?"
    r" |my (?:first |last )?|this (?:week|month|morning)(?:’s|'s) |(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:’s|'s)"
    rf" |today(?:’s|'s) |yesterday(?:’s|'s) )|\b{DAY}(?:’s|'s),? )"
    r"(?:(?:labour(?:’s|'s)?|nec(?:’s|'s)?|\w+ of the) ){0,2}(?:\w+ )?$",
    _I,
)
HABIT = re.compile(
    r"\b(?:nec|executive|committee|we) (?:also |always |usually )?(?:meets?|met|sat|gathers?|gathered) (?:\w+ ){0,4}"
    r"(?:during|at|throughout|in the margins of|(?:every|each) (?:day|morning) (?:of|at)) (?:the |party |annual )*"
    r"(?:conference|brighton|liverpool|bournemouth|blackpool|manchester)\b",
    _I,
)
AGREED_UNDER = re.compile(
    r"\b(?:agree[ds]?|approved?|settled?|endorsed?|adopt(?:ed)?) (?:our|the|a|labour(?:’s|'s))"
    r"(?: \w+)? manifesto under $",
    _I,
)
GONE_AWAY = re.compile(
    r"\b(?:hotel|residential|retreat|college|conference cent(?:re|er)|away|flip[- ]?charts?"
    r"|(?:worked|split|broke) (?:in|into) groups|groups)\b",
    _I,
)
OWN_PARTS = re.compile(
    r"(?:(?:\w+ ){1,4}sub[ -]?committees?(?: and (?:\w+ ){1,3}sub[ -]?committees?)?|sub[ -]?committees?)"
    r" of (?:the )?(?:labour(?:’s|'s) )?(?:nec|national executive committee)(?: \(nec\))?(?: met)?",
    _I,
)


def lead(post: Post) -> str:
    """Give how a post opens: its first paragraph, with the next ones where it is short."""
    told: list[str] = []
    for passage in post.passages[:4]:
        told.append(passage.text)
        if sum(map(len, told)) >= LEAD:
            break
    return " ".join(told)[:600].replace("\n", " ")


def meeting_kind(post: Post) -> tuple[str, str]:
    """Tell the kind of meeting that a report is of: (one of KINDS, where it is told)."""
    if found := _in_title(post):
        return found, "title"
    if found := _in_opening(post):
        return found, "opening"
    return "full_meeting", "title" if titles.is_report(post.title) else "text"


def _in_title(post: Post) -> str:
    title = post.title
    if CLAUSE_V.search(title):
        return "clause_v"
    if says(AWAY_DAY, title):
        return "away_day"
    if says(SUB_COMMITTEE, title) and not re.search(r"\bfull\b", title, _I):
        return "sub_committee"
    if says(SPECIAL, title):
        return "special_meeting"
    met_in_full = FULL.search(post.text[:600].replace("\n", " "))
    if CONFERENCE.search(title) and (titles.is_report(title) or not met_in_full or _lasted_days(lead(post))):
        return "" if BEFORE_CONFERENCE.search(title) else "conference"
    return ""


def _in_opening(post: Post) -> str:
    opening = lead(post)
    if _is_clause_v(opening):
        return "clause_v"
    if says(AWAY_DAY, opening) or (_days_in(post.title) == 2 and GONE_AWAY.search(opening)):
        return "away_day"
    whole = _without_parts(opening)
    if (
        _is_of_a_part(opening)
        and not FULL.search(whole)
        and not NEC_SAT.search(whole)
        and not _heads(post, "Leader's report")
    ):
        return "sub_committee"
    if says(SPECIAL, opening[:300]):
        return "special_meeting"
    return "conference" if HABIT.search(opening) else ""


def _is_clause_v(opening: str) -> bool:
    """Tell the Clause V meeting from its mention: it met, or was yesterday's, or the writer was at it."""
    for match in CLAUSE_V.finditer(opening):
        before, after = opening[max(0, match.start() - 60) : match.start()], opening[match.end() :]
        if BEFORE.search(before) or AFTER.match(re.sub(r"^ meeting", "", after)):
            continue
        sat = r" (?:meeting )?(?:[^.]{0,80}\b(?:took place|was held|met|agreed|approved)|which|was|went|lasted)\b"
        there = rf"(?:\b(?:at|attended|from|in) (?:the|my first|our|labour(?:’s|'s)) |\b{DAY}(?:’s|'s) (?:\w+ )?)$"
        if re.match(sat, after, _I) or re.search(there, before, _I) or AGREED_UNDER.search(before):
            return True
    return False


def _is_of_a_part(opening: str) -> bool:
    """Tell a sub-committee's own sitting from the mention of one ("the disputes panel had heard nine cases")."""
    for match in SUB_COMMITTEE.finditer(opening):
        before, after = opening[max(0, match.start() - 60) : match.start()], opening[match.end() :]
        if BEFORE.search(before) or NOT_ITS_OWN.match(after) or AFTER.match(after):
            continue
        if OWN_SITTING.match(after) or AT_ITS_SITTING.search(before):
            return True
    return False


def _days_in(title: str) -> int:
    """Count the days of the dates in a title, 0 where there is none."""
    spans = [e.span(2000) for e in dates.find(title) if e.precision == "range"]
    return max(((last - first).days + 1 for first, last in filter(None, spans)), default=0)


def _lasted_days(opening: str) -> bool:
    """Tell an opening that dates its meetings to a run of days, as a week of conference is dated."""
    spans = [e.span(2000) for e in dates.find(opening) if e.precision == "range"]
    return any(3 <= (last - first).days + 1 <= 10 for first, last in filter(None, spans))


def _heads(post: Post, item: str) -> bool:
    return any(titles.standing_item(s.heading) == item for s in post.sections if s.heading)


def _without_parts(text: str) -> str:
    """Drop sub-committees named as the NEC's, which would read as the NEC's own meeting."""
    return OWN_PARTS.sub(" ", text)


def says(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a text names a kind of meeting as its own, not as the next or the last one, or one called off."""
    return any(
        not BEFORE.search(text[max(0, m.start() - 60) : m.start()]) and not AFTER.match(text[m.end() :])
        for m in pattern.finditer(text)
    )
