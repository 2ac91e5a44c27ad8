"""Counts as files write them: digits of any length, of which Python converts no more than 4300."""

_MOST_DIGITS = 18


def whole(text: str, otherwise: int = 1) -> int:
    """A whole number, a very large one for too many digits; `otherwise` for anything else."""
    if not (text.isascii() and text.isdigit()):
        return otherwise
    digits = text.lstrip("0")
    return int(digits or "0") if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS
