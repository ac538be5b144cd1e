"""What kind of meeting a post reports, and whether it reports one at all."""

from __future__ import annotations

import re

from necdata.reading import dates, meeting_kinds, titles
from necdata.reading.meeting_kinds import CONFERENCE, FULL
from necdata.reading.posts import Post

KINDS = (
    "full_meeting", "away_day", "sub_committee", "special_meeting", "clause_v", "conference", "not_a_report",
)  # fmt: skip
ENOUGH = 3  # evidence at which a post is taken for a report of a meeting

_I = re.IGNORECASE
LETTER = re.compile(
    r"\b(?:open )?letter (?:to|from)\b|\bpetition\b|\bobituary\b|\btribute to\b|\bstatement (?:on|from|by)\b"
    r"|\binterview\b|\bbook review\b|\bguide to\b|\bexplain(?:ed|er)\b",
    _I,
)
UNIONS = (
    r"(?:unison|unite|gmb|cwu|pcs|ucu|nut|neu|nasuwt|rmt|aslef|usdaw|tssa|community|fbu|nuj|bectu|prospect|poa"
    r"|musicians|ucatt|amicus|tgwu|t&g|nus|bfawu|num)"
)
OTHERS = re.compile(
    rf"\b{UNIONS}\b(?:’s|'s)? (?:the )?(?:nec|national executive|executive|report)"
    rf"|\bnec of (?:the )?{UNIONS}\b|\b(?:welsh|scottish|wales|scotland|northern ireland|irish|nz"
    rf"|new zealand|australian|maltese|norwegian|regional|london|south west|south east|north west"
    rf"|north east|yorkshire|east midlands|west midlands|eastern)"
    r"(?: labour| labor)?(?: party)?(?:’s|'s)? (?:national )?(?:executive|nec|board|committee)|\b(?:alp"
    r"|australian labor|irish labour|nz labour|new zealand labour|snp|conservative|tory|green party|plaid"
    r"|lib ?dem\w*|ukip|co-?op(?:erative)? party|fabian\w*|momentum|progress|compass|young labour"
    r"|labour students|labour women(?:’s|'s) network|young fabians|socialist health association"
    r"|labour international|student)(?:’s|'s)?"
    r" (?:party )?(?:nec|national (?:executive|committee|co-?ordinating)|executive|ncg|national council"
    r"|council|conference)|\b(?:wec|sec|nzlp|alp)\b (?:report|meeting|update)|\b(?:report|notes"
    r"|update)\b.{0,25}\b(?:national policy forum|npf|policy forum|policy commission|regional (?:board"
    r"|conference|executive)|scottish conference|welsh conference|ncc|tuc)\b|\b(?:national policy forum"
    r"|npf|policy forum)\b.{0,30}\b(?:report|notes|update|meeting|weekend)|\baustralian\b|\bnew zealand\b"
    r"|(?<!northern )\bireland\b"
    r"|\bcabinet (?:away|meeting)|\bcouncil(?:’s|'s) (?:cabinet|executive)"
    r"|\b(?:group|branch|ward|council|staff|plp) away[ -]?day"
    r"|\b(?:full|city|county|borough|town|parish|district) council(?:’s|'s)?:? ?(?!reps?)",
    _I,
)
NEWS = re.compile(
    r"\b(?:nec|national executive) (?:to|will|backs?|votes?|agrees?|approves?|rejects?|blocks?|decides?"
    r"|rules?|accepts?|bans?|suspends?|elections?|candidates?|race|slate|results?|ballot|nominations?"
    r"|members? (?:call|urge|demand|split|write)|should|must|shake-?up|row|faces?|sets?|confirms?"
    r"|launch(?:es)?|poised|set to|chair elected|vacanc)"
    r"|\b(?:elected|candidates?|standing|slate|results?|nominations?|running|bid|campaign|hustings"
    r"|ballot)\b.{0,80}\b(?:nec|national executive)\b|\bwho(?:’s|'s| is| are)\b.{0,30}\bnec\b"
    r"|\b(?:live ?blog|exclusive|revealed|leaked|sources?|leak)\b|\bdates? (?:of"
    r"|for)\b.{0,20}\bmeetings?\b|\bagenda for\b|\bpreview\b|\bahead of\b|\bwhat to expect\b"
    r"|\bhow the nec\b",
    _I,
)
REPORTING = re.compile(
    r"\b(?:the )?(?:nec|national executive(?: committee)?|committee|meeting|we) (?:also |then "
    r"|unanimously |all )?(?:agreed|noted|discussed|received|heard|approved|endorsed|welcomed|asked"
    r"|considered|thanked|elected|voted|began|opened|congratulated|supported|decided|passed|accepted|met)\b"
    r"|\b(?:told|updated|informed|thanked|reminded|assured|briefed|addressed) (?:the )?(?:nec|committee"
    r"|meeting|us|members)\b|\bI (?:asked|raised|welcomed|argued|spoke|pressed|questioned|pointed|said"
    r"|proposed|moved|seconded|stressed|suggested|thanked|abstained|voted)\b"
    r"|\b(?:gave|presented|introduced) (?:the|his|her|their|a|an|an? \w+) (?:\w+(?:’s|'s)? ){0,3}(?:report"
    r"|update|paper|presentation)\b|\bwas (?:told|agreed|carried|lost|withdrawn|noted|approved|discussed"
    r"|promised|shown|asked|endorsed|adopted|passed)\b|\bwere (?:told|agreed|shown|noted|approved|elected"
    r"|endorsed)\b|\basked (?:for|why|what|whether|how|about|that)\b|\breported (?:that|on|back)\b"
    r"|\bin (?:response|answer|reply) to\b|\bthere was (?:a|some|much) (?:\w+ )?(?:discussion|debate)\b",
    _I,
)
FUTURE = re.compile(
    r"\b(?:nec|executive|meeting|committee)\b.{0,30}\b(?:will (?:meet|be|discuss|consider|vote|decide)"
    r"|meets (?:on|next|tomorrow|this)|is (?:due|set|expected) to|are (?:due|set|expected) to)\b|\b(?:in a few"
    r"|next) weeks?\b.{0,40}\bwill (?:meet|agree)\b",
    _I,
)


