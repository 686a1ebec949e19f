"""The normal form of texts: as they are stored, and as they are compared."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_ENDS_OF_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""Slides and word processors break lines with all of these."""
_BLANKS = re.compile("[\t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""What no reader sees (Unicode's default ignorables), and what turns the text after it around."""
_JOINERS = re.compile("[\u200c\u200d]+")
_FIRST_JOINED = "\u0590"
"""From here on letters and emoji are joined by characters that nobody sees; Latin ones never."""
_VARIANTS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Marks a word may be written without. Those of Indic scripts and of kana make another word."""
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4\u2032\uff07]")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i"})
_BETWEEN = re.compile(r"(?<!\d) | (?!\d)")
_MINUS = re.compile("(?:(?<=\\s)|^)[-\u2010-\u2012\u2212](?=\\d)")


def normal_line(text: str) -> str:
    """Return a line as it is stored: composed, without what cannot be seen, with single blanks."""
    return " ".join(filter(None, _BLANKS.sub(" ", normal_lines(text)).split(" ")))


def normal_lines(text: str) -> str:
    """Return a text of any number of lines as it is stored: every character a reader sees."""
    if text.isascii():  # Most texts: the rest would not change them.
        return _ENDS_OF_LINES.sub("\n", text).strip()
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", _ENDS_OF_LINES.sub("\n", text)))
    text = _BLANKS.sub(lambda blank: blank[0] if blank[0] in "\t\n" else " ", text)
    return unicodedata.normalize("NFC", _JOINERS.sub(_joiner, text)).strip()


def _joiner(run: re.Match[str]) -> str:
    before, after = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    return run[0][0] if before >= _FIRST_JOINED and after >= _FIRST_JOINED else ""


def folded(text: str) -> str:
    """Return words without case, accents and punctuation: ``René O'Brien`` is ``rene obrien``."""
    if not text.isascii():
        text = _VARIANTS.sub("", normal_lines(text))
        text = _fixed(lambda part: unicodedata.normalize("NFKD", part).casefold(), text)
        text = _ACCENTS.sub("", text).translate(_UNDECOMPOSED)
        text = _UNSEEN.sub("", text)
    text = _APOSTROPHES.sub("", text.casefold())
    return " ".join("".join(map(_plain, text)).split())


@lru_cache(maxsize=4096)  # The same phrases come again in every session of an episode.
def letters_only(text: str) -> str:
    """Return what is left of a text where only its letters and numbers are compared.

    ``Marie-Luise`` is ``Marieluise``; but 1.5 is not 15, nor is -5 what 5 is.
    """
    signed = _MINUS.sub("\N{MODIFIER LETTER MINUS SIGN}", normal_line(text))
    return _BETWEEN.sub("", folded(signed))


def number_key(number: str) -> str:
    """Return a patient's number as it is compared: without blanks, in whatever dashes."""
    return letters_only("".join(normal_line(number).split())).replace(" ", "-")


def says_nothing(text: str) -> bool:
    """Say whether a text has no letter, digit or symbol that a reader would see."""
    return not letters_only(text)


def _fixed(change: Callable[[str], str], text: str) -> str:
    """Return the text changed until it stays: letters become other letters more than once."""
    changed = change(text)
    return changed if changed == text else _fixed(change, changed)


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return " " if kind[0] in "PZC" else character
