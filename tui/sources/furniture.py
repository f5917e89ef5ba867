"""Lines of a story's text that are furniture of its page, and the blocks without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from tui.news.model import Block, Figure, Heading, ListBlock, Paragraph, Quote, Rule, Text
from tui.sources.containers import texts_of
from tui.sources.controls import is_control, is_share_bar
from tui.sources.inline import join, lines_of

_JOIN = (
    r"(?:(?:follow|join|subscribe|like|find)\b.{0,40}\b(?:us|our|to|on|the)|(?:suivez|rejoignez|retrouvez|abonnez)-(?:nous|vous)|"
    r"(?:تابعوا?|تابعونا|انضموا?|اشتركوا?|للاشتراك|لمتابعة)|(?:הצטרפו|עקבו|הירשמו|הרשמו))"
)
_CHANNEL = (
    r"(?:facebook|twitter|instagram|telegram|whatsapp|youtube|tiktok|google news|newsletter|channel|chaîne|"
    r"قناتنا|قناة|صفحتنا|فيسبوك|تلغرام|تليغرام|تيليغرام|واتساب|نشرتنا|النشرة البريدية|(?:غوغل|جوجل) نيوز|"
    r"(?:ב|ל|ה)?(?:ערוץ|פייסבוק|טלגרם|טוויטר|ווטסאפ|וואטסאפ|ניוזלטר)|"
    r"کانال|تلگرام|اینستاگرام|چینل|واٹس ایپ|فیس بک)"
)
_JOIN_LAST = r"(?:بپیوندید|دنبال کنید|عضو شوید|فالو کریں|جوائن کریں|سبسکرائب کریں)"

ADVERT = (
    r"(?:advertisement|advert|sponsored(?: content)?|publicité|annonce|annons(?:e|ør|ørinnhold)?|anzeige|werbung|"
    r"publicidad|pubblicità|reklama?|реклама|advertentie|(?:محتوى )?(?:إعلان|اعلان|إشهار)(?:ات|ي)?|مساحة إعلانية|"
    r"פרסומת|תוכן ממומן|تبلیغ(?:ات)?|آگهی|اشتہار)"
)
"""What stands over what somebody paid for."""

LINES = re.compile(
    rf"^\W*(?:{ADVERT}|"
    r"شكرا على الإبلاغ.*|سيتم حجب هذه الصورة تلقائيا.*|(?:الإبلاغ|إبلاغ|أبلغ) عن (?:صورة|إعلان|إشهار|محتوى|خطأ).{0,60}|"
    r"(?:إذا|إن) (?:كنت|رأيت|وجدت)\b.{0,30}\b(?:هذه )?(?:ال)?صورة\b.{0,40}\b(?:[فو]?(?:أبلغ|ابلغ|بلّ?غ|الإبلاغ)).{0,30}|"
    r"انقر\s+هنا\s+لقراءة\s+الخبر.*|"
    r"(?:اقرأ|إقرأ|أقرأ|اقرؤوا|إقرؤوا|اقرا|طالع|شاهد)\s+(?:أيضا|أيضاً|ايضا|أيضًا|كذلك|المزيد|أكثر)\b.*|"
    r"(?:مواضيع|أخبار|مقالات|مواد) (?:ذات صلة|مرتبطة|متعلقة|قد تهمك|مشابهة)\b.{0,80}|قد (?:يهمك|يعجبك)\b.*|"
    r"المزيد من\s.{0,60}|"
    r"تابع(?:وا)? (?:أحدث الأخبار عبر|صفحتنا|"
    r"آخر الأخبار).*|تابعونا (?:على|عبر).*|يمكن(?:كم?|نا) متابعة .{0,80}\b(?:عبر|على)\b.{0,60}|"
    r"(?:تابع|انضم|اشترك)(?:وا)? .{0,30}\b(?:قناتنا|صفحتنا|نشرتنا|حسابنا|مجموعتنا|تطبيقنا)\b.{0,60}|"
    r"(?:حمل|حمّل|نزل|نزّل)(?:وا)? (?:تطبيق|التطبيق)\b.{0,60}|"
    r"(?:شارك|مشاركة|شاركها|انشر)(?: (?:المقال|الخبر|هذا|على|عبر|الموضوع|صحافة).*)?|نسخ الرابط|تم النسخ|طباعة|"
    r"الوسوم.*|كلمات (?:دلالية|مفتاحية).*|"
    r"(?:lire|voir|à lire) (?:aussi|également|la suite)\b.*|(?:à|a) ne pas manquer.*|sur le même (?:sujet|"
    r"thème).*|partager(?: (?:sur|cet article|l'article).*)?|"
    r"(?:imprimer|envoyer (?:à un ami|par (?:mail|courriel|e-?mail))|print|e-?mail this)(?:\W+[^.!?]{0,40})?|"
    r"cliquez ici pour lire.*|suivez-nous sur.*|merci pour (?:votre signalement|le signalement).*|"
    r"cette image sera masquée.*|"
    r"(?:read|see|watch) (?:also|more)\b.*|also read\b.*|related (?:articles?|stories|news|posts?|topics)\b.*|"
    r"you may (?:also )?like.*|recommended for you.*|"
    r"share (?:this|on|via)\b.*|share|follow us on.*|click here to read.*|"
    r"(?:sign up|subscribe)(?: now)? (?:for|to)\b.{0,80}|"
    r"never miss (?:a story|the latest|an? (?:update|article))\b.*|we want to hear (?:what you think|from you)\b.*|"
    r"to (?:view|read) the (?:full|rest of (?:the|this)) (?:story|article),? (?:please )?(?:subscribe|sign|log).*|"
    r"pour accéder (?:à l'intégralité|en illimité)\b.*|permalien|"
    r"(?:skip past|after) newsletter promotion|thank you for reporting.*|this image will be (?:hidden|blocked).*|"
    r"(?:גרסה ל|ל)?הדפס[הו]?|שלחו? לחבר.*|نسخه چاپی|ارسال به دوستان?|نسخة للطباعة|أرسل (?:إلى|ل)\s?صديق.*|"
    r"(?:(?:عدد )?(?:المشاهدات|القراءات|الزيارات|بازدید)|views|vues|צפיות)\s*:?\s*\d[\d,.]*|"
    r"\d[\d,.]*\s*(?:views|vues|مشاهدة|قراءة|צפיות|بازدید)|"
    r"انتهای پیام\W*\d*|(?:report an? (?:error|typo|mistake)|signaler une (?:erreur|faute)|(?:נתקלתם|מצאתם|נפלה) "
    r"(?:ב)?טעות|گزارش خطا).{0,60}|"
    r"il vous reste \d[\d.,]*\s?% de (?:cet article|ce contenu)\b.*|la suite est réservée aux abonnés.*|"
    r"(?:identifiez|connectez)-vous|(?:pour )?ajouter (?:l'|cet |l’)article à (?:vos|mes) .*|"
    r"personnalisez votre actualité.*|vidéos? : en ce moment.*|story continues (?:below|after).*|"
    r"(?:posted|filed) (?:in|under) .*|publié dans .*|פורסם ב.*תגובות.*|"
    r"קראו (?:גם|עוד).*|לקריאה נוספת.*|עוד בנושא:.{0,100}|"
    r"(?:copy link|copier le lien|העתק(?:ת)? (?:ה)?קישור|کپی (?:لینک|پیوند))|"
    r"כתבות נוספות.*|שתפו.*|אולי יעניין אותך.*|"
    r"بیشتر بخوانید.*|همچنین بخوانید.*|مطالب مرتبط.*|اشتراک[‌ ]گذاری.*|"
    r"(?:©|\(c\)|copyright\b|all rights reserved|tous droits réservés|(?:(?:جميع|كل|كافة) )?الحقوق محفوظة|"
    r"כל הזכויות שמורות|"
    r"(?:کلیه|تمامی|تمام) حقوق|جملہ حقوق).*|"
    rf"(?:.{{0,60}}\W)?{_JOIN}\b.{{0,60}}\b{_CHANNEL}\b.{{0,60}}|"
    rf".{{0,60}}\b{_CHANNEL}\b.{{0,60}}{_JOIN_LAST}.{{0,30}}|"
    r"(?:یہ بھی|مزید) (?:پڑھیں|پڑھئے|پڑھیے).*|متعلقہ خبریں.*|شیئر کریں.*|"
    r"(?:cet article|ce contenu|cette page) est (?:réservée? aux|offerte? par un) abonnée?s?.*|"
    r"(?:je m.abonne|s.abonner|déjà abonnée? ?\?).{0,40}|"
    r"this (?:article|story|content|page) is (?:only )?(?:for|available to|reserved for) (?:our )?subscribers.*|"
    r"(?:already (?:a |an )?(?:subscriber|member)|(?:please )?(?:log|sign) in|subscribe now)\b.{0,60}|"
    r"هذا (?:المقال|المحتوى|الموضوع) (?:مخصص|متاح|حصري) (?:فقط )?ل(?:ل)?(?:مشتركين|أعضاء)\b.*|"
    r"(?:اشترك|سجل)(?:وا)? (?:الآن|لقراءة|لتقرأ|للمتابعة)\b.{0,60}|هل أنت مشترك\b.{0,60}|"
    r"(?:הכתבה|התוכן) (?:מיועדת?|זמינה?|פתוחה?)? ?למנויים.*|כבר מנויי?ם?\b.{0,40}|"
    r"(?:(?:ال)?عودة|(?:ال)?رجوع)(?: (?:إلى|الى|ل)\s?(?:ال)?(?:قائمة|رئيسية|صفحة .{1,20}|أعلى.{0,10}|أخبار))?|"
    r"back(?: to (?:the )?(?:top|home|list|index|news|(?:home|front|main) ?page))?|"
    r"retour(?: (?:à la liste|à l.accueil|au sommaire|en haut.{0,12}))?|"
    r"חזרה(?: ל(?:רשימה|מעלה|עמוד .{1,20}|דף .{1,20}))?|بازگشت(?: به (?:بالا|فهرست|صفحه .{1,20}))?"
    r")\W*$",
    re.IGNORECASE,
)
"""A whole line that is furniture, in Arabic, French, English, Hebrew, Persian and Urdu."""

COMMENTS = re.compile(
    r"^\W*(?:\d+ (?:comments?|replies|responses|thoughts) (?:to|on) .*|"
    r"\d*\s*(?:comments?|commentaires?|réactions|(?:ال)?تعليقات?|תגובות|نظرات?|دیدگاه\W?ها|تبصرے)\s*\(?\d*\)?\W*)$",
    re.IGNORECASE,
)
"""The heading of readers' comments."""

