"""A process that makes mutants and reads them: `python -m tests.proof.reading_child FOLDER`.

Each line on its standard input is `[specimen, seed]`, a file of FOLDER and the mutant's number;
each line it answers says how the reading ended. It makes no process and leaves no file.
"""

import io
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path

import detection
from detection import rulebook
from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Reading, Segment, Trouble, Unreadable
from intake import codec, frames
from tests.proof.mutants import mutant

# Small limits: what is tried is how a reading ends, not how much it can hold.
LIMITS = Limits(opened_bytes=8 * 1024 * 1024, entries=2000, segments=200_000)
MEMORY = 1500 * 1024 * 1024


def ended(data: bytes, name: str) -> str:
    """ "reading", "unreadable", or what else came out, with the line of ours it came from."""
    try:
        found = read_stream(io.BytesIO(data), Budget(LIMITS), name)
        _used(found)
    except Unreadable as error:
        return "unreadable" if error.text.endswith("。") else f"no sentence: {error.text!r}"
    except MemoryError:
        return "unreadable"  # as the examining child says
    except Exception as error:  # noqa: BLE001 anything else is what is looked for
        ours = [
            f"{Path(f.filename).parent.name}/{Path(f.filename).name}:{f.lineno}"
            for f in traceback.extract_tb(error.__traceback__)
        ]
        return f"{type(error).__name__}: {error!s:.80} at {' < '.join(reversed(ours[-4:]))}"
    return "reading"


def _used(found: Reading) -> None:
    """What the examining child does with a reading: rules run over it, and it is sent by pipe."""
    detection.scan(found, rulebook.load())
    sent = frames.pack({"segments": found.segments, "troubles": found.troubles}, codec.row)
    got = json.loads(sent)
    codec.decode_all(Segment, got["segments"], len(found.segments))
    codec.decode_all(Trouble, got["troubles"], len(found.troubles))


def left() -> str:
    """What a reading left behind; "" where nothing."""
    files = os.listdir(tempfile.gettempdir())  # noqa: PTH208 names are enough
    if files:
        return f"left {len(files)} files"
    tasks = Path("/proc/self/task")
    if tasks.is_dir() and any((task / "children").read_text() for task in tasks.iterdir()):
        return "left a process"
    return ""


def main(folder: Path) -> None:
    """Answer until the input ends."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin:
        name, seed = json.loads(line)
        data = mutant((folder / name).read_bytes(), f"{name} {seed}")
        answer = ended(data, name)
        remains = left()
        print(json.dumps([remains or answer]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
