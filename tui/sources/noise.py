"""What stands in a page beside the story: share bars, advertisements, "read also", report notices, tickers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.news.model import Block, Figure, Heading, ListBlock, Paragraph, Quote, Rule
from tui.sources.containers import texts_of
from tui.sources.measure import EMPTY, Size, measure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NOISE_WORDS = frozenset(
    [
        "share",
        "sharing",
        "sharebar",
        "shares",
        "social",
        "socials",
        "socialmedia",
        "addthis",
        "sharethis",
        "addtoany",
        "a2a",
        "related",
        "relatedposts",
        "advert",
        "adverts",
        "advertisement",
        "advertising",
        "ads",
        "ad",
        "adsense",
        "adsbygoogle",
        "banner",
        "promo",
        "promotion",
        "sponsored",
        "sponsor",
        "outbrain",
        "taboola",
        "newsletter",
        "subscribe",
        "subscription",
        "comments",
        "comment",
        "commentlist",
        "disqus",
        "respond",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "pager",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "ticker",
        "marquee",
        "breaking",
        "mostread",
        "popular",
        "trending",
        "recommended",
        "recommendations",
        "recommend",
        "also",
        "readalso",
        "readmore",
        "seealso",
        "tags",
        "taglist",
        "tagcloud",
        "sidebar",
        "widget",
        "widgets",
        "footer",
        "masthead",
        "menu",
        "navbar",
        "nav",
        "navigation",
        "toolbar",
        "print",
        "printer",
        "jp",
        "sharedaddy",
        "authorbox",
        "bio",
        "byline",
        "report",
        "abuse",
        "popup",
        "modal",
        "overlay",
        "paywall",
        "follow",
        "whatsapp",
        "facebook",
        "twitter",
        "telegram",
        "login",
        "signup",
        "weather",
        "prayer",
        "rating",
        "vote",
        "poll",
        "skip",
        "copyright",
        "disclaimer",
    ]
)
_WEAK_WORDS = frozenset(
    [
        "nav",
        "menu",
        "footer",
        "banner",
        "breaking",
        "report",
        "bio",
        "byline",
        "rating",
        "vote",
        "weather",
        "jp",
        "follow",
        "print",
        "copyright",
        "ad",
        "also",
        "comment",
        "popular",
    ]
)
"""Words that decide only about small elements: a whole story may stand in "breaking-news-article"."""
_NEVER_WORDS = frozenset(
    ("cookie", "cookies", "consent", "gdpr", "comments", "commentlist", "disqus", "respond", "newsletter")
)
"""Words of what may hold most of a page's text without being its story."""
_LINKED_WORDS = frozenset(("card", "cards", "teaser", "teasers", "promo", "tile", "box"))
"""Words of what leads to another story when it is nothing but a link."""
_NOISE_ROLES = frozenset(
    ("navigation", "banner", "complementary", "contentinfo", "search", "alert", "dialog", "menu", "toolbar")
)
_NOISE_TAGS = frozenset(("nav", "aside", "footer", "form"))
_KEPT = frozenset(("html", "body", "main", "article"))
_WHOLE = frozenset((*_KEPT, None))
_SMALL = 600
_HEADING = 60

