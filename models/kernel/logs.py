"""The program's log: one file in the home, kept small; never a document's text, name or number."""

import logging
from pathlib import Path

_LARGEST = 1024 * 1024
_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def begin(folder: Path) -> None:
    """Write the log to `folder/desk.log`; where there is no such folder, keep none.

    A log that has grown too large becomes `desk.log.1` first. Nothing is ever written to stderr.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    # At DEBUG peewee prints the values of each statement.
    logging.getLogger("peewee").setLevel(logging.INFO)
    root.addHandler(_handler(folder))


def _handler(folder: Path) -> logging.Handler:
    file = folder / "desk.log"
    try:
        if not folder.is_dir():
            return logging.NullHandler()
        if file.exists() and file.stat().st_size > _LARGEST:
            file.replace(folder / "desk.log.1")
        # Opened only when there is something to say.
        handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORM))
    return handler
