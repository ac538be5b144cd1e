"""Openings: how reporters say what met, when and what sort of meeting it was; each row in another one's words."""

from __future__ import annotations

import datetime as dt

import pytest

from necdata.dating import chronology, evidence
from necdata.reading import kinds
from necdata.reading.posts import Passage, Post, Section

SERIES = "My reports from the NEC"  # what stands around the post: the site's header
SITE = "Jo Wren: your constituency rep on Labour's National Executive Committee"

# Title, day of publication, around, the paragraphs, and what they tell: the kind, the first and the last day.
REPORTS = [
    (
        "What we decided in July", "2008-07-18", SERIES,
        "The National Executive came together on Tuesday 15 July in a room without windows. The treasurer"
        " went first.|I asked about the overdraft and was told it is falling.",
        "full_meeting", "2008-07-15",
    ),
    (
        "Report back", "2011-09-23", SERIES,
        "The committee assembled on 20 September for the last time before Liverpool.|The organisation "
        "sub-committee had met the week before and its report was noted. I asked about stewards.",
        "full_meeting", "2011-09-20",
    ),
    (
        "Rain, refunds and a row", "2012-03-22", SERIES,
        "I got home at midnight from Tuesday's NEC with a cold. The general secretary reported on "
        "membership.|The disputes panel heard nine appeals the week before. I raised arrears.",
        "full_meeting", "2012-03-20",
    ),
    (
        "From the top table", "2006-05-26", "Notes of a union man on Labour's NEC",
        "Brothers and sisters, your executive's man was in Old Queen Street on Tuesday for the May "
        "meeting of the NEC.|The Prime Minister answered questions about pensions. I asked when the "
        "review would end.",
        "full_meeting", "2006-05-23",
    ),
    (
        "NEC notes", "2014-11-20", "",
        "Two days in a seminar room outside Nottingham, Monday and Tuesday, with flip charts. It was the "
        "NEC's annual away-day and we talked of nothing but May.|The general secretary showed the staff "
        "plan.",
        "away_day", "2014-11-17/2014-11-18",
    ),
    (
        "Blue-sky thinking in a grey hotel", "2013-11-14", SERIES,
        "Once a year the NEC goes away to think. This time it was to Watford, on 12 November.|We broke "
        "into groups on the manifesto. I asked who would read the flip charts.",
        "away_day", "2013-11-12",
    ),
    (
        "Thinking day", "2022-11-24", SERIES,
        "The NEC's strategy day took place on Tuesday in Leeds. No votes, no papers, a great many sticky "
        "notes.|We heard from the pollsters and then worked in groups.",
        "away_day", "2022-11-22",
    ),
    (
        "No hotel this year", "2009-11-26", SERIES,
        "There was to have been an away day but the money ran out, so we had an ordinary meeting on 24 "
        "November instead.|The treasurer was thanked. I asked about the loans.",
        "full_meeting", "2009-11-24",
    ),
    (
        "Org sub notes", "2018-05-17", SERIES,
        "The organisation committee had a long agenda on Tuesday: eleven selections and one suspension.|I"
        " voted against the suspension. It was agreed that the guidance be redrafted.",
        "sub_committee", "2018-05-15",
    ),
    (
        "A morning of panels", "2019-07-11", SERIES,
        "On Tuesday the NEC's disputes panel sat for five hours, and in the afternoon the equalities "
        "committee for one.|I asked how many cases were older than a year.",
        "sub_committee", "2019-07-09",
    ),
    (
        "Equal parts", "2015-03-12", SERIES,
        "I chaired the NEC equalities committee yesterday and we got through fourteen items.|It was "
        "agreed to survey members. We noted the women's conference plans.",
        "sub_committee", "2015-03-11",
    ),
    (
        "NEC report, January 2016", "2016-01-28", SERIES,
        "The NEC met on Tuesday, the day after the organisation sub-committee, which had left us its "
        "leftovers.|The leader's report came first. I asked about trigger ballots.",
        "full_meeting", "2016-01-26",
    ),
    (
        "NEC report, 19 July 2011", "2011-07-22", SERIES,
        "The phones were the subject before we sat down. The leader's speech was short and good.|The "
        "audit committee had asked for more time, and the women's committee wants its own budget. I "
        "supported that.",
        "full_meeting", "2011-07-19",
    ),
    (
        "An extra hour", "2016-07-13", SERIES,
        "A special NEC was called for yesterday afternoon, to settle who may be on the ballot paper.|The "
        "vote was 18 to 14. I spoke once.",
        "special_meeting", "2016-07-12",
    ),
    (
        "Emergency on Zoom", "2020-04-06", SERIES,
        "We were summoned at a day's notice to an emergency meeting of the NEC, held on Sunday evening by"
        " video.|The one item was the new leader's team. It was agreed.",
        "special_meeting", "2020-04-05",
    ),
    (
        "That's it, it's on", "2017-04-20", SERIES,
        "The NEC met in emergency session on Wednesday, twenty-four hours after the announcement, to "
        "agree how candidates will be found.|I asked for members to be given a vote. There was no time, "
        "we were told.",
        "special_meeting", "2017-04-19",
    ),
    (
        "One item, one hour", "2021-03-25", SERIES,
        "An additional meeting of the National Executive was held on Tuesday to approve the code on "
        "complaints.|It was agreed by 21 votes to 12.",
        "special_meeting", "2021-03-23",
    ),
    (
        "NEC, 21 September 2016", "2016-09-23", SERIES,
        "The meeting went on until after dark. Next week's special conference was hardly mentioned, and a"
        " special meeting in November is likely.|I moved the amendment on deputy places; it was lost, 15 "
        "to 16.",
        "full_meeting", "2016-09-21",
    ),
    (
        "The manifesto is agreed", "2010-04-09", SERIES,
        "The Clause V meeting was on Thursday at the TUC, with the NEC, the cabinet, the backbenches and "
        "the unions round a very long table.|I asked for a stronger line on housing and got half of it.",
        "clause_v", "2010-04-08",
    ),
    (
        "Signed off", "2019-11-18", SERIES,
        "On Saturday I was at the Clause Five meeting which agrees Labour's manifesto. Phones were taken "
        "off us at the door.|We went through it line by line.",
        "clause_v", "2019-11-16",
    ),
    (
        "NEC report – 26 March 2024", "2024-03-28", SERIES,
        "The NEC met on Tuesday. The Clause V meeting will follow when the date is known.|The general "
        "secretary took us through the staffing plan.",
        "full_meeting", "2024-03-26",
    ),
    (
        "Brighton in brief", "2013-09-27", SERIES,
        "The NEC meets every day of conference, before breakfast. Between 21 and 25 September we met five"
        " times in the basement of the Hilton.|I spoke from the platform on rule changes.",
        "conference", "2013-09-21/2013-09-25",
    ),
    (
        "Conference week with the NEC", "2018-09-28", SERIES,
        "From Saturday 22 to Wednesday 26 September the NEC held six meetings in Liverpool. The rule "
        "changes took three.|I voted against the reference back.",
        "conference", "2018-09-22/2018-09-26",
    ),
    (
        "Straight from the room", "2012-05-29", SERIES,
        "I'm writing this on the train from today's NEC. Local elections were the main item.|It was "
        "agreed to thank everybody.",
        "full_meeting", "2012-05-29",
    ),
    (
        "The long and short of it", "2017-07-19", SERIES,
        "We sat for eight hours yesterday. I have slept, and here is what I remember of the NEC.|I asked "
        "for a review of selections.",
        "full_meeting", "2017-07-18",
    ),
    (
        "NEC: the quick version", "2019-09-18", SERIES,
        "Quick one. This afternoon's meeting agreed the conference timetable, 22 votes to 9, and then "
        "fell out about Sundays.|I spoke against.",
        "full_meeting", "2019-09-18",
    ),
    (
        "Home at last", "2016-07-13", SERIES,
        "Last night's NEC finished at eleven. I voted for the leader to be on the ballot.|It was agreed "
        "by secret ballot.",
        "full_meeting", "2016-07-12",
    ),
    (
        "The NEC and the Budget", "2010-03-26", SERIES,
        "We met the day before the Budget, on Tuesday, and everyone was an economist.|I asked about "
        "council housing.",
        "full_meeting", "2010-03-23",
    ),
    (
        "NEC report", "2014-09-19", SERIES,
        "The NEC met on Tuesday of this week, with the result in Scotland still to come on Thursday.|I "
        "asked about Better Together.",
        "full_meeting", "2014-09-16",
    ),
    (
        "NEC report", "2014-02-03", SERIES,
        "Apologies for the delay. Last Tuesday's NEC was all about the Collins report.|I abstained, for "
        "reasons I have given here before.",
        "full_meeting", "2014-01-28",
    ),
    (
        "NEC report", "2014-05-28", SERIES,
        "The NEC met a week ago on Tuesday, two days before polling day.|I asked about postal votes.",
        "full_meeting", "2014-05-20",
    ),
    (
        "NEC report", "2014-05-21", SERIES,
        "The election is tomorrow, so I'll be quick. On Tuesday morning the NEC had its usual two hours "
        "with the leader.|I asked about postal votes.",
        "full_meeting", "2014-05-20",
    ),
    (
        "Two weeks on", "2013-04-03", SERIES,
        "The NEC met a fortnight ago, on 19 March, and I have only now found my notes.|The welfare vote "
        "took most of it.",
        "full_meeting", "2013-03-19",
    ),
    (
        "After the count", "2010-05-21", SERIES,
        "The NEC met on the 18th and it was a wake. Nobody blamed anybody, for an hour.|I asked for a "
        "long contest.",
        "full_meeting", "2010-05-18",
    ),
    (
        "NEC report, March 2013", "2013-04-02", SERIES,
        "We gathered on the 19th, a Tuesday, with snow on the steps.|The general secretary reported on "
        "the move.",
        "full_meeting", "2013-03-19",
    ),
    (
        "The view from seat 24", "2021-09-20", SERIES,
        "Our meeting of the 17th lasted seven hours and twelve minutes, not counting lunch.|I voted "
        "against the rule change on thresholds.",
        "full_meeting", "2021-09-17",
    ),
    (
        "NEC, Tuesday the 22nd", "2018-05-25", SERIES,
        "Lewisham first, then Northern Ireland, then lunch.|I asked about shortlists for by-elections; it"
        " was agreed to look at them.",
        "full_meeting", "2018-05-22",
    ),
    (
        "A meeting in the snow", "2010-01-29", SERIES,
        "The meeting of 12 January was put off for snow. We met on 26 January instead, with wet feet.|I "
        "asked about free personal care.",
        "full_meeting", "2010-01-26",
    ),
    (
        "Late but here", "2022-09-22", SERIES,
        "We were to have met on 13 September. After the Queen's death that was moved, and the NEC took "
        "place on Monday 19... no, Tuesday 20 September.|It was agreed to sing the anthem.",
        "full_meeting", "2022-09-20",
    ),
    (
        "NEC report 24 March 2009", "2009-03-27", SERIES,
        "The European elections on 4 June were first. Nominations close on 7 May and the lists are "
        "done.|I asked about the deposit.",
        "full_meeting", "2009-03-24",
    ),
    (
        "Notes from the executive", "2007-03-23", SERIES,
        "Tuesday's meeting of Labour's NEC began with the loans. On Monday the Chancellor had spoken at "
        "the TUC and on Wednesday he has his Budget.|I asked about the deputy leadership.",
        "full_meeting", "2007-03-20",
    ),
    (
        "How Monday became Tuesday", "2015-09-17", SERIES,
        "On Saturday he was elected, on Monday he sacked nobody, and on Tuesday he came to his first "
        "NEC.|I welcomed him and asked about conference.",
        "full_meeting", "2015-09-15",
    ),
    (
        "Executive minutes, of a sort", "2023-11-30", SERIES,
        "Date: Tuesday, November 28, 2023. Place: Leeds. Present: nearly everybody. This was the NEC away"
        " day.|We talked about a ceasefire.",
        "away_day", "2023-11-28",
    ),
    (
        "Bulletin 9", "", SERIES,
        "Meeting of the NEC held on 23/03/2004 at Old Queen Street.|The general secretary reported on the"
        " local elections. It was agreed to thank the staff.",
        "full_meeting", "2004-03-23",
    ),
    (
        "Bulletin 10", "", SERIES,
        "This is my account of the National Executive Committee of 25 May 2004.|The treasurer reported on"
        " the appeal. I asked about the deposit.",
        "full_meeting", "2004-05-25",
    ),
    (
        "NEC in January", "2012-01-27", SERIES,
        "It was a thin agenda on Tuesday, but we managed to fill the time.|I asked about refounding "
        "Labour.",
        "full_meeting", "2012-01-24",
    ),
    (
        "NEC – March 2005", "", SERIES,
        "The NEC's last meeting before the election was on 22 March. We cheered the Chancellor.|I asked "
        "about postal votes on 5 May.",
        "full_meeting", "2005-03-22",
    ),
    (
        "NEC – May 2008", "", SERIES,
        "On 20 May there was no escaping London. The leader took forty minutes of questions.|By-election "
        "day in Crewe is 22 May.",
        "full_meeting", "2008-05-20",
    ),
    (
        "Spring meeting", "2024-04-02", SERIES,
        "The NEC's spring meeting took place in the last week of March.|I asked for the code to be "
        "published.",
        "full_meeting", "",
    ),
    (
        "NEC away weekend, 17/18 November 2006", "2006-11-22", "",
        "We spent it in a management college with a duck pond. Friday was for party funding and Saturday "
        "for policy.|It was agreed to write to members.",
        "away_day", "2006-11-17/2006-11-18",
    ),
    (
        "National Executive, 15/16 November", "2005-11-19", SERIES,
        "The executive went to Derbyshire for two days of thinking. I shared a minibus with the "
        "treasurer.|We worked in groups on renewal.",
        "away_day", "2005-11-15/2005-11-16",
    ),
    (
        "In at the deep end", "2010-11-12", SERIES,
        "My first NEC was held in Portcullis House on Tuesday. I had brought a pen and a sandwich.|I "
        "asked where the minutes were.",
        "full_meeting", "2010-11-09",
    ),
    (
        "A guide for the perplexed", "2020-11-19", SERIES,
        "Tuesday was my first meeting as a member of the NEC and nobody had told me how to unmute.|I "
        "asked about the report of the commission and was told it would come back in December.",
        "full_meeting", "2020-11-17",
    ),
    (
        "The NEC's summer outing", "2012-07-19", SERIES,
        "Labour's NEC had its July meeting on the 17th and the heating was on.|The treasurer was thanked."
        " I asked about Refounding Labour.",
        "full_meeting", "2012-07-17",
    ),
    (
        "Executive decisions", "2004-11-24", SERIES,
        "I have just returned from the November meeting of the NEC (Tuesday 23 November).|The Prime "
        "Minister spoke about Warwick. I asked about pensions.",
        "full_meeting", "2004-11-23",
    ),
    (
        "My first month", "2022-11-30", SERIES,
        "I've been on the NEC for a month. The first meeting I attended, on 29 November, was in a "
        "windowless room in Southwark.|We voted on selections; I was on the losing side.",
        "full_meeting", "2022-11-29",
    ),
    (
        "NEC round-up", "2017-09-21", SERIES,
        "The pre-conference NEC on Tuesday agreed to three extra seats for members, which is what many of"
        " you had written to me about.|I voted for.",
        "full_meeting", "2017-09-19",
    ),
    (
        "The day the rules changed", "2014-02-05", SERIES,
        "Yesterday the National Executive Committee voted by 28 to 2 to adopt the Collins report. I was "
        "one of the 28.|There will be a special conference on 1 March at ExCeL.",
        "full_meeting", "2014-02-04",
    ),
    (
        "Where the money went", "2013-05-23", SERIES,
        "The usual suspects were round the table on 21 May at the usual time.|NEC members heard from the "
        "regulator. It was agreed to publish the figures.",
        "full_meeting", "2013-05-21",
    ),
    (
        "Postcard from the NEC", "2005-07-21", SERIES,
        "Dear all, Tuesday's executive ran to four hours because of the bombings, and rightly.|The "
        "General Secretary reported on the election. I thanked the staff.",
        "full_meeting", "2005-07-19",
    ),
    (
        "What your reps did", "2018-09-05", SERIES,
        "On 4 September the NEC adopted the full definition with all its examples. I had asked for a "
        "clause on free speech.|Members were outside with banners.",
        "full_meeting", "2018-09-04",
    ),
    (
        "In the room", "2019-05-01", SERIES,
        "Five hours on the manifesto for the Europeans, all on Tuesday, all in one room. The NEC agreed "
        "it at half past four.|I voted against the last paragraph.",
        "full_meeting", "2019-04-30",
    ),
    (
        "Leeds again", "2023-11-30", SERIES,
        "We were in Leeds on Tuesday for what used to be called the away day and is now the NEC "
        "development day.|The pollsters were upbeat.",
        "away_day", "2023-11-28",
    ),
    (
        "A walk in the woods", "2011-11-18", SERIES,
        "The NEC took itself off to a conference centre in Hertfordshire this week, on 15 November, for "
        "its annual away day.|We divided into groups.",
        "away_day", "2011-11-15",
    ),
    (
        "Minibus to Derby", "2003-11-20", SERIES,
        "The November meeting of the executive is an awayday, and on Tuesday it was in Derby.|I was in "
        "the group on party funding.",
        "away_day", "2003-11-18",
    ),
    (
        "NEC report, 24 January 2012", "2012-01-27", SERIES,
        "Matters arising from the November away day took an hour. The minutes were agreed after that.|I "
        "asked about Scotland.",
        "full_meeting", "2012-01-24",
    ),
    (
        "NEC report", "2016-01-28", SERIES,
        "The NEC met on Tuesday. At the away day in November we had asked for figures, and now we had "
        "them.|I asked for more.",
        "full_meeting", "2016-01-26",
    ),
    (
        "Rules and regs", "2021-09-09", SERIES,
        "Organisation sub-committee, Tuesday: fourteen items, of which nine were selections.|I objected "
        "to two of the panels. It was agreed to look again at appeals.",
        "sub_committee", "2021-09-07",
    ),
    (
        "Disputes panel: what we heard", "2016-10-27", SERIES,
        "The panel met on Tuesday and disposed of thirty cases.|I asked for legal advice to be shown to "
        "all members.",
        "sub_committee", "2016-10-25",
    ),
    (
        "Two committees, one sandwich", "2014-07-10", SERIES,
        "I sit on the NEC's equalities and organisation committees, and both met on Tuesday.|It was "
        "agreed that the women's conference be reviewed.",
        "sub_committee", "2014-07-08",
    ),
    (
        "NEC in March", "2015-03-26", SERIES,
        "On Tuesday the full NEC met after the organisation and equalities committees had met in the "
        "morning.|I asked about campaign materials.",
        "full_meeting", "2015-03-24",
    ),
    (
        "NEC, 22 May 2007", "2007-05-25", SERIES,
        "The organisation committee's recommendations on selections were accepted without debate, which "
        "was a first.|The Prime Minister said goodbye.",
        "full_meeting", "2007-05-22",
    ),
    (
        "The quick one", "2010-05-21", SERIES,
        "The extra NEC on Tuesday took less than an hour to set the timetable for a new leader.|I asked "
        "for a longer contest and got it.",
        "special_meeting", "2010-05-18",
    ),
    (
        "Emergency!", "2017-04-20", SERIES,
        "An emergency NEC was convened yesterday by telephone. Sitting MPs will be reselected "
        "automatically.|I asked about Scotland.",
        "special_meeting", "2017-04-19",
    ),
    (
        "Hot, long, unpleasant", "2016-07-14", SERIES,
        "Tuesday's extraordinary meeting of the NEC has been described by people who were not there. I "
        "was.|The vote was 18 to 14.",
        "special_meeting", "2016-07-12",
    ),
    (
        "NEC report July 2016", "2016-07-21", SERIES,
        "The ordinary July meeting was held on the 19th, a week after the special one about which enough "
        "has been said.|I asked about the suspension of meetings.",
        "full_meeting", "2016-07-19",
    ),
    (
        "Our manifesto", "2015-04-15", SERIES,
        "I was one of those at Thursday's Clause V meeting, at which the manifesto was agreed in under "
        "two hours.|I asked about rail.",
        "clause_v", "2015-04-09",
    ),
    (
        "How a manifesto gets made", "2017-05-12", SERIES,
        "The meeting under Clause V took place yesterday at the IET. Eighty people, one draft, no leaks "
        "after lunch.|I moved two amendments.",
        "clause_v", "2017-05-11",
    ),
    (
        "NEC report 2 May 2017", "2017-05-04", SERIES,
        "The NEC met on Tuesday to endorse candidates; the manifesto goes to the Clause V meeting on 11 "
        "May.|I asked about late selections.",
        "full_meeting", "2017-05-02",
    ),
    (
        "Conference diary", "2011-09-30", "Jo Wren, NEC",
        "We met as an NEC each morning in Liverpool from 24 to 29 September, usually before the coffee "
        "had arrived.|I spoke on Refounding Labour.",
        "conference", "2011-09-24/2011-09-29",
    ),
    (
        "Notes from Conference 2021", "2021-10-01", SERIES,
        "The NEC met daily during conference in Brighton, 25 to 29 September. The rule changes were "
        "carried.|I voted against the threshold.",
        "conference", "2021-09-25/2021-09-29",
    ),
    (
        "NEC meeting before conference", "2018-09-20", SERIES,
        "We met on Tuesday to agree the rule changes from the democracy review.|I argued for open "
        "selections and lost.",
        "full_meeting", "2018-09-18",
    ),
    (
        "NEC report", "2013-09-20", SERIES,
        "The NEC met on Tuesday, four days after the TUC finished and five before conference starts on "
        "Sunday.|I asked about stewards.",
        "full_meeting", "2013-09-17",
    ),
    (
        "NEC report", "2017-11-24", SERIES,
        "Tuesday's NEC came the day before the Budget on Wednesday.|I asked about the democracy review.",
        "full_meeting", "2017-11-21",
    ),
    (
        "NEC report", "2006-09-21", SERIES,
        "Owing to the TUC the September meeting was moved from the 12th to Tuesday 19 September.|I asked "
        "about the deputy leadership.",
        "full_meeting", "2006-09-19",
    ),
    (
        "NEC report", "2020-03-20", SERIES,
        "The meeting on 24 March has been cancelled, so the officers met by phone yesterday in its place "
        "and this is a report of what they told the NEC.|I asked about the leadership result.",
        "full_meeting", "2020-03-19",
    ),
    (
        "NEC Report: 25 January", "2011-01-27", SERIES,
        "Oldham East was won on 13 January and everybody was cheerful.|I asked about the AV campaign: the"
        " vote is on 5 May.",
        "full_meeting", "2011-01-25",
    ),
    (
        "September's NEC", "2019-09-19", SERIES,
        "The conference starts on Saturday; the NEC was on Tuesday, and the two were hard to tell "
        "apart.|I asked about the timetable.",
        "full_meeting", "2019-09-17",
    ),
    (
        "NEC report – July", "2008-07-24", SERIES,
        "Coming two days before Glasgow East votes, Tuesday's gathering had one eye on the clock.|The "
        "treasurer went through the loans.",
        "full_meeting", "2008-07-22",
    ),
    (
        "NEC report – summer 2009", "2009-07-24", SERIES,
        "The last meeting before the recess took place this Tuesday.|I asked about expenses.",
        "full_meeting", "2009-07-21",
    ),
    (
        "Better late", "2014-06-10", SERIES,
        "Sorry for the wait: the NEC I am reporting on was on May 20th, two days before the European "
        "vote.|I asked about leaflets.",
        "full_meeting", "2014-05-20",
    ),
    (
        "NEC Report - Jan 2013", "", SERIES,
        "The first NEC of the year was held on Tuesday 22nd January in Brewer's Green.|The general "
        "secretary reported.",
        "full_meeting", "2013-01-22",
    ),
    (
        "NEC 2008/3", "", SERIES,
        "Meeting held: 20.5.08. Place: Victoria Street.|Minutes were agreed. The treasurer reported.",
        "full_meeting", "2008-05-20",
    ),
    (
        "May NEC", "2012-05-31", SERIES,
        "Sitting through Tuesday's NEC (29th) I counted nineteen mentions of Bradford.|I asked about "
        "selections.",
        "full_meeting", "2012-05-29",
    ),
    (
        "NEC away day", "2015-11-20", SERIES,
        "Held over two days, 16 and 17 November, in a hotel off the M1.|We worked in groups.",
        "away_day", "2015-11-16/2015-11-17",
    ),
    (
        "Live from Southside", "2020-02-20", SERIES,
        "This evening the NEC met to agree the ballot dates. It began at six and I'm typing this on the "
        "bus.|It was agreed to extend the deadline.",
        "full_meeting", "2020-02-20",
    ),
    (
        "Notes on a crisis", "2022-10-21", SERIES,
        "I write on Friday about a meeting on Tuesday, and since then we have lost a prime minister. The "
        "NEC discussed readiness.|I asked about candidates.",
        "full_meeting", "2022-10-18",
    ),
    (
        "NEC: end of term", "2013-07-18", SERIES,
        "The day before yesterday the NEC had its last meeting before the holidays.|I asked about "
        "Falkirk.",
        "full_meeting", "2013-07-16",
    ),
    (
        "NEC report", "2012-03-21", SERIES,
        "I'm reporting on Monday's and Tuesday's meetings together: organisation sub on Monday, the full "
        "NEC on Tuesday.|I asked about mayors.",
        "full_meeting", "2012-03-20",
    ),
    (
        "Minutes later", "2003-05-23", "NEC reports | About me | Contact",
        "Ten of us were still in our seats when the NEC rose on Tuesday at a quarter to four.|Ian "
        "McCartney took us through the election results.|There was a discussion about foundation "
        "hospitals and I made my view plain.",
        "full_meeting", "2003-05-20",
    ),
    (
        "A report from Southside", "2019-07-25", SITE,
        "The NEC had a difficult day of it on Tuesday 23 July.|The leader's office presented a paper on "
        "complaints. It went through by a large majority.",
        "full_meeting", "2019-07-23",
    ),
    (
        "Latest from the NEC", "2021-01-28", SITE,
        "Tuesday brought us the first ordinary meeting of 2021 and five and a half hours of it.|The "
        "general secretary spoke about the pandemic.",
        "full_meeting", "2021-01-26",
    ),
    (
        "Executive summary", "2012-09-20", SITE,
        "With conference ten days off, the executive gathered on Tuesday to hear what it may expect.|The "
        "disputes panel's report and the audit committee's were taken as read.",
        "full_meeting", "2012-09-18",
    ),
    (
        "Update for members", "2020-06-02", SITE,
        "Hello all. Here's what happened at the NEC on 19 May, which was held over Zoom.|We heard from "
        "the acting general secretary. I asked about online meetings for CLPs.",
        "full_meeting", "2020-05-19",
    ),
    (
        "Refreshed", "2013-11-15", SITE,
        "I've just come back from the NEC away day in Leeds (12 November) and my feet are still "
        "cold.|There was a session on Europe.",
        "away_day", "2013-11-12",
    ),
    (
        "NEC Awayday report", "2018-11-22", SITE,
        "Tuesday's awayday began with a quiz and ended with a row.|The regional restructuring was "
        "discussed in groups.",
        "away_day", "2018-11-20",
    ),
    (
        "Disputes Panel, July", "2018-07-12", SITE,
        "We met on Tuesday and got through the list by lunchtime.|It was agreed to publish the number of "
        "cases.",
        "sub_committee", "2018-07-10",
    ),
    (
        "Equalities Committee report", "2017-02-16", SITE,
        "The committee met on Tuesday 14 February, appropriately.|It was agreed that BAME Labour's "
        "elections would be reviewed.",
        "sub_committee", "2017-02-14",
    ),
    (
        "On selections", "2013-07-10", SITE,
        "Yesterday's Organisation Committee lasted until nine in the evening, and I was there for all of "
        "it.|It was agreed to take over two selections.",
        "sub_committee", "2013-07-09",
    ),
    (
        "NEC Special Meeting 5.9.13", "2013-09-06", SITE,
        "There was one item. The statement was agreed unanimously.",
        "special_meeting", "2013-09-05",
    ),
    (
        "Recalled", "2018-07-18", SITE,
        "The NEC was recalled to a special meeting yesterday about the definition, straight after the "
        "ordinary one.|I voted for the code.",
        "special_meeting", "2018-07-17",
    ),
    (
        "Leadership timetable", "2020-01-07", SITE,
        "An emergency meeting of the NEC yesterday afternoon agreed the timetable for electing a new "
        "leader and deputy.|I asked for a longer freeze date.",
        "special_meeting", "2020-01-06",
    ),
    (
        "The people's manifesto", "2019-11-17", SITE,
        "Yesterday I took part in Labour's Clause V meeting. It took six hours.|We were locked in.",
        "clause_v", "2019-11-16",
    ),
    (
        "Conference 2014: an NEC view", "2014-09-26", SITE,
        "From 20 to 24 September in Manchester I hardly saw daylight.|The NEC met on each of the days and"
        " agreed its positions.",
        "conference", "2014-09-20/2014-09-24",
    ),
    (
        "Liverpool conference report", "2016-09-30", "NEC member",
        "Conference ran from Sunday 25 September to Wednesday 28 September and the NEC met four "
        "times.|The rule changes were carried as a package.",
        "conference", "2016-09-25/2016-09-28",
    ),
    (
        "January NEC meeting", "2018-01-25", SITE,
        "Three new members were welcomed on the 23rd when the NEC met for the first time this year.|I "
        "asked about the democracy review.",
        "full_meeting", "2018-01-23",
    ),
    (
        "NEC 20 November", "2007-11-29", SITE,
        "The police inquiry was announced two days after the meeting; on the day nobody said a word about"
        " donations.|I asked about the deputy leader's campaign.",
        "full_meeting", "2007-11-20",
    ),
    (
        "Wednesday's thoughts", "2015-01-29", SITE,
        "Tuesday was the NEC, Wednesday is for sleeping. A hundred days to go.|The campaign chair spoke "
        "for an hour.",
        "full_meeting", "2015-01-27",
    ),
    (
        "Report of the July NEC", "2023-08-01", SITE,
        "By-elections on the Thursday before had given us Selby and not Uxbridge, so the NEC on Tuesday "
        "last had plenty to say.|The rule changes were described.",
        "full_meeting", "2023-07-25",
    ),
    (
        "NEC report", "2022-03-31", SITE,
        "At our meeting on Tuesday we were asked to proscribe three groups. I voted no.|Ukraine was the "
        "first item.",
        "full_meeting", "2022-03-29",
    ),
    (
        "Catching up", "2011-02-10", SITE,
        "I owe you a report of the NEC which met on 25 January. My computer ate the first one.|The new "
        "general secretary will be advertised shortly.",
        "full_meeting", "2011-01-25",
    ),
    (
        "All change", "2011-07-21", SITE,
        "On Tuesday evening Iain McNicol was chosen as general secretary by the NEC. I had voted for "
        "him.|The interviews took all day.",
        "full_meeting", "2011-07-19",
    ),
]  # fmt: skip