def kind(post: Post) -> tuple[str, str]:
    """Tell the kind of meeting a post reports: (one of KINDS, the reason in a few words)."""
    score, reasons = _evidence(post)
    if score < ENOUGH:
        return "not_a_report", "; ".join(reasons) or "no sign of a meeting"
    return meeting_kinds.meeting_kind(post)


def _evidence(post: Post) -> tuple[int, list[str]]:
    """Add up the evidence that a post reports a meeting of Labour's NEC."""
    title, opening, body = post.title, _opening(post, 700), post.text
    items = sum(bool(titles.standing_item(s.heading)) for s in post.sections if s.heading)
    reporting = len(REPORTING.findall(body))
    business = len(set(map(str.lower, BUSINESS.findall(body))))
    named = bool(titles.NEC.search(title)) or bool(titles.NEC.search(body))
    around = bool(titles.NEC.search(post.context))
    part = bool(titles.PART.search(title) or PART.search(title) or re.search(r"\bclause (?:v|5|five)\b", title, _I))
    own_part = bool(PART_MET.search(opening[:400])) and (business >= 3 or items or named or around)
    says_met = (_says_met(opening) or _says_when(opening)) and (named or part or around) or own_part
    told = bool(items or says_met or reporting or business >= 2)  # the post itself tells of a meeting
    part = part or bool(CONFERENCE.search(title)) and (named or around and told)
    dated = bool(dates.find(title)) and len(re.findall(r"[^\W\d]{4,}", title)) <= 3
    event = bool(CONFERENCE.match(title)) and bool(dates.find(title)) and (named or around and told)
    lasting = bool(SAID_WHEN.search(opening)) and reporting >= 1 and bool(FIRST_PERSON.search(_unquoted(body)))
    weights = [
        (
            3
            if titles.is_report(title) or event
            else 2
            if part or (around and (dated or (titles.REPORT.search(title) and (named or says_met or business >= 2))))
            else 1
            if titles.NEC.search(title)
            else 0,
            "title of a report",
        ),
        (1 if SERIES.search(post.context) else 0, "one of a series of reports"),
        (min(items, 3), "standing items"),
        (min(reporting, 4) if named else min(reporting, 2), "reports what was said"),
        (2 if says_met else 0, "says that the NEC met"),
        (
            1 if named or (around and own_part) else 0 if around or part or own_part else -2,
            "names the NEC" if named else "does not name the NEC",
        ),
        (min(business // 2, 3) if named or around or own_part else 0, "a committee's business"),
        (
            -5 if titles.STATEMENT.search(title) else -3 if titles.STATEMENT.search(opening[:300]) else 0,
            "a candidate's statement",
        ),
        (
            -5
            if LETTER.search(title) and not lasting
            else -3
            if re.match(r"Dear (?!all|friends|comrades|members)|.{0,160}\bletter was sent\b", opening, _I)
            else 0,
            "a letter or statement",
        ),
        (-5 if _explains(title) and not lasting else 0, "an explainer"),
        (
            -12
            if _is_abroad(post)
            else -6
            if _is_other_body(title) or _is_on_anothers_site(post)
            else -4
            if _is_other_body(opening[:200]) and not titles.is_report(title)
            else 0,
            "another body's meeting",
        ),
        (
            -6 if CANCELLED.search(title) else -5 if CANCELLED.search(opening[:250]) and len(body) < 900 else 0,
            "a meeting called off",
        ),
        (
            -5 if BREAKING.search(title) else -3 if NEWS.search(title) and not _names_report(title) else 0,
            "news about the NEC",
        ),
        (
            -9 if len(PRESS.findall(body)) >= 2 and not FIRST_PERSON.search(_unquoted(body)) else 0,
            "written by the press",
        ),
        (-3 if FUTURE.search(opening[:300]) and reporting < 3 else 0, "looks ahead to a meeting"),
        (-3 if _is_before_its_date(post) else 0, "published before the date in its title"),
    ]
    score = sum(w for w, _ in weights)
    in_series = bool(SERIES.search(post.context)) and business >= 2
    if not (weights[0][0] or says_met or items or in_series or (business >= 4 and (around or named))):
        score = min(score, ENOUGH - 1)  # nothing but people speaking: any committee's, or a campaign's
    scarce = not (items or says_met or reporting >= 2 or business >= 2)
    if scarce and not (dated or part or weights[0][0] >= 2):
        score = min(score, ENOUGH - 1)  # a site of reports prints other things too
    return score, [reason for w, reason in weights if w < 0]


def _says_met(opening: str) -> bool:
    """Tell whether an opening says that the NEC met: a meeting that was, not each one or the next."""
    opening = MEMBER.sub(" ", opening)
    return any(
        not HABITUAL.search(opening[max(0, match.start() - 25) : match.start()])
        and not OFTEN.match(opening[match.end() :])
        for pattern in (FULL, MET, SAID_WHEN)
        for match in pattern.finditer(opening)
    )


def _says_when(opening: str) -> bool:
    """Tell whether a sentence at the opening names a day and the NEC together, and nothing else that has a date."""
    told = re.split(r"(?<=[.!?])\s+(?=[A-Z‘“])", opening[:400])[:3]
    for sentence in told:
        day = ON_A_DAY.search(sentence) or any(e.day is not None for e in dates.find(sentence))
        if day and OF_THE_NEC.search(sentence) and not OTHER_DAY.search(sentence):
            return True
    follows = re.match(rf"(?:Yesterday|Today|Last night|On {DAY})\b", told[1]) if len(told) > 1 else None
    return bool(follows and titles.NEC.search(told[0]))


def _explains(title: str) -> bool:
    """Tell an explainer by its title, or by the question after its colon."""
    asks = re.search(r": (.+\?)$", title)
    return titles.is_explainer(title) or bool(asks and titles.is_explainer(asks.group(1)))


def _is_before_its_date(post: Post) -> bool:
    """Tell a post published some days before the meeting that its title names: a preview, whatever it calls itself."""
    if post.published is None:
        return False
    spans = [e.span(post.published.year) for e in dates.find(post.title) if e.day is not None]
    return any(0 < (first - post.published).days <= 40 for first, _ in filter(None, spans))


# Words of a national committee's business, which a councillor's or gardener's post seldom gathers.
BUSINESS = re.compile(
    r"\b(agenda|amendment|resolution|constituency reps?|clp reps?|union colleagues|trade union(?:ists|s)?"
    r"|general secretary|rule changes?"
    r"|standing orders?|disputes|organi[sz]ation committee|org sub|all-women shortlists?|all-bame"
    r"|trigger ballots?|selections?|shortlist"
    r"|policy forum|npf|conference|leader|deputy leader|membership|regional (?:office|director)s?"
    r"|headquarters|southside|affiliates?"
    r"|unanimous(?:ly)?|nem con|abstain(?:ed|ing)?|abstentions?|\d+ ?(?:to|[-–]) ?\d+|seconded|the chair"
    r"|vice-?chair|treasurer|arrears"
    r"|code of conduct|panel|working (?:group|party)|reselection|manifesto|brewer’?s green|brewer street"
    r"|old queen street|millbank|victoria street)\b",
    _I,
)
SERIES = re.compile(
    r"\b(?:nec|national executive(?: committee)?)\b.{0,12}\b(?:reports?|notes|meetings)\b|\b(?:reports?"
    r"|notes) (?:from|of|on) (?:the )?(?:labour )?(?:nec|national executive)|on the nec for"
    r"|category(?: archives)?: nec",
    _I,
)
FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our)\b")


def _unquoted(text: str) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]|‘[^’]*’ (?:said|says)", " ", text)