LEADS = re.compile(
    r"^\W*(?:(?:اقرأ|إقرأ|أقرأ|طالع|شاهد)\s+(?:أيضا|أيضاً|ايضا|أيضًا|كذلك|المزيد)|قد يهمك.{0,10}|"
    r"(?:مواضيع|مواد|أخبار|مقالات) (?:ذات صلة|مرتبطة|متعلقة|مشابهة|مماثلة|أخرى)|"
    r"(?:à )?lire aussi|sur le même sujet|(?:read|see) also|also read|read more|related (?:articles?|stories|"
    r"news)|more (?:on this(?: story| topic)?|stories|(?:from|about|in) [^.!?]{0,40})|you may also like|"
    r"קראו (?:גם|עוד)|כתבות נוספות|(?:עוד )?בנושא(?: זה)?|עוד באתר|"
    r"(?:people are also reading|you might also like).{0,3}|"
    r"(?:the )?most (?:popular|read|viewed|shared|commented|watched)(?: (?:in|on|from|this) .{1,30})?|"
    r"(?:articles )?les plus (?:lus|vus|partagés|commentés)|(?:ال)?أكثر (?:قراءة|مشاهدة|تداولا|تفاعلا|شعبية)|"
    r"הנקרא[וי]ת ביותר|הכי נקרא(?:ים|ות)|پر(?:بازدید|بیننده)‌?ترین.{0,10}|"
    r"à (?:lire|voir|écouter|découvrir)(?: aussi| également)?|(?:voir|écouter|découvrir) (?:aussi|également)|"
    r"(?:lesen|sehen|hören) sie (?:auch|hier|mehr)|mehr zum thema.{0,20}|auch interessant|"
    r"weitere (?:informationen|meldungen)|"
    r"(?:lea|lee|vea) (?:también|además|más)|más información|leggi anche|leia (?:também|mais)|lees (?:ook|meer|verder)|"
    r"les(?: også| mer)|läs (?:också|mer)|læs også|czytaj (?:też|także|również|więcej)|čtěte také|"
    r"читайте (?:также|ещё)|по теме|(?:bunu|ayrıca) (?:da )?okuyun|baca juga|"
    r"next article|article suivant|المقال التالي|بیشتر بخوانید|مطالب مرتبط|یہ بھی پڑھیں|مزید پڑھیں)\W*$",
    re.IGNORECASE,
)
"""A line that introduces a list of links to other stories, which goes with it."""


