"""What a title or heading tells by its words alone: a report of a meeting, an explainer, a standing item."""

from __future__ import annotations

import re

from necdata.reading import dates

NEC = re.compile(
    r"\bN\.?E\.?C\b\.?(?!-)|\bnational executive(?: committee)?\b|\bexecutive (?:committee|meeting|report|away|notes)\b"
    r"|\b(?:of|from|to|by|on) the executive\b|\blabour(?:’s|'s) executive\b|\bthe executive (?:met|did"
    r"|agreed|meeting)\b",
    re.IGNORECASE,
)
# The parts of the NEC whose meetings are reported under their own names.
PART = re.compile(
    r"\bclause (?:v|5|five) meeting|\baway[ -]?days?\b|\borg cttee\b|^committees\b"
    r"|\bemergency (?:nec )?meeting\b|\borg(?:anisation"
    r"|anization)?[ -]?sub(?:[ -]?committee)?\b|\bsub[ -]?committees?\b|\bdisputes (?:panel|committee)\b"
    r"|\b(?:organi[sz]ation(?:al)?|equalities|disputes|complaints|development|local government|women(?:’s"
    r"|'s)?|audit|business|policy) (?:sub[ -]?)?committee\b|\bfull committee\b",
    re.IGNORECASE,
)
MEETING = re.compile(
    r"\b(meetings?|away[ -]?days?|clause (?:v|5|five)|sub[ -]?committees?|special|emergency|extraordinary|met)\b",
    re.IGNORECASE,
)
REPORT = re.compile(
    r"\b(report(?:s|ed|back)?|reports? back|update|summary|notes|minutes|feedback|round-?up|briefing"
    r"|account|bulletin|news(?:letter)?|diary|"
    r"what happened|inside|highlights|digest|dispatch|despatch|record|write-?up|short report|report-back)\b",
    re.IGNORECASE,
)
EXPLAINER = re.compile(
    r"^(how|why|what|who|where|when|should|is|are|can|does)\b.*\b(labour|nec|npf|clause|party|conference"
    r"|policy forum|members?)\b",
    re.IGNORECASE,
)


EXPLAINS = re.compile(r"(how|why|what|who|where|when|should|is|are|can|does|do)\b[^.!?]*\?$", re.IGNORECASE)


def is_report(title: str) -> bool:
    """Tell whether a title is that of a report of an NEC meeting: the NEC named, with a meeting, report or date.

    >>> is_report("Labour NEC Report – March 2019"), is_report("NEC Rule Changes"), is_report("NEC, 25 January")
    (True, False, True)
    """
    if not NEC.search(title):
        return bool(PART.search(title) and (dates.find(title, loose=True) or REPORT.search(title)))
    if re.match(r"(the )?(labour(’s|'s)? )?NEC ?[:–—-] ?\w", title) or re.search(
        r"\b(extra|emergency|special|my (first|last|latest)|january|february|march|april|may|june|july"
        r"|august|september|october|november|december)"
        r"(’s|'s)? (labour )?NEC$|^(extra|emergency|special) NEC\b",
        title,
        re.IGNORECASE,
    ):
        return True
    if re.search(
        r"^NEC (by|via|over|on) (Zoom|Teams|Skype|Webex|video|(tele)?phone)\b"
        r"|\bNEC (yesterday|today|on \w+day)\b|\b(at|from) the NEC\b|what the NEC (talked about|decided|did"
        r"|agreed|said)",
        title,
    ):
        return True
    if REPORT.search(title) or re.search(r"\b(meeting|away[ -]?day)s?\b", title, re.IGNORECASE):
        return not re.match(r"(next|future|dates of) ", title, re.IGNORECASE)
    return any(e.month is not None for e in dates.find(title, loose=True))


def names_collection(title: str) -> bool:
    """Tell what a collection of reports is called, as a page's first line may be, from one report's title.

    >>> names_collection("Jo Bloggs: a box of NEC reports"), names_collection("NEC reports back from Leeds, May 2019")
    (True, False)
    """
    collected = r"\b(?:nec|executive) (?:reports|notes)$|\b(?:reports|notes) (?:from|of|on) the nec$"
    return bool(re.search(collected, title, re.IGNORECASE)) and not dates.find(title, loose=True)


