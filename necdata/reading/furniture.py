"""The furniture of sites: what stands on a page around a post, by name, whatever the site.

Each pattern is matched against a whole line (white space trimmed, case folded). The names are what `necdata status`
and the boilerplate counts show. To teach necdata a new piece of furniture, add it here.
"""

from __future__ import annotations

import re

# Order matters where a line fits two: the first wins.
FURNITURE: dict[str, str] = {
    "archive header": (
        r"(tag|category|categories|author|monthly|daily|yearly|blog) ?archives?( for)?\b ?:?.{0,80}"
        r"|archives? (for|of)\b.{0,80}|archive:? .{0,60}|(category|month|tag|author|year|day) ?: .{0,80}"
        r"|(all )?(posts?|articles?|entries|stories) (tagged|filed|categori[sz]ed|by|in)\b.{0,80}"
        r"|(you are (here|currently browsing)|browsing|viewing)\b.{0,120}|search results.{0,80}"
        r"|(showing|displaying) .{0,30}(posts?|results|articles)\b.{0,80}|show all posts|tagged with .{0,60}"
        r"|(january|february|march|april|may|june|july|august|september|october|november|december)"
        r" (19|20)\d\d \(\d+\)"
    ),
    "email header": (
        r"(to|cc|bcc|subject|reply-to|message-id|list-.{2,20}|mime-version|content-type|fw|fwd): .{0,200}"
        r"|-{3,}.{0,60}(original message|forwarded).{0,60}-{0,12}|begin forwarded message:?|-{3,}|_{5,}|={5,}"
    ),
    "front matter": r"(title|tags|categories|layout|slug|draft|description|weight|permalink): .{0,200}",
    "share line": (
        r"share( this)?( (article|post|page|story|entry))?( (on|via|with) .{0,60})?:?|share(d)? \d+|\d+ shares?"
        r"|(share on |tweet |email |print |pin |post |save )?"
        r"(this|facebook|twitter|x|linkedin|whatsapp|pinterest|reddit|tumblr|telegram|google ?\+?|pocket|skype|bluesky|"
        r"threads|mastodon|e-?mail|print|pdf|tweet|share|stumbleupon|digg|delicious|more|copy link)"
        r"([ ,|/·•]+(facebook|twitter|x|linkedin|whatsapp|pinterest|reddit|tumblr|telegram|google ?\+?|pocket|skype|"
        r"bluesky|threads|mastodon|e-?mail|print|pdf|tweet|share|more|this|copy link))*"
        r"|click to .{3,60}\(opens in new window\).{0,40}|(e-?mail|blog) this!?( ?blogthis!?.{0,80})?"
        r"|share to .{0,60}|like this:?|like|loading\.*|like loading\.*|be the first to like this\.?"
        r"|(one|\d+) (bloggers?|people|others?) likes? this\.?|reblog( .{0,20})?"
        r"|print friendly.{0,40}|\W{0,3}\d+ shares?\W*|shares|see less|see more"
    ),
    "post foot": (
        r"(this entry was )?(posted|filed) (in|under)\b.{0,200}|this entry was posted (on|by)\b.{0,250}"
        r"|(tags?|tagged|tagged (as|with|under)|labels?|topics?|categor(y|ies)|categori[sz]ed)( ?[:]| in "
        r"| as | with ).{0,200}"
        r"|(#[\w-]+( [a-z][\w-]*){0,2}[ ,]*)+|\d+ notes?"
        r"|tagged .{1,200}|bookmark the permalink\.?.{0,80}|permalink.{0,60}|(→ )?leave a (comment|reply).{0,40}"
        r"|(no|one|\d+) (comments?|repl(y|ies)|responses?|thoughts?)( so far)?\.?( »)?( \|.{0,60})?"
        r"|comments? ?(off|closed|\(\d+\))( on .{0,120})?|comments are (off|closed|disabled).{0,80}"
        r"|add (a )?comment.{0,20}"
        r"|trackbacks?.{0,60}|\d+ pingbacks?|filed under.{0,120}|links to this post:?|create a link"
        r"|edit( this)?( post)?"
        r"|reactions:.{0,40}|posted in .{0,160}|».{1,80}|.{0,60}\badd (new )?comments?\b.{0,60}"
        r"|.{0,80}\b\d+ reads?\b.{0,20}|.{0,60} \| \d+ comments?( \|.{0,40})?"
        r"|(read|view) (the )?(original|source|full (post|article) (at|on)).{0,60}|(no"
        r"|\d+) comments?\W+(\d+ shares?)?|.{0,12}\d+ notes"
    ),
    "comment form": (
        r"nothing found|(sorry|apologies),? (but )?(nothing|no (posts|results)).{0,160}"
        r"|no (posts|results|articles) (were )?found.{0,80}"
        r"|(error )?404.{0,60}|page not found.{0,40}|it (looks|seems) (like|we can).{0,160}"
        r"|post a comment.{0,40}|leave a (comment|reply).{0,80}|cancel reply|enter your comment here.{0,10}"
        r"|your email address will not be published.{0,80}|fill in your details.{0,80}"
        r"|log ?in( or .{0,30})?( to .{0,60})?"
        r"|notify me of .{0,80}|required fields.{0,40}|save my name.{0,100}|you must be (logged|signed) in .{0,60}"
        r"|this site uses akismet.{0,120}|name ?\*?( \(required\))?|e-?mail ?\*?( \(.{0,40}\))?|website|comment ?\*?"
        r"|post comment|submit( comment)?|logged in as .{0,60}|sign in to comment.{0,40}|newer comments?"
        r"|older comments?"
    ),
    "navigation": (
        r"((←|«|‹|<+|&larr;) ?)?(older|newer|previous|next|earlier|later)( (posts?|entries|page|post"
        r"|article|articles|story))?"
        r"( ?(→|»|›|>+|&rarr;))?|(<+ ?)?home( ?>+)?|(prev(ious)?|next)( ?[|:·] ?| )(next|prev(ious)?|home)"
        r"|prev|next ?[>›»]*"
        r"|skip to (main )?(content|navigation).{0,20}|(main |primary )?(menu|navigation)|search( for:?"
        r"| this (site|blog):?)?"
        r"|(back )?to (the )?top( ↑)?|page \d+ of \d+.{0,40}|posts? (navigation|pagination)|posts pagination"
        r"|(page )?\d+( \d+)+( ?(…|\.\.\.) ?\d+)?( next ?.?)?|(home|about|contact|news|blog|search|menu"
        r"|login|log in|links|events|donate|start|prev|next|end|authors?|write for us|columnists"
        r"|join|archive|archives|policy|reports|resources|who we are|about (us|me))"
        r"([ ]*[|»>/·•:][ ]*(\w++[ ]?){1,5})+|(←|«).{1,120}|.{1,120}(→|»)|go to\.*|toggle .{0,40}"
        r"|view all.{0,40}|show more"
        r"|load more.{0,20}|(all )?(home|about|contact)( us| me)?|.{0,60}\bpage \d+ of \d+\b.{0,20}|(start"
        r"|first|prev) .{0,30}(next|end|last).{0,10}"
        r"|previous post:? .{0,120}|next post:? .{0,120}|((newsletter|unions|scotland|wales|news|comment"
        r"|columnists|events|home|about|analysis|jobs|politics|features|video|podcasts?|reports?) ?){3,}"
        r"|more articles.{0,10}"
    ),
    "print view": (
        r"hits ?: ?\d+|\d+ (views?|hits|reads)|last (updated|modified)( on)? ?:?.{0,60}|user rating.{0,60}|details"
        r"|(print|e-?mail|pdf)([ |]+(print|e-?mail|pdf))*|parent category.{0,60}|written on .{0,60}"
        r"|poor\s+(fair|.{0,40})best"
        r"|page printed from.{0,120}|printed from.{0,120}|url to article.{0,120}"
        r"|article printed from.{0,120}|font size.{0,60}"
        r"|.{0,10}reading time:? .{0,30}|\d+ min(ute)?s? read|printed? (on|at) .{0,40}|https?://\S+|www\.\S+"
    ),
    "advert": (
        r"advertis(ement|ements|ing)s?|report this ad|sponsored( content)?|value our free.{0,120}|donate( now| here)?!?"
        r"|(please )?support (us|our work|our journalism).{0,80}|become a (supporter|member|friend).{0,60}"
        r"|pledge .{0,40}|if you value what we do.{0,80}|our work depends on.{0,60}"
        r"|get our .{0,60}|from around the web.{0,20}|\W*paid\W*|sign in|user login|username:.{0,10}"
        r"|password:.{0,10}|request new password"
    ),
    "footer": (
        r"(create a free website or )?blog at wordpress\.com\.?.{0,80}|(proudly )?powered by .{0,80}|theme:? .{0,80}"
        r"|.{0,10}hit counters?.{0,40}|.{0,100}all rights reserved.{0,100}|(©|\(c\)|copyright).{0,160}|.{0,40}©.{0,120}"
        r"|follow (us|me|this blog|blog via|.{0,60} (on (twitter|facebook|instagram|x)|via email|blog)).{0,80}"
        r"|subscribe.{0,80}|.{0,40}\(atom\)|rss( .{0,30})?"
        r"|entries( \(?rss\)?| feed)?|comments( \(?rss\)?| feed)|wordpress\.(com|org)"
        r"|privacy( policy)?.{0,80}|cookies?.{0,80}|(we|this (site|website|blog)) uses? cookies.{0,160}"
        r"|terms (of (use|service)|(and|&) conditions).{0,60}|sign up (for|to) .{0,40}(e-?mail|newsletter"
        r"|updates|alerts).{0,60}|get (our|the) .{0,60}(email|newsletter|inbox).{0,40}|designed? by .{0,60}"
        r"|promoted by .{0,200}|printed and promoted .{0,200}|site (admin|map).{0,40}|join \d[\d,]* other.{0,60}"
        r"|officedepot discount|valid x?html.{0,40}|report abuse|enter your email address.{0,120}|(theme"
        r"|template) by .{0,60}"
        r"|(simple|awesome|picture window) (theme|template).{0,80}|notifications?|register"
    ),
    "sidebar": (
        r"in [\"“].{1,60}[\"”]|related|subscriptions|(also|more|elsewhere|new|today|this week) (on|at|in) .{2,40}"
        r"|who(’|')s online|there are currently .{0,60}|read next:?|the latest"
        r"|more from .{2,60}|recommended( for you)?|"
        r"(recent|latest|popular|top|related|similar|featured|other|more|most (read|commented|recent|popular))"
        r" (posts?|comments?|articles?|stories|news|entries|tweets|reports)( & pages)?( .{0,30})?:?"
        r"|archives?|categories|blogroll|blog roll|meta|tags|tag cloud|links|pages|followers"
        r"|(total )?page ?views.{0,20}"
        r"|blog archive|(view )?my complete profile|you (may|might) also (like|be interested in).{0,40}"
        r"|see also:?|about the author"
        r"|(more )?from (the|this) (blog|author|archive)s?|most (read|popular|commented|viewed)"
        r"|trending( now)?|popular|latest"
        r"|other (blogs|sites).{0,40}|(favourite|favorite|useful) (links|blogs|sites)|my (other )?blog(s| list)?"
        r"|subscribe to .{0,40}|contributors|labels|calendar|twitter( feed| updates)?|tweets( by .{0,40})?"
        r"|what(’|')s hot"
        r"|in this section|on this site|editor(’|')s picks?|like this\?.{0,60}|recommended.{0,40}"
        r"|share your thoughts.{0,40}"
    ),
}

