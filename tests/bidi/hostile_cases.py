"""Texts made to cost more than their length. Each is a pattern that is repeated up to the length asked for."""

ALEF, BEH = "א", "ب"
LRI, RLI, FSI, PDI = "\u2066\u2067\u2068\u2069"
LRE, RLE, PDF, LRO, RLO = "\u202a\u202b\u202c\u202d\u202e"

CASES: dict[str, tuple[str, str, str]] = {
    # name: (once before, repeated, once behind)
    "bracket pairs": ("", "א(ب)", ""),
    "crossed brackets": (ALEF, ")(", ""),
    "open brackets": (ALEF, "(", ""),
    "nested brackets": ("", ALEF + "[" * 60 + ALEF + "]" * 60, ""),
    "nested brackets around the other direction": ("", ALEF + "[(" * 30 + "a" + ")]" * 30, ""),
    "brackets that close others": ("", ALEF + "[" * 62 + ")" * 60, ""),
    "open isolates": ("", RLI, ""),
    "isolate pairs": (ALEF, RLI + ALEF + PDI, ""),
    "stray ends of isolates": (ALEF, PDI, ""),
    "first strong isolates, open": ("", FSI, ALEF),
    "first strong isolates": ("", "a" + FSI + ALEF + PDI, ""),
    "isolates of two kinds, open": ("", LRI + FSI, ALEF),
    "isolates with marks": ("", FSI + "\u0300", ALEF),
    "stairs of isolates": ("", (RLI + ALEF + LRI + "a") * 60 + PDI * 120, ""),
    "stairs of embeddings": ("", (RLE + ALEF + LRE + "a") * 60 + PDF * 120, ""),
    "embeddings": ("", RLE + ALEF + PDF, ""),
    "embeddings, open": (ALEF, LRE + ALEF, ""),
    "overrides": ("", RLO + "a" + PDF, ""),
    "overrides with an open isolate": (LRO, RLI + "a" + PDF, ""),
    "marks": (ALEF, "\u0300", ""),
    "marked letters": ("", ALEF + "\u0300", ""),
    "marks out of order": (BEH, "\u0301\u0316", ""),
    "number and sign": ("", "א#1", ""),
    "signs": (ALEF, "#", ""),
    "signs away from a number": ("א1a", "#", ""),
    "signs before a number": ("", "1a##", ""),
    "separators": (BEH, "1,", ""),
    "letters of two directions": ("", "aא", ""),
    "letter and number": ("", "ب1", ""),
    "levels": ("", "אa1 ", ""),
    "boundary neutrals": ("", "א\u200c", ""),
    "blanks": (ALEF, " ", "a"),
    "letter and blank": ("", "א ", ""),
    "blank and zero width space": ("אa", " \u200b", ALEF),
    "tabs": ("", "א\t", ""),
    "separators of paragraphs": ("", "א\u2029", ""),
    "lines": ("", "א\n", ""),
    "one long word": ("", BEH, ""),
    "lam-alef": ("", "لا", ""),
    "tashkeel": ("", "بَّ", ""),
    "zero width joiners": ("", "ب\u200d", ""),
    "zero width non-joiners": ("", "\u200c", BEH),
    "pictographs": ("", "😀", ""),
    "joined pictographs": ("", "👨\u200d", ""),
    "skin tones": ("👍", "🏽", ""),
    "flags": ("", "🇫", ""),
    "jamo": ("", "\u1100\u1161", ""),
    "vowels on one syllable": ("가", "\u1161", ""),
    "virama": ("", "क्", ""),
    "spacing vowel signs": ("क", "\u093e", ""),
    "prepended signs": ("", "\u0600", ""),
    "Thai": ("", "ก", ""),
    "ideographs": ("", "日", ""),
    "ideographs with commas": ("", "日、", ""),
    "hyphens": ("", "-", ""),
    "Hebrew with hyphens": ("", "א-", ""),
    "quotes": ("", '"', ""),
    "prices": ("", "$(1", ""),
    "open brackets and blanks": ("", "( ", ""),
    "address": ("", "http://a.example/b?c=d&f/", ""),
    "escapes": ("", "\x1b", ""),
    "open control strings": ("", "\x1b]", ""),
    "8-bit control strings": ("", "\x9d", ""),
    "8-bit control strings with text": ("", "\x9dab", ""),
    "endless control sequence": ("\x1b[", "1;", ""),
    "titles": ("", "\x1bk", ""),
    "tags": ("", "\U000e0041", ""),
    "surrogates": ("", "\ud800", ""),
    "variation selectors": ("", "a\ufe0f", ""),
    "soft hyphens": ("", "a\u00ad", ""),
    "phrases in one character": ("", "\ufdfa", ""),
    "no-break spaces": ("", "\xa0 ", "a"),
}


def hostile_text(name: str, length: int) -> str:
    """The case at about that many code points."""
    before, repeated, behind = CASES[name]
    return before + repeated * (length // len(repeated)) + behind


def every_code_point(length: int) -> str:
    """Code points that no table has seen yet, one after the other."""
    return "".join(map(chr, range(0x1000, 0x1000 + length)))


def plain(text: str, length: int) -> str:
    """Ordinary text of that length."""
    return (text + " ") * (length // len(text)) + text[: length % len(text)]