HAPPENED = re.compile(
    r"\b(talked|debated|covered|decided|agreed|did|discussed|happened|voted|said|got up to"
    r"|learn(?:ed|t)|saw|heard|was|were|told)\b",
    re.IGNORECASE,
)
STATEMENT = re.compile(
    r"\b(?:why i(?:’m|'m| am) standing|i(?:’m|'m| am) (?:re-?)?(?<!not )standing (?:again )?(?:for|to)"
    r"|standing (?:again|for (?:re-?election|the nec|labour’s nec|labour's nec|election))|vote for (?:me"
    r"|all)|my (?:pitch|promise|pledges?|statement|candidacy|election address|nomination)"
    r"|candidate(?:’s|'s)? statement|election (?:address|statement)|nominate me|please nominate"
    r"|ask(?:ing)? .{0,40} to nominate|appeal for nominations|seeking (?:your )?nominations?"
    r"|support my (?:campaign|candidacy)|if (?:re-?)?elected,? i (?:will|would|pledge|promise)"
    r"|vote \w+ \w+ for (?:the )?nec"
    r"|asking for your (?:vote|support|nomination)|re-?elect |for the (?:executive|nec): )",
    re.IGNORECASE,
)


# "What does the disputes panel do?": nobody reports a meeting so.
ASKS_USE = re.compile(r"(?:what|how) (?:do|does) .{2,60} (?:do|work|mean|decide|look after)\?$", re.IGNORECASE)


def is_explainer(title: str) -> bool:
    """Tell whether a title asks or explains how something of the party's works.

    >>> is_explainer("How Labour’s NPF works"), is_explainer("Longest meeting ever?")
    (True, False)
    """
    if HAPPENED.search(title):
        return False
    return (
        bool(ASKS_USE.match(title))
        or bool(EXPLAINER.search(title))
        or bool(
            re.search(
                r"\b(explained|for beginners|explainer|a (?:\w+ )?guide|faqs?|how to)\b"
                r"|^(?:where|why|how|about)\b.{0,20}\b(?:these|my|our) (?:nec )?(?:reports|notes)\b",
                title,
                re.IGNORECASE,
            )
        )
    )


