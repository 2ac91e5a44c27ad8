"""Words in certificates and seals: strings of ASN.1 that hold Chinese (X.690; GB/T 38540)."""

import re

from formats.carving import is_likely

# UTF8String and BMPString.
_CODES = {0x0C: "utf-8", 0x1E: "utf-16-be"}
_BMP = 0x1E
_TAG = re.compile(rb"[\x0c\x1e]")
_HAN = range(0x4E00, 0xA000)


def words_in(data: bytes) -> list[str]:
    """Names of people, offices and issuers, in the order they stand, each once.

    Every byte may be the tag of a short string: what is none does not decode.
    """
    found: dict[str, None] = {}
    for tag in _TAG.finditer(data, 0, max(len(data) - 1, 0)):
        at = tag.start()
        size = data[at + 1]
        raw = data[at + 2 : at + 2 + size]
        if not 3 <= size < 128 or len(raw) < size:
            continue
        try:
            words = raw.decode(_CODES[data[at]])
        except UnicodeDecodeError:
            continue
        han = any(ord(letter) in _HAN for letter in words)
        if han and words.isprintable() and (data[at] != _BMP or is_likely(words)):
            found[words] = None
    return list(found)
