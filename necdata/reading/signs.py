"""Signs that a post is a report, or is something else: its words, each kind of them with its name."""

from __future__ import annotations

import re

from necdata.reading import dates, titles
from necdata.reading.posts import Post

_I = re.IGNORECASE
LETTER = re.compile(
    r"\b(?:open )?letter (?:to|from)\b|\bpetition\b|\bobituary\b|\btribute to\b|\bstatement (?:on|from|by)\b"
    r"|\binterview\b|\bbook review\b|\bguide to\b|\bexplain(?:ed|er)\b",
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
CANCELLED = re.compile(
    r"\b(?:nec|meeting|executive)\b.{0,40}\b(?:cancelled|postponed|called off|put off)\b(?!.{0,60}\b(?:instead"
    r"|met)\b)",
    _I,
)
FUTURE = re.compile(
    r"\b(?:nec|executive|meeting|committee)\b.{0,30}\b(?:will (?:meet|be|discuss|consider|vote|decide)"
    r"|meets (?:on|next|tomorrow|this)|is (?:due|set|expected) to|are (?:due|set|expected) to)\b|\b(?:in a few"
    r"|next) weeks?\b.{0,40}\bwill (?:meet|agree)\b",
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
PART = re.compile(r"\b(?:equalities|org(?:anisation)?|policy|disputes) sub\b|\bsub[ -]?committees?\b", _I)
PART_MET = re.compile(
    r"\b(?:awayday|away-day|away day)\b|\bclause (?:v|5|five) meeting\b"
    r"|\b(?:organi[sz]ation|disputes|equalities) (?:sub-?)?(?:committee|panel)\b",
    _I,
)
FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our)\b")


def unquoted(text: str) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]|‘[^’]*’ (?:said|says)", " ", text)


def names_report(title: str) -> bool:
    return bool(re.search(r"\breports?\b(?! (?:that|claims))|\bnotes\b|\bminutes\b", title, _I))


def explains(title: str) -> bool:
    """Tell an explainer by its title, or by the question after its colon."""
    asks = re.search(r": (.+\?)$", title)
    return titles.is_explainer(title) or bool(asks and titles.is_explainer(asks.group(1)))


def is_before_its_date(post: Post) -> bool:
    """Tell a post published some days before the meeting that its title names: a preview, whatever it calls itself."""
    if post.published is None:
        return False
    spans = [e.span(post.published.year) for e in dates.find(post.title) if e.day is not None]
    return any(0 < (first - post.published).days <= 40 for first, _ in filter(None, spans))
