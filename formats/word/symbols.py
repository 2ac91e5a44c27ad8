"""The signs of Word's symbol fonts: what w:sym shows, told by font and code.

In these fonts a code is a picture's number, not a letter: 0xAB in Wingdings is the star of a
secrecy mark, though Latin-1 has « there. Source: UTC L2/12-368 (Wingdings), with the common sign
in place of a rare one that looks like it; a sign that is not here keeps its bare code.
"""

_SIGNS: dict[str, dict[int, str]] = {
    "wingdings": {
        **{0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0x76: "❖", 0xA7: "▪", 0xA8: "□"},
        **{0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xAD: "✴", 0xAE: "✹", 0xAF: "✵"},
        **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {0x2A: "∗", 0x2D: "−", 0xA8: "♦", 0xB4: "×", 0xB7: "•", 0xB8: "÷"},
}


def sign(font: str, code: int) -> str:
    """What the character shows; "" where it is none. `code`: as written, U+F000 onwards or bare."""
    if 0xF020 <= code <= 0xF0FF:
        code -= 0xF000
    known = _SIGNS.get(font.strip().lower(), {}).get(code)
    if known is not None:
        return known
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""