LINES = re.compile(
    r"^\W*(?:"
    r"شكرا على الإبلاغ.*|سيتم حجب هذه الصورة تلقائيا.*|(?:الإبلاغ|إبلاغ|أبلغ) عن (?:صورة|إعلان|إشهار|محتوى|خطأ).{0,60}|"
    r"انقر\s+هنا\s+لقراءة\s+الخبر.*|"
    r"(?:اقرأ|إقرأ|أقرأ|اقرؤوا|إقرؤوا|اقرا|طالع|شاهد)\s+(?:أيضا|أيضاً|ايضا|أيضًا|كذلك|المزيد|أكثر)\b.*|"
    r"(?:مواضيع|أخبار|مقالات|مواد) (?:ذات صلة|مرتبطة|متعلقة|قد تهمك|مشابهة)\b.{0,80}|قد (?:يهمك|يعجبك)\b.*|"
    r"المزيد من\s.{0,60}|"
    r"(?:إعلان|اعلان|إشهار|اعلانات|إعلانات|مساحة إعلانية|محتوى إعلاني)|تابعوا? (?:أحدث الأخبار عبر|صفحتنا|"
    r"آخر الأخبار).*|تابعونا (?:على|عبر).*|"
    r"(?:شارك|مشاركة|شاركها|انشر)(?: (?:المقال|الخبر|هذا|على|عبر|الموضوع|صحافة).*)?|نسخ الرابط|تم النسخ|طباعة|"
    r"الوسوم.*|كلمات (?:دلالية|مفتاحية).*|"
    r"(?:lire|voir|à lire) (?:aussi|également|la suite)\b.*|(?:à|a) ne pas manquer.*|sur le même (?:sujet|"
    r"thème).*|publicité|annonce|partager(?: (?:sur|cet article|l'article).*)?|"
    r"(?:imprimer|envoyer (?:à un ami|par (?:mail|courriel|e-?mail))|print|e-?mail this)(?:\W+[^.!?]{0,40})?|"
    r"cliquez ici pour lire.*|suivez-nous sur.*|merci pour (?:votre signalement|le signalement).*|"
    r"cette image sera masquée.*|"
    r"(?:read|see|watch) (?:also|more)\b.*|also read\b.*|related (?:articles?|stories|news|posts?|topics)\b.*|"
    r"you may (?:also )?like.*|recommended for you.*|advertisement|sponsored(?: content)?|"
    r"share (?:this|on|via)\b.*|share|follow us on.*|click here to read.*|(?:sign up|subscribe) (?:for|to) (?:our|"
    r"the).{0,80}|thank you for reporting.*|this image will be (?:hidden|blocked).*|"
    r"(?:גרסה ל|ל)הדפסה|שלחו? לחבר.*|نسخه چاپی|ارسال به دوستان?|نسخة للطباعة|أرسل (?:إلى|ل)\s?صديق.*|"
    r"קראו (?:גם|עוד).*|כתבות נוספות.*|פרסומת|תוכן ממומן|שתפו.*|אולי יעניין אותך.*|"
    r"بیشتر بخوانید.*|همچنین بخوانید.*|مطالب مرتبط.*|تبلیغات|تبلیغ|اشتراک[‌ ]گذاری.*|"
    r"(?:یہ بھی|مزید) (?:پڑھیں|پڑھئے|پڑھیے).*|متعلقہ خبریں.*|اشتہار|شیئر کریں.*"
    r")\W*$",
    re.IGNORECASE,
)
"""A whole line that is furniture, in Arabic, French, English, Hebrew, Persian and Urdu."""

COMMENTS = re.compile(
    r"^\W*\d*\s*(?:comments?|commentaires?|réactions|(?:ال)?تعليقات?|תגובות|نظرات?|دیدگاه\W?ها|تبصرے)\s*\(?\d*\)?\W*$",
    re.IGNORECASE,
)
"""The heading of readers' comments."""

_LEADS = re.compile(
    r"^\W*(?:(?:اقرأ|إقرأ|أقرأ|طالع|شاهد)\s+(?:أيضا|أيضاً|ايضا|أيضًا|كذلك|المزيد)|مواضيع ذات صلة|أخبار ذات صلة|"
    r"مقالات ذات صلة|قد يهمك.{0,10}|"
    r"(?:à )?lire aussi|sur le même sujet|(?:read|see) also|also read|read more|related (?:articles?|stories|"
    r"news)|more (?:on this(?: story| topic)?|stories|(?:from|about|in) [^.!?]{0,40})|you may also like|"
    r"קראו (?:גם|עוד)|כתבות נוספות|בני?ושא זה|بیشتر بخوانید|مطالب مرتبط|یہ بھی پڑھیں|مزید پڑھیں)\W*$",
    re.IGNORECASE,
)
"""A line that introduces a list of links to other stories, which goes with it."""


