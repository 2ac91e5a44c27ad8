"""What a reader sees of a text. Pure.

Not `str.isprintable`: it also calls rare han unprintable that stand in villagers' names, those of
the private use areas and those newer than this Python.
"""

import unicodedata

# Control, format (zero width, turned writing) and surrogate characters, line and paragraph ends.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def seen(text: str) -> bool:
    """Whether every character is one that a reader sees on one line."""
    return not any(unicodedata.category(c) in _UNSEEN for c in text)


def line(text: str) -> str:
    """One line of what a reader sees: line ends become spaces, what is unseen goes."""
    if seen(text):
        return text.strip()
    kept = (" " if c.isspace() else c for c in text if c.isspace() or seen(c))
    return "".join(kept).strip()
