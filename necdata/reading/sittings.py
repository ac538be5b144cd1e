"""Sittings: whether the opening of a post says that the NEC, or a part of it, met."""

from __future__ import annotations

import re

from necdata.reading import dates, titles
from necdata.reading.meeting_kinds import FULL

_I = re.IGNORECASE
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
    r"\b(?:will|shall|next|due|elections?|(?<!secret )ballots?|nominations?|candidates? for|vote for|standing"
    r"|deadline|closes?"
    r"|closing|opens?|meets|council|cabinet|branch|clp|policy forum|served|died|report(?:ed|ing)? back"
    r"|members? of (?:the |labour(?:’s|'s) )?(?:nec|national executive)|published|announced"
    r"|said (?:today|yesterday|last night)|should)\b",
    _I,
)
MEMBER = re.compile(r"\bmembers? of (?:the |labour(?:’s|'s) )?(?:nec|national executive(?: committee)?)\b", _I)
HABITUAL = re.compile(r"\b(?:each|every|any|before|between|next|forthcoming|future)\W+(?:\w+\W+)?$", _I)
OFTEN = re.compile(r"(?: \w+){0,2} (?:times|every|each|monthly|regularly|behind closed)\b", _I)


def says_met_in(opening: str) -> bool:
    """Tell whether an opening says that the NEC met: a meeting that was, not each one or the next."""
    opening = MEMBER.sub(" ", opening)
    return any(
        not HABITUAL.search(opening[max(0, match.start() - 25) : match.start()])
        and not OFTEN.match(opening[match.end() :])
        for pattern in (FULL, MET, SAID_WHEN)
        for match in pattern.finditer(opening)
    )


def says_when_in(opening: str) -> bool:
    """Tell whether a sentence at the opening names a day and the NEC together, and nothing else that has a date."""
    told = re.split(r"(?<=[.!?])\s+(?=[A-Z‘“])", opening[:400])[:3]
    for sentence in told:
        day = ON_A_DAY.search(sentence) or any(e.day is not None for e in dates.find(sentence))
        if day and OF_THE_NEC.search(sentence) and not OTHER_DAY.search(sentence):
            return True
    follows = re.match(rf"(?:Yesterday|Today|Last night|On {DAY})\b", told[1]) if len(told) > 1 else None
    return bool(follows and titles.NEC.search(told[0]))
