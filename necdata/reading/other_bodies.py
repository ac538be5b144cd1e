"""Other bodies: the executives of unions, nations, regions, councils and parties abroad, which are not the NEC."""

from __future__ import annotations

import re

from necdata.reading.posts import Post

_I = re.IGNORECASE
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
    r"|^(?:the )?(?:national policy forum|npf)(?=$| ?[,:–—-]| \d)"
    r"|\bcabinet (?:away|meeting)|\bcouncil(?:’s|'s) (?:cabinet|executive)"
    r"|\b(?:group|branch|ward|council|staff|plp) away[ -]?day"
    r"|\b(?:full|city|county|borough|town|parish|district) council(?:’s|'s)?:? ?(?!reps?)",
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
# What local parties carry is written so; it may name the NEC, which it calls on.
MOTION = re.compile(
    r"\bthis (?:constituency(?: labour)? party|clp|branch|ward|general (?:committee|meeting)|gc)\b.{0,12}"
    r"\b(?:calls|notes|deplores|resolves|believes|welcomes|condemns|urges|instructs|regrets|supports)\b",
    _I,
)
LOCAL = re.compile(r"\b(?:clp|constituency labour party|branch labour party|labour group)\b", _I)


def opening(post: Post, length: int) -> str:
    """Give the first characters of a post's body, as one line."""
    return post.text[:length].replace("\n", " ")


def is_abroad(post: Post) -> bool:
    """Tell another country's Labour party, or a union's own executive, by what stands around and in a post."""
    text = f"{post.title} {post.context} {opening(post, 900)}"
    if (
        LOCAL.search(post.context)
        and re.search(r"\bexecutive\b", post.title, _I)
        and not re.search(r"\bNEC\b|national", post.title)
    ):
        return True
    return len(ABROAD.findall(text)) >= 2 or len(UNION.findall(text)) >= 2


def is_on_anothers_site(post: Post) -> bool:
    """Tell an executive that nobody calls Labour's, on the site of a union or of the party in a nation or region."""
    here = f"{post.title} {opening(post, 600)}"
    if UNION_COUNCIL.search(opening(post, 300)) and not re.search(
        r"\blabour(?:’s|'s)? (?:party )?nec\b", post.title, _I
    ):
        return True
    if UNION_SITE.search(post.context) and not re.search(r"\blabour\b", f"{post.context} {here}", _I):
        return True
    names_nec = re.search(r"\bNEC\b|\bnational executive\b", here)
    named_there = is_other_body(post.context) or bool(NATIONS.search(f"{post.context} {here}"))
    return named_there and not names_nec


def is_other_body(text: str) -> bool:
    """Tell whether a text names another body's executive, and Labour's NEC in no other place."""
    rest = OTHERS.sub(" ", text)
    return bool(OTHERS.search(text)) and not re.search(r"\bNEC\b|national executive", rest)
