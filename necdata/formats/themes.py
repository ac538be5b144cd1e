"""The class names and ids that themes of WordPress, Blogger, Joomla, Drupal and news sites share, by what they mean.

A name counts whatever element it stands on: lower case, "_" read as "-", a number at its end dropped. To teach
necdata a theme's names, add them here.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Order matters where a name fits two: the first wins.
NAMES: dict[str, str] = {
    "form": (
        r"respond|comment-?(form|respond|reply)(-.*)?|reply-(title|form)|commentform|post-?comment|"
        r"add-comment|comments-closed|nocomments|comment-form-.*"
    ),
    "comments": (
        r"comments?-?(area|list|section|wrap(per)?|container|thread|template|holder|block|blocks|inner|"
        r"widget)|comments|commentlist|comment-?list|responses|discussion|disqus-thread|disqus.*|dsq-.*|"
        r"fb-comments|comments-block|jcomments|jc|komento.*"
    ),
    "comment": r"comment|comment-(item|entry|single|node)|commentitem|reader-comment|user-comment|div-comment",
    "title": (
        r"(entry|post|article|story|node|blog-?post|blog-?item|item|journal-entry|news|news-?item|"
        r"single(-post)?|content)-?(title|headline|heading|name)|headline|contentheading|content-heading|"
        r"p-name|storytitle|wp-block-post-title|(entry|post|article|node|story)--?title|node--?title|u-title"
    ),
    "caption": (
        r"(wp-)?caption(-text)?|wp-element-caption|tr-caption|(image|img|photo|media|gallery|"
        r"picture)-?(caption|credit|desc(ription)?)(-.*)?|photocredit|pic-?caption"
    ),
    "cut": (
        r"more-link(-.*)?|read-?more(-link|-button)?|readmore|continue-?reading(-link)?|jump-link|"
        r"excerpt-more|more-tag|post-password-form"  # a post that only those who know its password can read
    ),
    "share": (
        r"sharedaddy|sd-.*|shar(e|ing)|shar(e|ing)-.*|social|social-.*|addtoany.*|addthis.*|a2a.*|"
        r"jp-likes.*|(post|entry|article)-?(likes?|share|sharing|social)(-.*)?|shr-.*|fb-(like|share).*|"
        r"tweet-?(button|meme).*|at-share.*|essb.*|heateor.*|post-icons|item-control|star-ratings?|(share|"
        r"social)(buttons?|links?|bar|icons?)|wpl-likebox|robots-nocontent|bookmarks?|sociable|retweet|"
        r"print-?friendly|likes?"
    ),
    "foot": (
        r"(entry|post|article|node)-?(footer|utility|foot|bottom|tools|actions|links|tags|labels|terms|"
        r"categories|category|cats)(-.*)?|entry-footer|postmetadata|cat-links|tags?-links?|tag-?list|tags|"
        r"labels|posttags|categor(y|ies)|comments?-?(link|count|links)|edit-link|posted-in|filed(-under)?|"
        r"wp-block-post-terms|terms|permalink|trackbacks?|pingbacks?|backlinks.*|reaction-.*|(inline|"
        r"links)-?links|links-inline|post-comment-link|hits|item-?hits|item-?category|email-icon|print-icon|"
        r"actions|icons|buttonheading|article-?tools|tagcloud|kicker|eyebrow|category-name|itemtags.*|"
        r"reading-?time|feedflare|appeared-first"
    ),
    "sidebar": (
        r"side-?bars?(-.*)?|widgets?|widget-?area|secondary|tertiary|rail|(right|left)-?(rail|sidebar)|"
        r"related|related-?(posts?|articles?|stories|content|news|links|reading)(-.*)?|jp-relatedposts|"
        r"yarpp.*|crp-?related|rp4wp.*|more-(from|stories|articles|news|posts)(-.*)?|also-like|"
        r"you-may(-also)?(-like)?|recommended(-.*)?|recommendations|trending|popular(-.*)?|most-(read|"
        r"popular|viewed|commented)|author-?(bio|box|info|profile|description|card)(-.*)?|"
        r"about-?(the-)?author|bio|newsletters?(-.*)?|sign-?up(-.*)?|mailing-?list|subscri(be|ption)(-.*)?|"
        r"mc-embed.*|advert(s|isement|ising)?(-.*)?|ads?|ad-(unit|slot|container|wrapper)|promo(s|"
        r"ted)?(-.*)?|banner-?ad|sponsor(ed|s)?(-.*)?|moduletable.*|blogroll|donat(e|ion)(-.*)?|support-?us|"
        r"cookies?(-.*)?|popup|modal|teasers?-?list|(latest|recent)-?(posts|news|articles|comments|"
        r"stories)(-.*)?|column-(left|right)(-.*)?|wpadvert.*|wordads.*|profile(-.*)?|next-?article.*|"
        r"explore-more|signpost|calendar|login-?form|poll"
    ),
    "navigation": (
        r"nav|navi|navbar|navigation|.{1,40}-navigation|nav-?(links?|previous|next|menu|main|below|above|"
        r"single|bar|wrap(per)?|primary)|main-?nav|menus?|(main|primary|top|site|footer|header|sub)-?(menu|"
        r"nav)(bar)?|pagination|paging|pager|page-?links|wp-pagenavi|bread-?crumbs?|pathway|blog-pager|"
        r"(post|posts|page)-?nav(igation)?|skip-?(link|to|nav).*|screen-reader-text|sr-only|visually-hidden|"
        r"assistive-text|prev(ious)?-?next|pagenav.*|page-?numbers|menu-.{1,40}-container|toolbar|"
        r"search-?(form|box|bar)?|back-?to-?top|toc|alphabar|language-?switcher"
    ),
    "footer": (
        r"site-?(footer|info)|footers?|page-?footer|footer-(widgets?|area|inner|bottom|wrap(per)?|credits?|"
        r"text|content)|colophon|credits?|copyright|imprint|disclaimer|attribution|legal|promoted-?by|"
        r"powered-?by"
    ),
    "author": (
        r"(post|entry|article|blog|story|node)-?-?author(s|-name|-link)?|authors?(-name|-link)?|fn|writer|"
        r"contributors?|p-author|createdby|byline-?(author|name)|wp-block-post-author(-name)?|itemauthor"
    ),
    "date": (
        r"date-header|((post|entry|article|publish(ed|ing)?|posted|story|news|item|blog|created?|"
        r"submitted)-)?(date(-?time)?|time-?stamp|pub-?date|published(-date)?)|createdate|postdate|"
        r"entrydate|pubdate|dt-published|wp-block-post-date|date-?line|itemdatecreated|created"
    ),
    "byline": (
        r"by-?line(-.*)?|(entry|post|article|story|blog|node|item|news)-?-?(meta|info|by-?line|details|data|"
        r"credit)(-(data|header|info|top|wrap(per)?|inner|line))?|meta|metadata|posted-(on|by)|"
        r"post-?header-line.*|article-info|submitted|author-?(date|line)|credit-?line|dateline|"
        r"itemheader-?info|wp-block-post-author.*"
    ),
    "body": (
        r"(entry|post|article|story|blog|blog-?post|blog-?item|node|single(-post)?|item|news|page|main|"
        r"td-post)-?-?(content|body|copy|fulltext|full-?text)(-.*)?|(entry|article|post)-?text|e-content|"
        r"story-?text|snap-preview|storycontent|content-body|itemfulltext|itemintrotext|bodytext|"
        r"body-?(copy|text|content)|rich-?text|wysiwyg|markdown|available-content|field-(name|type)-body|"
        r"field--name-body|articlebody|wp-block-post-content|prose|usertext-body"
    ),
    "summary": (
        r"(entry|post|article|story|blog|node|item)-?-?(summary|excerpt|snippet|teaser|intro)|excerpt|"
        r"teaser|p-summary|snippet|summary|wp-block-post-excerpt|introtext"
    ),
    "post": (
        r"post|hentry|h-entry|post-outer|blog-?post|blog-?item|article|node|item-?page|news-?item|entry|"
        r"storyentry|itemview|item|leading|items-leading|journal-entry|post-entry|entry-wrap(per)?|"
        r"archive-post|type-post|posts-?item"
    ),
}
KINDS = {kind: re.compile(pattern) for kind, pattern in NAMES.items()}


@lru_cache(maxsize=20_000)
def name_kind(name: str) -> str:
    """Tell what a class name or id stands for, "" where it says nothing.

    >>> name_kind("entry-title"), name_kind("post_footer"), name_kind("wrapper")
    ('title', 'foot', '')
    """
    token = re.sub(r"[-_]*\d{1,12}$", "", name[:60].lower()).replace("_", "-")
    return next((kind for kind, pattern in KINDS.items() if token and pattern.fullmatch(token)), "")
