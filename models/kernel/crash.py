"""What is kept when the program is at fault: where it happened, on this machine only."""

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)


def keep(folder: Path, error: BaseException) -> Path | None:
    """Write types, files and lines. No message, no locals: they may hold a document's text.

    None when the folder cannot be written.
    """
    at = datetime.now(UTC)
    lines = [f"{at.isoformat(timespec='seconds')}  Python {sys.version.split()[0]}", ""]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__module__ + "." + type(cause).__qualname__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    file = folder / f"crash-{at:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        log.warning("a crash file could not be written")
        return None
    return file