CANCELLED = re.compile(
    r"\b(?:nec|meeting|executive)\b.{0,40}\b(?:cancelled|postponed|called off|put off)\b(?!.{0,60}\b(?:instead"
    r"|met)\b)",
    _I,
)
DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_WHO = r"(?:executive|nec|committee|meeting|sub-?committees?|panel|away[ -]?(?:day|weekend))"
_SAT = (
    r"(?:have been meeting|met|meets|came together|assembled|convened|gathered|sat(?! on\b)|took place"
    r"|(?:was|were) (?:held|on)"
    r"|held (?:its|an?|our|(?:two|three|four|five|six|seven)))"
)
MET = re.compile(
    rf"\b{_WHO} (?:\w+ ){{0,4}}(?:yesterday|today|last night|on {DAY})\b"
    rf"|\b(?:yesterday|today|last night|this (?:morning|afternoon|evening)|{DAY})(?:’s|'s|,)?"
    rf" (?:[\w’']+ ){{0,6}}{_WHO}\b"
    r"|\b(?:executive|nec|meeting) of (?:the )?\d{1,2}(?:st|nd|rd|th)?\b|\bmy (?:\w+ )?(?:meeting|nec)\b|\bthe (?:nec"
    r"|executive) (?:passed|agreed|discussed|heard|spent|decided|endorsed|approved|received)\b"
    rf"|\b(?:we|executive|committee|panel|sub-?committees?|nec|(?:away|strategy|planning)[ -]?day) (?:(?!has|have)\w+ )"
    rf"{{0,3}}{_SAT}\b|\bmeeting (?:was|took place|of|began)\b"
    rf"|\b(?:today|yesterday|{DAY}|last night)(?:’s|'s) (?:\w+ ){{0,2}}(?:nec|meeting|executive|agenda|committee)\b"
    r"|\baway[ -]?day\b|\b(?:nec|executive|committee) (?:\w+ )?(?:goes|went) away\b",
    _I,
)
# Somebody was there on a day: what a guide or a letter does not say.
SAID_WHEN = re.compile(
    rf"\b(?:today|yesterday|last night|{DAY})(?:’s|'s) (?:\w+ ){{0,2}}(?:nec|meeting|executive|committee)\b"
    rf"|\b(?:today|yesterday|last night|{DAY})(?:’s|'s)? (?:was|saw|brought) (?:my|our|the)"
    r" (?:\w+ ){0,2}(?:nec|meeting)\b"
    rf"|\bwe (?:met|sat|gathered|assembled)\b[^.]{{0,40}}\b(?:today|yesterday|last night|on {DAY})\b",
    _I,
)
ON_A_DAY = re.compile(
    rf"\b(?:yesterday|today|last night|this (?:morning|afternoon|evening)|{DAY}|on the \d{{1,2}}(?:st|nd|rd|th))\b", _I
)
OF_THE_NEC = re.compile(r"\b(?:nec|national executive|executive|committees?|meeting|away[ -]?days?|the table)\b", _I)
# What has a date in such a sentence without having been a meeting.
OTHER_DAY = re.compile(
    r"\b(?:will|shall|next|due|elections?|ballots?|nominations?|candidates? for|vote for|standing|deadline|closes?"
    r"|closing|opens?|meets|council|cabinet|branch|clp|policy forum|served|died|report(?:ed|ing)? back"
    r"|members? of (?:the |labour(?:’s|'s) )?(?:nec|national executive)|published|announced"
    r"|said (?:today|yesterday|last night)|should)\b",
    _I,
)
MEMBER = re.compile(r"\bmembers? of (?:the |labour(?:’s|'s) )?(?:nec|national executive(?: committee)?)\b", _I)
HABITUAL = re.compile(r"\b(?:each|every|any|before|between|next|forthcoming|future)\W+(?:\w+\W+)?$", _I)
OFTEN = re.compile(r"(?: \w+){0,2} (?:times|every|each|monthly|regularly|behind closed)\b", _I)
PART = re.compile(r"\b(?:equalities|org(?:anisation)?|policy|disputes) sub\b|\bsub[ -]?committees?\b", _I)
PART_MET = re.compile(
    r"\b(?:awayday|away-day|away day)\b|\bclause (?:v|5|five) meeting\b"
    r"|\b(?:organi[sz]ation|disputes|equalities) (?:sub-?)?(?:committee|panel)\b",
    _I,
)
BREAKING = re.compile(r"\b(?:breaking|exclusive|revealed|leaked|live ?blog)\b", _I)
PRESS = re.compile(
    r"\baccording to\b|\basked not to be named\b|\bspokes(?:man|woman|person)\b|[”\"] (?:said|added) "
    r"|\b(?:political|westminster) (?:correspondent|editor|reporter)\b|\bsources? (?:said|told|close)\b"
    r"|\b(?:said|told) (?:one|a) (?:member|source|insider|official)\b"
    r"|\b[A-Z]\w+ (?:understands|has learned|has learnt|can reveal)\b"
    r"|\bruling (?:body|national executive|nec|executive)\b"
    r"|\b(?:party|senior|union|one|labour) (?:source|insider)\b|\bis (?:expected|understood|thought) to\b",
    _I,
)
ABROAD = re.compile(
    r"\b(?:dublin|d[aá]il|t[aá]naiste|(?<!northern )ireland|oireachtas|seanad|ely place|taoiseach|canberra"
    r"|sydney|melbourne|wellington|auckland"
    r"|otago|fraser house|parliament house)\b",
    _I,
)
# Labour's is a committee; a council is a union's.
UNION_COUNCIL = re.compile(r"(?<!labour’s )(?<!labour's )\b(?:national )?executive council\b", _I)
UNION_SITE = re.compile(rf"\bunion\b|\b{UNIONS}\b", _I)
NATIONS = re.compile(r"\b(?:SEC|WEC)\b")
UNION = re.compile(
    r"\bnational executive council\b|\bexecutive council\b|\bthe union(?:’s|'s) executive\b"
    r"|\bbranch(?:es)? (?:secretaries|officers)\b|\bpolitical fund\b|\bunion (?:for|of)\b"
    r"|\bour (?:general secretary|union)\b.{0,60}\bpay\b"
    r"|\bpay claim\b|\bservice group\b",
    _I,
)


