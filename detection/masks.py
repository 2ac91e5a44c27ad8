"""What to put in place of a find, and how to show it where the bare text may not stand.

There is no national standard of masks for notices; the defaults are those of
domain/disclosure.md A11 (PIPL art. 6: least impact).
"""

import re
from collections.abc import Callable

from detection.normal import plain

_LONGEST = 60
_LONG_NUMBER = re.compile(r"[0-9]{5,}")


def _stars(count: int) -> str:
    return "*" * max(count, 1)


def _ends(text: str, head: int, tail: int) -> str:
    bare = text if text.isalnum() else re.sub(r"[\s-]", "", text)
    if len(bare) <= head + tail + 3:
        return bare[:1] + _stars(len(bare) - 1)
    return bare[:head] + _stars(len(bare) - head - tail) + bare[len(bare) - tail :]


def mask_id(text: str) -> str:
    """First two and last three characters."""
    return _ends(text, 2, 3)


def mask_phone(text: str) -> str:
    """138****1234; a country code is dropped."""
    digits = re.sub(r"\D", "", text)[-11:]
    return _ends(digits, 3, 4)


def mask_landline(text: str) -> str:
    """Area code and the last two digits."""
    digits = re.sub(r"\D", "", text)
    area = 3 if digits.startswith(("01", "02")) else 4
    return _ends(digits, area if digits.startswith("0") else 1, 2)


def mask_account(text: str) -> str:
    """The last four digits."""
    return _ends(text, 0, 4)


def mask_plate(text: str) -> str:
    """Province, letter and the last character."""
    return _ends(text.replace("·", ""), 2, 1)


def mask_email(text: str) -> str:
    """First character and domain."""
    user, _, domain = text.partition("@")
    return f"{user[:1]}***@{domain}"


def mask_name(text: str) -> str:
    """The surname and a star a character; two-character surnames count as one character more."""
    bare = text.strip()
    return bare[:1] + _stars(len(bare) - 1)


def mask_address(text: str) -> str:
    """Down to village or community, else to the township, else nothing."""
    for ending in ("村", "社区", "居委会", "镇", "乡", "街道"):
        head, found, _ = text.partition(ending)
        if found:
            return head + ending + "***"
    return "***"


def mask_word(text: str) -> str:
    """Nothing but the length, at most four stars."""
    return _stars(min(len(text), 4))


def keep(text: str) -> str:
    """The text itself: a mark or a kind of document is no secret."""
    return text


def delete(text: str) -> str:
    """Nothing."""
    del text
    return ""


MASKS: dict[str, Callable[[str], str]] = {
    "id": mask_id,
    "phone": mask_phone,
    "landline": mask_landline,
    "account": mask_account,
    "plate": mask_plate,
    "email": mask_email,
    "name": mask_name,
    "address": mask_address,
    "word": mask_word,
    "keep": keep,
    "delete": delete,
}


_ODD = re.compile(r"[0-9]{5}|\s")
"""What a line is shown without."""


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Blanks folded, cut after `longest` characters."""
    folded = " ".join(text.split())
    return folded if len(folded) <= longest else folded[: longest - 1] + "…"


def masked(suggest: str, text: str) -> str:
    """`text` under the mask of this name; full-width and invisible characters are folded first."""
    return text if suggest == "keep" else MASKS[suggest](plain(text))


def safe(text: str) -> str:
    """`text` as a list or the catalogue may hold it: one line, cut, long numbers starred."""
    if len(text) <= _LONGEST and not _ODD.search(text):
        return text
    return one_line(_LONG_NUMBER.sub(_starred, text))


def _starred(number: re.Match[str]) -> str:
    return _stars(len(number[0]))