_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in FURNITURE.items()}

IMAGE = re.compile(
    r"(?:img|dsc[nf]?|image|photo|screen ?shot|pict?|wp)[_-][\w().-]*\d[\w()-]*(?:\.(?:jpe?g|png|gif|webp))?"
    r"|[^\s/]+(?: [^\s/]+){0,3}\.(?:jpe?g|png|gif|webp|bmp|svg)|\[?(?:image|img|photo|picture)(?: ?:.{0,80})?\]?"
    r"|!\[.*\]\(.*\)",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:photo|image|picture|pictured|caption|photograph|photo credit|image credit|credit)s?(?: by|:| ?©|/).{1,160}",
    re.IGNORECASE,
)
CUT = re.compile(
    r"\(?\bcontinue reading\b.{0,160}|\(?\[?(?:read|see) (?:more|on|the rest|full (?:post|article|story|report))"
    r"(?: of this (?:entry|post|article))?(?: here)?\]?\)?\s*(?:→|»|›|>+|…|\.\.\.|&rarr;|&raquo;)*"
    r"|\(more(?:…|\.\.\.| →)?\)|more ?(?:→|»|…|\.\.\.)|\[(?:…|\.\.\.|more)\]|keep reading.{0,80}"
    r"|click (?:here )?to (?:read|continue)(?: more| reading)?.{0,60}|full (?:post|story|article"
    r"|report) ?(?:→|»|›|>+|here)"
    r"|(?:this (?:content|post) is|there is no excerpt because this is a) (?:password )?protected\b.{0,100}",
    re.IGNORECASE,
)
# At the end of a paragraph only marks that nobody writes in a sentence: capital letters, arrows, brackets.
CUT_AT_END = re.compile(
    r"(?:(?<=\s)|(?<=[.!?;:,’”\"')\]a-z]))"
    r"(Continue reading(?:\s*(?:→|»|›|…|\.\.\.|[“\"‘'].{1,140}))?"
    r"|Read (?:more|on|the rest of this (?:entry|post))\s*(?:→|»|›|…|\.\.\.|>+)*"
    r"|\(more(?:…|\.\.\.| →)?\)|\[(?:…|\.\.\.|more)\]|(?:More|more) ?(?:→|»))\s*$"
)


def name(line: str) -> str:
    """Name the furniture a line is, or return "" for what may be somebody's text.

    >>> name("Share this Article"), name("« Older posts"), name("Leader's report")
    ('share line', 'navigation', '')
    """
    line = " ".join(line.split())
    if not line or len(line) > 260:
        return ""
    for found, pattern in _PATTERNS.items():
        if pattern.fullmatch(line):
            return found
    return ""