# What such people print besides, and what is printed about the NEC or about others' executives.
OTHERS = [
    (
        "Conference passes", "2012-09-21", SERIES,
        "Your pass will be posted by Friday. Visitors who have not had theirs should ring the conference "
        "office.|Bring photographs and some identification.",
    ),
    (
        "Conference passes", "2015-09-08", "",
        "The last date for ordering passes at the cheaper rate is 12 September. The desk opens at nine.",
    ),
    (
        "Cat news", "2015-02-11", SERIES,
        "Gladstone has learned to open the fridge. There was some discussion, and it was agreed that he "
        "be asked to stop.|Photos below.",
    ),
    (
        "Cat news", "2015-02-11", "My NEC reports",
        "He is fourteen today and met the new neighbour on the wall. We were told not to worry about the "
        "leg.",
    ),
    (
        "Bins again", "2010-06-11", "Jo Wren, councillor and member of Labour's NEC",
        "The county council met on Tuesday and agreed a new contract. I asked why nobody had counted the "
        "bins.|The leader of the council said that a report would come.",
    ),
    (
        "My week", "2010-06-11", SERIES,
        "On Monday I opened a fete, on Tuesday I was at the hospital board and on Wednesday I canvassed "
        "in Bury.",
    ),
    (
        "NEC sets out plan for all-women shortlists", "2009-12-02", "LabourNews",
        "Labour's ruling body has backed plans for more all-women shortlists at a meeting in London, "
        "LabourNews understands.|A party spokesperson said: “This is a fair deal.” One source said that "
        "the vote was close.",
    ),
    (
        "NEC agrees leadership timetable", "2015-05-13", "Red Post",
        "Labour's National Executive Committee has met today to agree the timetable for the contest. "
        "Nominations open on 9 June.|A senior source told Red Post the meeting was calm. Harriet Harman "
        "is expected to speak later.",
    ),
    (
        "Who sits on the NEC?", "2016-08-01", SERIES,
        "The NEC has thirty-three members. The unions have twelve, constituencies six and councillors "
        "two.",
    ),
    (
        "NEC report June 2017", "2017-06-23", "NUPS - the National Union of Print Staff > North branch",
        "The NEC met on 21 and 22 June. The pay ballot was the main business and the claim was "
        "agreed.|Branch officers should order leaflets now.",
    ),
    (
        "Executive Council news", "2014-03-10", "TSWU members' site",
        "The union's executive council met in Leicester last week and approved the accounts.|The "
        "political officer reported on the Labour NEC.",
    ),
    (
        "NEC update", "2018-10-04", "CFWU activists",
        "Dear member, the National Executive Council of the union met on Wednesday to set the date of the"
        " ballot.|The general secretary was congratulated.",
    ),
    (
        "Executive: what we did on Saturday", "2019-03-18", "Labour in Fife. SEC reports",
        "The Scottish Executive Committee met on Saturday in Stirling. Richard gave a report.",
    ),
    (
        "Report from the executive", "2016-11-21", "Ceri's notes on the Welsh Executive",
        "A busy meeting in Llandrindod on Saturday. The rules for the deputy's election were agreed 16 to"
        " 14.",
    ),
    (
        "Vote for me", "2018-06-11", SERIES,
        "Ballot papers for the NEC go out this week. I have been a member since 1983 and reported on "
        "every meeting.",
    ),
    (
        "NEC meeting on 25 May", "2010-05-20", SERIES,
        "The NEC meets on Tuesday to agree the timetable for the leadership election. Send me your views "
        "before then.|I will report afterwards.",
    ),
    (
        "Telling the NEC what you think", "2013-01-10", SERIES,
        "I get forty letters a week. Before each meeting of the NEC I read them all, and I answer most. "
        "Please keep them short.",
    ),
    (
        "Forum weekend", "2014-07-22", SERIES,
        "The National Policy Forum met in Milton Keynes from Friday to Sunday, and I was there as a "
        "member of the NEC. We agreed the last of the documents.",
    ),
    (
        "Garden diary", "2012-06-02", SERIES,
        "The broad beans met with an accident on Tuesday. I asked the slugs why.",
    ),
    (
        "Surgery dates", "2012-06-02", "Jo Wren, member of the NEC",
        "My surgeries are on the first Saturday of the month at the library. No appointment needed.",
    ),
    (
        "Holiday reading", "2015-08-02", SERIES,
        "Six books for the beach, one of them about the NEC of 1981. It was agreed in our house that I "
        "pack too many.",
    ),
    (
        "Full council", "2013-03-02", "Jo Wren: a Labour councillor's blog",
        "The budget meeting of the city council took place on Thursday. I moved an amendment and it was "
        "lost 40 to 12.",
    ),
    (
        "Cabinet away day", "2013-03-02", "Jo Wren: a Labour councillor's blog",
        "The council's cabinet had its away day on Friday. We agreed the priorities for the year and I "
        "asked about libraries.",
    ),
    (
        "Executive meeting, 3 June", "2013-06-05", "Anytown CLP: news from your constituency party",
        "The executive met on Monday and agreed the accounts. The AGM will be in July.",
    ),
    (
        "NEC ballot opens", "2020-10-20", SERIES,
        "Ballot papers for the NEC elections are arriving. Please use all nine of your preferences.",
    ),
    (
        "NEC suspends selection in three seats", "2013-06-26", "Labour Wire",
        "The NEC has suspended the selection, a party spokesman said today. Members met last night to "
        "protest.|According to one insider the report will be published soon.",
    ),
    (
        "What I shall say at the NEC on Tuesday", "2016-09-16", SERIES,
        "On Tuesday the NEC will discuss the shadow cabinet. I shall say that members want unity.",
    ),
    (
        "The NEC needs reform", "2019-07-02", "Opinion",
        "For too long the NEC has met behind closed doors. It was agreed in 1918 that it should be "
        "accountable. It is time for a change.",
    ),
    (
        "Unite executive report", "2014-12-11", "Unite North West activists",
        "The executive council met on 8 December. The general secretary reported on the dispute.",
    ),
    (
        "NEC report, 14-15 March", "2012-03-19", "NASUWT teachers' union, Leeds",
        "The NEC considered the pensions dispute and agreed a programme of action short of a "
        "strike.|Members should see the bulletin.",
    ),
    (
        "ALP National Executive meets", "2013-07-23", "",
        "The national executive of the ALP met in Canberra and agreed to intervene in the New South Wales"
        " branch.",
    ),
    (
        "SEC report", "2019-06-17", "Ann's page",
        "The Scottish Executive Committee met in Glasgow on Saturday and reviewed the European election.",
    ),
    (
        "Young Labour national committee, April", "2015-04-20", "",
        "The national committee met on Saturday. We agreed a campaign plan. I raised bursaries with the "
        "NEC youth rep.",
    ),
    (
        "NPF report: Birmingham", "2013-06-25", SERIES,
        "The policy forum met on Saturday. I attended the health session.",
    ),
    (
        "Members' briefing: what is the NEC for?", "2016-08-01", SERIES,
        "The NEC meets six times a year. It agrees the rules and runs the selections.",
    ),
    (
        "Thank you", "2012-06-19", SERIES,
        "I have been re-elected to the NEC with 31,000 votes. Thank you to everyone who voted and to "
        "those who stood.",
    ),
    (
        "Statement on today's NEC decision", "2018-07-17", "",
        "We are disappointed by the decision of the NEC. It should have listened to the community.",
    ),
    (
        "Marathon training", "2014-02-03", SITE,
        "Eleven miles on Sunday in the rain. I asked my knees and they said no.",
    ),
    (
        "Canvassing in Corby", "2012-11-10", SITE,
        "I was in Corby on Saturday with other members of the NEC. We spoke to two hundred people and the"
        " response was good.",
    ),
    (
        "A visit to Truro CLP", "2013-03-10", SITE,
        "On Friday I went to Truro to report back from the NEC. We discussed selections and I was asked "
        "about the council tax.",
    ),
    (
        "In memory of Ken", "2013-03-10", SITE,
        "Ken served on the NEC for eleven years and died on Tuesday. He was elected in 1986 and met "
        "everybody.",
    ),
    (
        "Trains", "2016-03-10", SITE,
        "The 6.58 was cancelled again yesterday. It was agreed by all on the platform that nothing works.",
    ),
    (
        "Nominate me", "2018-05-30", SITE,
        "CLPs have until 22 June to nominate. On Tuesday I asked the NEC about it and was told to expect "
        "papers soon.",
    ),
    (
        "Tower Hamlets: my view", "2013-05-30", SITE,
        "People ask me why the NEC has run selections there since 2007. I think that members deserve "
        "better.",
    ),
    (
        "Regional board notes", "2015-05-30", SITE,
        "The East Midlands regional board met on Saturday. I gave a report from the NEC and we discussed "
        "the election.",
    ),
    (
        "NEC backs Starmer over rule change", "2021-09-24", "The Daily Left",
        "The NEC voted by 22 to 12 on Friday to back changes to the leadership rules, in a victory for "
        "Keir Starmer.|“This is a power grab,” said one left-winger.",
    ),
    (
        "Council tax", "2010-02-25", SITE,
        "Full council met on Wednesday and set the rate. I voted for it, and moved an amendment on "
        "libraries which was lost.",
    ),
]  # fmt: skip


