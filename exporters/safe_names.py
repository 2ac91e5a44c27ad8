"""File names that every system and every web platform takes, and that hide nothing."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80
"""Characters before the ending; 240 bytes in UTF-8, and Windows allows 260 for a whole path."""

_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(\..*)?", re.IGNORECASE)
# What Windows forbids, as the sign a reader of Chinese would write.
_FULL_WIDTH = str.maketrans(
    {
        "<": "〈",
        ">": "〉",
        ":": "：",
        '"': "”",
        "/": "／",
        "\\": "＼",
        "|": "｜",
        "?": "？",
        "*": "＊",
    }
)


def safe(title: str, suffix: str, taken: Collection[str] = ()) -> str:
    """A name from a title: no controls, no direction marks, no reserved names, not too long.

    `taken` holds names already given; differing only in case counts as the same.
    """
    text = unicodedata.normalize("NFC", title)
    # Cc controls, Cf direction marks and zero-width signs, Cs lone surrogates, Co and Cn unknown.
    text = "".join(" " if c in "\t\r\n\u2028\u2029" else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    text = re.sub(r"\s+", " ", text.translate(_FULL_WIDTH)).strip(" .")
    text = text[:LONGEST].rstrip(" .") or "未命名"
    if _RESERVED.fullmatch(text):
        text = "_" + text
    used = {name.casefold() for name in taken}
    name, number = text + suffix, 2
    while name.casefold() in used:
        name = f"{text}-{number}{suffix}"
        number += 1
    return name


def suffix_of(kind: str, name: str) -> str:
    """The ending that tells the truth: by the kind found in the bytes, else by the name."""
    if kind not in {"ole", "empty", "unknown", ""}:
        return f".{kind}"
    found = re.search(r"\.([A-Za-z0-9]{1,8})$", name)
    return f".{found.group(1).lower()}" if found else ""