def is_noise(node: LexborNode, size: Size, whole: Size) -> bool:
    """True for an element of ``size`` whose name, role, class or id says that it is not the story.

    ``whole`` is the page: what holds most of its text, and few links, is the story whatever it is called.
    """
    tag = node.tag or ""
    if tag in _NOISE_TAGS:
        return True
    attributes = node.attributes
    if not attributes or tag in _KEPT:
        return False
    if tag == "blockquote":  # a post of somebody's, named after where it was posted, or the card of another story
        return size.link_share > 0.8
    if attributes.get("role") in _NOISE_ROLES:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if len(names) < 2 or len(names) > 1000:
        return False
    named = {word.lower() for word in _WORDS.findall(names)}
    if named & _LINKED_WORDS and size.link_share > 0.8:
        return True
    words = named & _NOISE_WORDS
    if not words:
        return False
    if "articleBody" in (attributes.get("itemprop") or ""):
        return False
    if words & _NEVER_WORDS and node.css_first("h1, article, main") is None:
        return True
    if size.text * 2 >= whole.text and size.link_share < 0.3:
        return False
    if words <= _WEAK_WORDS:
        return size.text < _SMALL
    return size.text < 4 * _SMALL or size.link_share > 0.4


def noise_in(root: LexborNode) -> Callable[[LexborNode], bool]:
    """``is_noise`` for the elements below ``root``."""
    sizes = measure(root)
    whole = sizes.get(root.mem_id, EMPTY)
    return lambda node: bool(node.is_element_node) and is_noise(node, sizes.get(node.mem_id, EMPTY), whole)


def prune(root: LexborNode) -> None:
    """Take the noise out of the tree below ``root``, outermost elements first."""
    noise = noise_in(root)
    node = root.child
    stack: list[LexborNode] = []
    while node is not None or stack:
        if node is None:
            node = stack.pop().next
            continue
        if noise(node):
            following = node.next
            node.decompose()
            node = following
            continue
        child = node.child
        if child is not None:
            stack.append(node)
            node = child
        else:
            node = node.next
    _prune_comments(root)


def _prune_comments(root: LexborNode) -> None:
    """Take out what stands under "12 comments": a list of them may be longer than the story."""
    for heading in root.css("h2, h3, h4, h5")[:50]:
        text = heading.text()
        if len(text) > _HEADING or not COMMENTS.match(text):
            continue
        above = heading.parent
        if above is not None and above.tag not in _WHOLE and above.css_first("h1, article, main") is None:
            above.decompose()
            return
        while (following := heading.next) is not None:
            following.decompose()
        heading.decompose()
        return


def without_furniture(blocks: tuple[Block, ...], title: str = "") -> tuple[Block, ...]:
    """``blocks`` without lines of furniture, lists of links they introduce, and the title said again."""
    kept: list[Block] = []
    leading = teased = False
    for block in blocks:
        line = _line(block)
        if line is not None and (LINES.match(line) or _LEADS.match(line)):
            leading, teased = bool(_LEADS.match(line)), False
            continue
        if leading and (_leads_away(block) or (teased and isinstance(block, Paragraph))):
            teased = isinstance(block, Heading)  # the next paragraph says what that story is about
            continue
        leading = teased = False
        if (
            isinstance(block, Heading)
            and title
            and block.text.text == title
            and not any(isinstance(b, Paragraph) for b in kept)
        ):
            continue
        kept.append(block)
    while kept and isinstance(kept[-1], Heading | Rule):
        kept.pop()
    return tuple(kept)


def _line(block: Block) -> str | None:
    """The block's text when it is a single short line."""
    if isinstance(block, Figure | Rule):
        return None
    texts = texts_of(block)
    if not texts or (len(texts) > 1 and not isinstance(block, Quote)):
        return None
    text = texts[0].text
    return text if len(text) < 300 and "\n" not in text else None


def _leads_away(block: Block) -> bool:
    """Is it nothing but links: to other stories, behind a line that introduces them?"""
    if isinstance(block, ListBlock):
        return _all_links(block)
    return isinstance(block, Paragraph | Heading) and _is_link(block)


def _is_link(block: Paragraph | Heading) -> bool:
    text = block.text
    linked = sum(mark.end - mark.start for mark in text.marks if mark.href)
    return linked * 10 >= len(text.text) * 8


def _all_links(block: ListBlock) -> bool:
    return all(_is_link(Paragraph(text)) for text in texts_of(block))
