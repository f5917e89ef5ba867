"""Texts for property tests: any code point, with a taste for those that make trouble."""

from hypothesis import strategies as st

_TROUBLE = (
    "abc XYZ 0123٠١۲۳ +-#$%.,:;/()[]{}<>«»!?'\"…\u3008\u3009\u2329\u232a"
    "אבגדלאלاآأإلالابتسشهکگیےھںۃەۂ،؛؟ـ"
    "\u0300\u0301\u0316\u0488\u0591\u05b8\u064b\u064e\u0651\u0654\u0670\u06dd\u0600"
    "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\xa0"
    "日本語、。한국ก็ำक्षिக்ஷ்\u1100\u1161\u11a8\u115f\u1160"
    "😀👍👨👩🏽🇫🇷❤☎\ufe0e\ufe0f\u20e3\U000e0041\U000e007f"
    "\ufdfa\ufdfd\ufefb\ufe8e\ufedf\ufe70\ufb1d\ufb4f\ufdf2\U00012031\u2e3b\ufdd0\uffff\ue000\U0010ffff\ud800\udfff"
    "\x00\x07\x08\t\n\x0b\x0d\x1b[]P_^\\X\x7f\x80\x84\x85\x90\x98\x9b\x9c\x9d\x9e\x9f31mc\u2028\u2029\u3000\u2007"
)
_WORDS = ("لا", "ل\u064e\u0651أ", "می\u200cشود", "👨\u200d👩\u200d👧", "\x1b[31m", "🇫🇷", "abc", " ", "12", "(א)")
hostile = st.one_of(
    st.text(st.sampled_from(_TROUBLE), max_size=60),
    st.text(st.one_of(st.sampled_from(_TROUBLE), st.characters()), max_size=60),
    st.lists(st.sampled_from(_WORDS), max_size=15).map("".join),
)
