"""Lines that are the buttons of a page: of galleries and players ("Close", "Image caption", "1 of 4"), of sharing."""

from __future__ import annotations

import re

from tui.news.model import Block, ListBlock, Paragraph, Text
from tui.sources.containers import texts_of

_IMAGE = r"(?:the |this )?(?:image|photo|picture|gallery|slideshow|video|caption|lightbox)(?:s(?!\w))?"
_GALLERY = (
    rf"(?:(?:open|view|show|hide|toggle|close|enlarge|expand|zoom) {_IMAGE}(?: in (?:gallery|full ?screen|lightbox))?)|"
    r"(?:image|media|photo|video) (?:caption|gallery)|caption|close(?: modal| dialog| window)?|"
    rf"(?:(?:image|photo|slide|picture) )?\d{{1,3}} ?(?:of|sur|من|از|מתוך) ?\d{{1,3}}|"
    r"(?:click|tap) to (?:enlarge|expand|zoom)|"
    r"(?:previous|next)(?: (?:image|photo|slide))?|show (?:more|less)|read less|load(?:ing)?(?: more)?\.{0,3}|"
    r"(?:keep|continue) reading|up next|full ?screen|(?:un)?mute|play(?: video)?|pause|"
    r"(?:agrandir|fermer|voir|afficher)(?: (?:l'image|la légende|la galerie|le diaporama|plus))|"
    r"légende|fermer|agrandir|(?:(?:image|photo) )?(?:précédente?|suivante?)|"
    r"تعليق الصورة|إغلاق|اغلاق|(?:ال)?صورة \d{1,3} من \d{1,3}|(?:الصورة )?(?:التالي|السابق)ة?|"
    r"عرض (?:المزيد|أقل|الصور|الصورة)|"
    r"(?:اضغط (?:هنا )?ل)?تكبير الصورة|تشغيل الفيديو|"
    r"סג(?:ור|ירה)|הבאה?|הקודמת?|(?:ה)?גדל(?:ת)? (?:ה)?תמונה|תמונה \d{1,3} מתוך \d{1,3}|הצג עוד|"
    r"بستن|بعدی|قبلی|توضیح تصویر|تصویر \d{1,3} از \d{1,3}|بند کریں|تصویر کا کیپشن|اگلی تصویر|پچھلی تصویر"
)
_CREDIT = (
    r"(?:image|photo|media|video) (?:source|credit)s?[,:،] ?[^.!?]{2,60}|crédits? photos? ?[,:] ?[^.!?]{2,60}|"
    r"مصدر الصورة[,:،] ?[^.!؟]{2,60}|منبع تصویر[,:،] ?[^.!؟]{2,60}|تصویر کا ذریعہ[,:،] ?[^.!؟۔]{2,60}"
)
_NETWORKS = (
    r"facebook|twitter|x|whats ?app|telegram|linked ?in|pinterest|reddit|messenger|instagram|threads|bluesky|"
    r"(?:e-?)?mail|copy(?: link)?|print|"
    r"فيس ?بوك|تويتر|إكس|اكس|واتس ?[اآ]ب|تل[يغ]?[غج]?رام|تي?ليغ?ج?رام|لينكد ?إن|بينتر?ست|ماسنجر|مسنجر|انستغرام|"
    r"(?:ال)?بريد(?: (?:ال)?إلكتروني)?|نسخ(?: الرابط)?|طباعة|"
    r"פייסבוק|טוויטר|וו?אטסאפ|טלגרם|מייל|אימייל|(?:ה)?דפסה|"
    r"فیس ?بوک|توئیتر|توییتر|واتس ?اپ|تلگرام|واٹس ?ایپ|ٹوئٹر|لینکدین|ای ?میل|imprimer|courriel|partager|share|"
    r"شارك|مشاركة|שתפו"
)
_BUTTONS = re.compile(rf"(?>[\W_]*(?>{_GALLERY}))+[\W_]*", re.IGNORECASE)
_CREDITS = re.compile(rf"\W*(?:{_CREDIT})\W*", re.IGNORECASE)
_NAMES = re.compile(rf"[\W_]*(?:{_NETWORKS})[\W_]*", re.IGNORECASE)
_SEVERAL_NAMES = re.compile(rf"(?>[\W_]*(?>{_NETWORKS})){{2,12}}[\W_]*", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"(?:\$\$|%%|\[\[|\{\{|\[%)[\w .:-]{2,40}(?:\$\$|%%|\]\]|\}\}|%\])")
"""Where a program was to put something else: "$$AD$$", "{{ related }}"."""
_SHARER = re.compile(
    r"(?:https?:)?//(?:www\.|m\.)?(?:facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share)|wa\.me/|"
    r"(?:(?:api|web)\.)?whatsapp\.com/send|t\.me/share|"
    r"telegram\.me/share|linkedin\.com/(?:share|cws|sharing)|pinterest\.[a-z]+/pin/create|reddit\.com/submit)",
    re.IGNORECASE,
)
_HANDING_ON = re.compile(r"(?:whatsapp|fb-messenger|viber|tg|line):|mailto:\?|javascript:.{0,20}print", re.IGNORECASE)
"""Addresses by which a browser hands the page on to a program."""
_LONGEST = 120
_FEW = 3


def is_control(line: str) -> bool:
    """Is the line nothing but buttons, or the credit of a picture?"""
    if len(line) > _LONGEST:
        return False
    if _PLACEHOLDER.fullmatch(line):
        return True
    return bool(_BUTTONS.fullmatch(line) or _CREDITS.fullmatch(line) or _SEVERAL_NAMES.fullmatch(line))


def is_share_bar(block: Block) -> bool:
    """Is it a list or a line of the places where the story can be passed on to?"""
    if not isinstance(block, ListBlock | Paragraph):
        return False
    texts = texts_of(block)
    if not texts or not all(len(text.text) <= _LONGEST and _NAMES.fullmatch(text.text) for text in texts):
        return bool(texts) and all(_shares(text) for text in texts)
    return len(texts) >= _FEW or any(_shares(text) for text in texts)


def _shares(text: Text) -> bool:
    links = [mark for mark in text.marks if mark.href]
    linked = sum(mark.end - mark.start for mark in links)
    return bool(links) and linked * 2 > len(text.text) and all(is_sharer(mark.href) for mark in links)


def is_sharer(address: str) -> bool:
    """Does a link lead to where the page can be passed on?"""
    return bool(_HANDING_ON.match(address) or _SHARER.match(address))