# Standing items of NEC meetings: canonical name, and the shapes in which reporters print it.
STANDING: list[tuple[str, str]] = [
    (
        "Deputy Leader's report",
        r"deputy leader(’?'?s)?( ?’)?s?( report| update)?( from .*)?|(report"
        r"|update) from (the )?deputy leader.*|(tom watson|harriet harman|angela rayner|lucy powell"
        r"|john prescott)(’s|'s)? ?(report|update)?",
    ),
    (
        "Leader and Deputy Leader's reports",
        r"leader(’s|'s|s)? (and|&) deputy( leader)?(’s|'s|s)? ?(reports?|updates?)?",
    ),
    (
        "Leader's report",
        r"((the|labour|party) )?leader(’s|'s|s’|s'|s)? ?(report|update|address|speech|introduction|remarks"
        r"|report back)?( and (questions|discussion|q ?& ?a))?( ?[-–(:].*)?|(report|update) (from"
        r"|by) (the )?(party )?leader.*|(prime minister|pm)(’s|'s)? ?(report|update)?|leader report",
    ),
    (
        "General Secretary's report",
        r"((the|acting|interim) )?general secretary(’s|'s|s)?( ?(report|update|address))?( ?[-–(:].*)?|(report"
        r"|update) (from|by) (the )?general secretary.*|gen(eral)?\.? sec(retary)?(’s|'s|s)? ?(report|update)?",
    ),
    (
        "Campaign Co-ordinator's report",
        r"((national|general election) )?(campaigns?|elections?) (co-?ordinators?|chair|director)(’s|'s"
        r"|s)? ?(report|update)?|campaigns? (report|update)",
    ),
    (
        "Treasurer's report",
        r"((party|the) )?treasurer(’s|'s|s)? ?(report|update)?|(finance|financial|business"
        r"|budget)( and \w+)?( board)? (report|update)|(labour(’s|'s) )?(party )?financ(es?|ial report"
        r"|ial position)",
    ),
    ("International report", r"international( report| update| affairs| issues)?"),
    (
        "EPLP report",
        r"(eplp|european parliamentary labour party|european parliament)( leader)?(’s|'s|s)? ?(report|update)?"
        r"|europe(an)? (report|update)|(report|update) from (the )?eplp.*",
    ),
    ("PLP report", r"(plp|parliamentary labour party|parliamentary)( chair)?(’s|'s)? ?(report|update)"),
    ("Scottish report", r"(scottish( labour)?( party)?|scotland)( leader)?(’s|'s)? ?(report|update)|scotland"),
    ("Welsh report", r"(welsh( labour)?( party)?|wales)( leader)?(’s|'s)? ?(report|update)|wales"),
    (
        "National Policy Forum report",
        r"(report (from|of) (the )?)?(national policy forum|npf)( chair)?(’s|'s)?( ?(report|update"
        r"|meeting))?( and policy[ -]making.*)?|joint policy committee.*|jpc.*",
    ),
    (
        "Conference arrangements report",
        r"conference arrangements( committee)?(’s|'s)? ?(report|update)?|(annual|party"
        r"|labour( party)?) conference( \d{4})?|conference( \d{4})?|cac( report)?",
    ),
    ("Women's conference", r"(national |annual |labour )?women(’s|'s|s) conference( \d{4})?( arrangements.*)?"),
    (
        "Organisation committee report",
        r"(report (from|of) (the )?)?(org\w*|organi[sz]ation(al)?)( sub)?[- ]?(sub-?)?committee(’s"
        r"|'s)? ?(report|update)?|org(anisation)? sub",
    ),
    (
        "Disputes panel report",
        r"(report (from|of) (the )?)?dispute?s (panel|committee|sub-?committee)(’s|'s)? ?(report|update)?"
        r"|disputes",
    ),
    (
        "Equalities committee report",
        r"(report (from|of) (the )?)?equalit(y|ies)( committee| sub-?committee)?(’s|'s)? ?(report|update)?",
    ),
    (
        "Local government report",
        r"local government( committee| report| update| matters)?(’s|'s)?( report| update)?"
        r"|lga( labour group)?( report| update)?",
    ),
    ("Membership report", r"membership( report| update| figures| numbers)?"),
    ("Minutes and matters arising", r"(minutes|matters arising)( of .*| and .*)?|apologies.*"),
    ("Any other business", r"any other business|aob|other (issues|business|matters|items|reports)"),
    (
        "Elections report",
        r"((local|recent|may|\d{4}) )*elections?( results?| review| analysis)?( \d{4})?( report| update)",
    ),
    ("By-elections", r"(parliamentary )?by-?elections?( report| update)?"),
    ("Questions and discussion", r"q ?(&|and) ?a|questions( and .*)?|discussion"),
]
_STANDING = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in STANDING]


def standing_item(heading: str) -> str:
    """Give the canonical name of a standing item of NEC meetings, or "" where the heading is the reporter's own.

    >>> standing_item("Leader’s Report;"), standing_item("General Secretary Report"), standing_item("Baby Leave")
    ("Leader's report", "General Secretary's report", '')
    """
    plain = re.sub(r"^\W*(?:\(?\d{1,2}[.)]|\(?[a-h]\))\s*", "", heading).strip(" .;:–—-*_•·")
    plain = (
        re.sub(
            r"\b(Jerem[e]?y Corbyn|Keir Starmer|Ed Miliband|Gordon Brown|Tony Blair)\s?[-–:,]?\s?", "", plain
        ).strip()
        or plain
    )
    for name, pattern in _STANDING:
        if pattern.fullmatch(plain):
            return name
    return ""