def post(title: str, published: str, around: str, text: str) -> Post:
    """Make a post of its title, its day and its paragraphs."""
    told = tuple(Passage(i, passage, "paragraph", 0) for i, passage in enumerate(text.split("|"), 2))
    day = dt.date.fromisoformat(published) if published else None
    return Post("0badcafe", 0, 1, title, (), day, (Section(1, ""),), told, False, 0, context=around)


@pytest.mark.parametrize(("title", "published", "around", "text", "kind", "when"), REPORTS)
def test_a_report_tells_what_met_and_when(title: str, published: str, around: str, text: str, kind: str, when: str):
    """The kind, and the first and last day; nothing where the post does not say."""
    told = post(title, published, around, text)
    assert kinds.kind(told)[0] == kind
    (dating,) = chronology.settle([evidence.candidates(told, kind=kind)], [told.published], [True])
    first, _, last = when.partition("/")
    assert (str(dating.start or ""), str(dating.end or "")) == (first, last or first), dating.evidence


@pytest.mark.parametrize(("title", "published", "around", "text"), OTHERS)
def test_what_else_is_printed_reports_no_meeting(title: str, published: str, around: str, text: str):
    """Cats, councils, unions, nations, the press, candidates and questions: none is a report of the NEC's meeting."""
    found, reason = kinds.kind(post(title, published, around, text))
    assert found == "not_a_report", reason