LOCAL = re.compile(r"\b(?:clp|constituency labour party|branch labour party|labour group)\b", _I)


def _is_abroad(post: Post) -> bool:
    """Tell another country's Labour party, or a union's own executive, by what stands around and in a post."""
    text = f"{post.title} {post.context} {_opening(post, 900)}"
    if (
        LOCAL.search(post.context)
        and re.search(r"\bexecutive\b", post.title, _I)
        and not re.search(r"\bNEC\b|national", post.title)
    ):
        return True
    return len(ABROAD.findall(text)) >= 2 or len(UNION.findall(text)) >= 2


def _is_on_anothers_site(post: Post) -> bool:
    """Tell an executive that nobody calls Labour's, on the site of a union or of the party in a nation or region."""
    here = f"{post.title} {_opening(post, 600)}"
    if UNION_COUNCIL.search(_opening(post, 300)) and not re.search(
        r"\blabour(?:’s|'s)? (?:party )?nec\b", post.title, _I
    ):
        return True
    if UNION_SITE.search(post.context) and not re.search(r"\blabour\b", f"{post.context} {here}", _I):
        return True
    names_nec = re.search(r"\bNEC\b|\bnational executive\b", here)
    named_there = _is_other_body(post.context) or bool(NATIONS.search(f"{post.context} {here}"))
    return named_there and not names_nec


def _names_report(title: str) -> bool:
    return bool(re.search(r"\breports?\b(?! (?:that|claims))|\bnotes\b|\bminutes\b", title, _I))


def _is_other_body(text: str) -> bool:
    """Tell whether a text names another body's executive, and Labour's NEC in no other place."""
    rest = OTHERS.sub(" ", text)
    return bool(OTHERS.search(text)) and not re.search(r"\bNEC\b|national executive", rest)


def _opening(post: Post, length: int) -> str:
    return post.text[:length].replace("\n", " ")
