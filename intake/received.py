"""Moving a file that was taken in out of the inbox: after the commit, never before."""

import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from intake import ignore


def put_away(path: Path, inboxes: Sequence[Path]) -> Path:
    """Move `path` under the 已收 folder of its inbox, under a free name; where it lies then.

    Inner folders are kept, so that what came together stays together. A file that lies in no inbox
    goes to a 已收 folder beside it. Raises OSError; the file is then where it was.
    """
    root = next((box for box in inboxes if box in path.parents), path.parent)
    folder = root / ignore.RECEIVED / path.relative_to(root).parent
    folder.mkdir(parents=True, exist_ok=True)
    target = _reserve(folder, path)
    try:
        path.replace(target)
    except OSError:
        target.unlink()
        raise
    return target


def _reserve(folder: Path, path: Path) -> Path:
    """A new empty file under a free name: two programs never choose the same one."""
    for number in count(1):
        name = path.name if number == 1 else f"{path.stem}（{number}）{path.suffix}"
        target = folder / name
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            continue
        return target
    raise AssertionError  # count() does not end
