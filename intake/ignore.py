"""Files and folders in a watched folder that are nobody's document.

Office lock files and autosaves, downloads under way, and the system's own litter. WPS and Office
write a new file beside the old one and rename it over; those in-between names are here too.
"""

from fnmatch import fnmatchcase
from pathlib import Path

RECEIVED = "已收"

_FILES = (
    "~$*",
    ".~*",
    "~wr*.tmp",
    "._*",
    ".*.sw?",
    "*.tmp",
    "*.temp",
    "*.crdownload",
    "*.part",
    "*.partial",
    "*.download",
    "*.filepart",
    "*.lock",
    "*.lnk",
    "*.asd",
    "*.wbk",
    "*.bak",
    "*.wps~",
    "*~",
    "~*.wps",
    "~*.et",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".ds_store",
    ".directory",
    ".fuse_hidden*",
    ".nfs*",
    ".goutputstream-*",
)
_FOLDERS = (
    RECEIVED,
    "$recycle.bin",
    "system volume information",
    "@eadir",
    "#recycle",
    ".trash*",
    ".git",
    "__macosx",
)


def ignored(path: Path, root: Path) -> bool:
    """Whether `path`, somewhere under the watched folder `root`, is to be passed over."""
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return True
    return not parts or any(ignored_folder(part) for part in parts[:-1]) or ignored_file(parts[-1])


def ignored_file(name: str) -> bool:
    """By its name alone."""
    return _any(name, _FILES)


def ignored_folder(name: str) -> bool:
    """By its name alone: nothing in it is looked at."""
    return _any(name, _FOLDERS)


def _any(name: str, patterns: tuple[str, ...]) -> bool:
    folded = name.casefold()
    return any(fnmatchcase(folded, pattern) for pattern in patterns)
