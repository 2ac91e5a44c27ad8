"""Field codes that are themselves what a reader sees, in every Word format ([MS-OE376], EQ)."""

import re

_BUTTON = re.compile(r"\s*(?:MACRO|GOTO)BUTTON\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_FORMULA = re.compile(r"\s*EQ\s+(.*)", re.IGNORECASE | re.DOTALL)
# Switches with their measures, the names of fonts, and the brackets that hold the parts together.
_SWITCHES = re.compile(r'\\\*\s*(?:"[^"]*"|\w+)|\\[a-z]{1,2}\d*(?:\s+-?\d+)?|[\\()]', re.IGNORECASE)
SHOWN = "域显示的文字"


def shown_by(code: str) -> str:
    """The letters that stand on the page because of a code: pinyin over a name, a circled figure,
    the words of a button. "" for a code that only its result shows."""
    button = _BUTTON.fullmatch(code)
    if button is not None:
        return button[1].strip()
    formula = _FORMULA.fullmatch(code)
    if formula is None:
        return ""
    return " ".join(re.split(r"[,;，\s]+", _SWITCHES.sub(" ", formula[1]))).strip()