_SEPARATORS = re.compile(r"\s+[|\-–—»•·:]{1,2}\s+|\s*[|｜]\s*")
"""Between a page's headline and its site's name in <title>."""
_TOLD = 100
"""Characters: a line of this length tells the story."""
_SENTENCE = 60
_BEGINNINGS = re.compile(
    r"(?:read|see|watch|share|follow|join|subscribe|sign up|related|you may|lire|voir|suivez|"
    r"اقرأ|شاهد|طالع|شارك|مشاركة|المزيد|تابع)"
    r"(?! ?\w* ?(?:us|nous|this (?:article|story))\b)[^:]{20}",
    re.IGNORECASE,
)
"""How sentences may begin too; what a colon follows leads to something else."""
_LEAD_WORD = re.compile(
    r"\W*|[^.!?؟]{2,30}[:|]\s*|"
    r"\W*(?:à lire|à voir|lire|voir|read|see|watch|related|more|اقرأ|شاهد|طالع|المزيد|קראו|צפו|بخوانید|پڑھیں)\W*",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|mp[34]|jpe?g|png)$", re.IGNORECASE)


def without_furniture(blocks: tuple[Block, ...], title: str = "", base: str = "") -> tuple[Block, ...]:
    """``blocks`` without lines of furniture, lists of links they introduce, and the title said again.

    ``base`` is the page's address: what is nothing but a link to another page of its site leads away from the story.
    """
    kept: list[Block] = []
    captions: set[str] = set()
    blocks = _from_title(_without_doors(blocks, base) if base else blocks, title)
    leading = teased = False
    for block in _without_controls(blocks):
        line = _line(block)
        if line is not None and _is_furniture(line) and not _tells(block, line):
            leading, teased = bool(LEADS.match(line)), False
            continue
        if leading and (_leads_away(block) or (teased and isinstance(block, Paragraph))):
            teased = isinstance(block, Heading)  # the next paragraph says what that story is about
            continue
        leading = teased = False
        if line and _is_title(line, title) and not any(isinstance(b, Paragraph) for b in kept):
            continue
        if isinstance(block, Paragraph) and len(block.text.text) >= _SENTENCE and block.text.text in captions:
            continue  # a gallery says under the picture what it says beside it
        if isinstance(block, Figure):
            captions |= {block.image.caption, block.image.alt}
        kept.append(block)
    while kept and isinstance(kept[-1], Heading | Rule):
        kept.pop()
    return tuple(kept)


