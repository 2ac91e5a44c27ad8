"""Passwords as Argon2id hashes. `hasher` is the one place where their cost is set."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _standard() -> "PasswordHasher":
    """RFC 9106's second choice (64 MiB, 3 passes): an office PC has 4 GB."""
    from argon2 import PasswordHasher  # wanted only after the sign-in box has been shown

    return PasswordHasher()


# Tests put a cheap one here.
hasher: "Callable[[], PasswordHasher]" = _standard

_nobody: "dict[PasswordHasher, str]" = {}


def make(password: str) -> str:
    """The text that is stored for a password."""
    return hasher().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. None (no such officer) costs the same time."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return hasher().verify(stored or _decoy(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether the stored text was made at another cost and should be made anew."""
    return hasher().check_needs_rehash(stored)


def _decoy() -> str:
    used = hasher()
    if used not in _nobody:
        _nobody[used] = used.hash("nobody has this password")
    return _nobody[used]