def _is_furniture(line: str) -> bool:
    counted = any(letter.isdigit() for letter in line)  # the bare word may be a heading of the story's
    return bool(LINES.match(line) or LEADS.match(line) or (counted and COMMENTS.match(line)))


def _is_title(line: str, title: str) -> bool:
    """Is it the title, or what the title says beside the site's name?"""
    return line == title or (line in title and line in title_parts(title))


def title_parts(title: str) -> list[str]:
    """A page's title in its parts: headline, section, the site's name; the title itself when it has none."""
    return _SEPARATORS.split(title)


def _without_controls(blocks: Iterable[Block]) -> Iterator[Block]:
    return (told for block in blocks if (told := _told(block)) is not None)


def _told(block: Block) -> Block | None:
    """``block`` without the lines that are furniture, or None when it is nothing else."""
    if is_share_bar(block):
        return None
    if not isinstance(block, Paragraph):
        return block
    if "\n" not in block.text.text:
        return None if is_control(block.text.text) else block
    lines = lines_of(block.text)
    told = [
        line for line in lines if not is_control(line.text) and (len(line.text) >= 300 or not LINES.match(line.text))
    ]
    if len(told) == len(lines):
        return block
    return Paragraph(join(told, "\n")) if told else None


_TELLING = re.compile(r".{50}[^\d.][.!?؟۔][\"»”]?$", re.DOTALL)
"""A line that tells something, however short the story's paragraphs are."""


def _from_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """``blocks`` from the heading that says the title on, if only short lines stand before it."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _says_title(block.text.text, title):
            return blocks[:index] + blocks[index + 1 :]
        if isinstance(block, Heading) and _is_title(block.text.text, title):
            return tuple(b for b in blocks[:index] if isinstance(b, Figure)) + blocks[index:]
        line = _line(block) or " " * _TOLD
        if not isinstance(block, Figure | Rule) and (len(line) >= _TOLD or _TELLING.search(line)):
            break
    return blocks


def _says_title(text: str, title: str) -> bool:
    """Is it the title with short lines round it, in one paragraph: section, title, date and name?"""
    lines = text.split("\n")
    return len(lines) > 1 and title in lines and all(len(line) < _TOLD for line in lines if line != title)


def _without_doors(blocks: tuple[Block, ...], base: str) -> tuple[Block, ...]:
    """``blocks`` without the paragraphs and lists that only link to other pages of the site, if the rest is a story."""
    rest = tuple(block for block in blocks if not _is_door(block, base))
    told = sum(isinstance(block, Paragraph) for block in rest)
    return rest if told > 2 * (len(blocks) - len(rest)) else blocks


def _is_door(block: Block, base: str) -> bool:
    if isinstance(block, ListBlock):
        opening = [_opens(text, base) for text in texts_of(block)]
        return sum(opening) * 5 >= len(opening) * 4
    return isinstance(block, Paragraph) and _opens(block.text, base)


def _opens(text: Text, base: str) -> bool:
    """Is all of it, but a word that leads to it, links to other pages of the site?"""
    links = [mark for mark in text.marks if mark.href]
    if not links or not all(_is_elsewhere(mark.href, base) for mark in links):
        return False
    before, rest = text.text[: links[0].start], links[0].start
    for mark in links:
        if re.search(r"\w", text.text[rest : mark.start]) and mark is not links[0]:
            return False
        rest = mark.end
    return bool(_LEAD_WORD.fullmatch(before)) and not re.search(r"\w", text.text[rest:])


def _is_elsewhere(href: str, base: str) -> bool:
    here, there = urlsplit(base), urlsplit(href)
    same = bool(here.hostname) and there.hostname == here.hostname
    page = (there.path, there.query) != (here.path, here.query) and there.path not in ("", "/")
    return same and page and not _FILE.search(there.path)


def _tells(block: Block, line: str) -> bool:
    """Is it a sentence that only begins like furniture: "Read more closely, the figures say something else."?"""
    linked = any(mark.href for text in texts_of(block) for mark in text.marks)
    return not linked and len(line) >= _SENTENCE and line.endswith(".") and bool(_BEGINNINGS.match(line))


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
