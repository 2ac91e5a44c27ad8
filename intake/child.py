"""One child process as its parent sees it: started, asked, killed."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, cast

from formats.budget import Limits
from intake import codec, frames, scratch, winjob
from intake.frames import BrokenFrame, Frame

log = logging.getLogger(__name__)

# main.py answers such an argument by running the main() of that module and nothing else.
WORKER_ARGUMENT = "--examining-child"
LAUNCH_ARGUMENT = "--launching-child"
_MODULES = {WORKER_ARGUMENT: "intake.worker", LAUNCH_ARGUMENT: "intake.launch"}
_PIPE_BYTES = 1024 * 1024


class Killed(Enum):
    """Why the parent killed a child in the middle of a call."""

    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class RulesBroken(Exception):
    """The office's own rules cannot be loaded; `text` is a Chinese sentence."""

    def __init__(self, text: str) -> None:
        super().__init__("rules broken")
        self.text = text


class Died(Exception):
    """The child is gone, or speaks nonsense and must go. `told`: had it begun to answer?"""

    def __init__(self, *, told: bool) -> None:
        super().__init__("child died")
        self.told = told


def command(argument: str = WORKER_ARGUMENT) -> list[str]:
    """What starts a child: this program itself when frozen, else the interpreter on the tree."""
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    interpreter = sys.executable
    if sys.platform == "win32":
        # A venv's python.exe is a launcher whose own child would escape the Job object.
        interpreter = getattr(sys, "_base_executable", interpreter)
    # -P: the working folder must not come before the standard library.
    return [interpreter, "-P", "-m", _MODULES[argument]]


def environment(folder: Path) -> dict[str, str]:
    """Ours, with `folder` for temporary files and the tree for the interpreter."""
    place = str(folder)
    found = {**os.environ, "TMPDIR": place, "TEMP": place, "TMP": place}
    found["OPENBLAS_NUM_THREADS"] = "1"  # behind the fence there are no new threads
    if not getattr(sys, "frozen", False):
        tree = str(Path(__file__).resolve().parents[1])
        inherited = os.environ.get("PYTHONPATH")
        found["PYTHONPATH"] = os.pathsep.join(filter(None, (inherited, tree)))
        if sys.platform == "win32":
            found["__PYVENV_LAUNCHER__"] = sys.executable
    return found


class Child:
    """A warm worker. One thread at a time may ask; any thread may kill."""

    def __init__(self, temp: Path, limits: Limits, rules: Sequence[Path]) -> None:
        """Starts it. Raises OSError. Must run on a thread that outlives the child.

        Linux ties the child's life to the *thread* that made it.
        """
        self.rulebook = ""
        self.labels: Mapping[str, str] = {}
        self.resident = 0
        self.answered = 0
        self.due: float | None = None
        self.stop: Any = None
        self.killed: Killed | None = None
        self._ready = False
        self._batch: int | None = None
        self._folder = scratch.make(temp)
        try:
            self._process = self._start()
        except OSError:
            scratch.remove(self._folder)
            raise
        try:
            self._job = winjob.confine(int(getattr(self._process, "_handle", 0)), limits.memory)
            hello = {
                "limits": limits,
                "rules": [str(rule) for rule in rules],
                "parent": os.getpid(),
            }
            self._send(hello)
        except OSError:
            self.bury()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=self._folder,
            env=environment(self._folder),
            creationflags=flags,
        )
        if sys.platform == "linux":
            import fcntl

            try:  # 64 KiB would make a page's picture cost a hundred switches of process
                fcntl.fcntl(cast(Any, process.stdout), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            except OSError:  # the user's pages for pipes are used up: slower, not wrong
                log.debug("pipe stays small")
        return process

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def ready(self) -> bool:
        """Whether it has said that its rules are loaded."""
        return self._ready

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def wait_ready(self) -> None:
        """Read the greeting of a new child. Raises Died, RulesBroken."""
        if self._ready:
            return
        frame = self._receive(told=False)
        broken = frame.head.get("broken")
        if type(broken) is str:
            raise RulesBroken(broken)
        version = frame.head.get("ready")
        try:
            labels = dict(codec.decode(tuple[tuple[str, str], ...], frame.head.get("labels")))
        except BrokenFrame as error:
            raise Died(told=False) from error
        if type(version) is not str:
            raise Died(told=False)
        self.rulebook = version
        self.labels = labels
        self._ready = True

    def prepare(self, batch: int | None) -> None:
        """Try the planted hits, if it has not done so with this batch. Raises Died."""
        if batch is not None and batch != self._batch:
            for _ in self.ask({"op": "canaries", "batch": batch}):
                pass
            self._batch = batch

    def ask(self, head: Mapping[str, Any]) -> Iterator[Frame]:
        """Send one request and yield the frames of its answer; the last has "end". Raises Died."""
        try:
            self._send(head)
        except OSError as error:
            raise Died(told=False) from error
        while True:
            frame = self._receive(told=True)
            ended = "end" in frame.head
            if ended:
                self._note(frame)
            yield frame
            if ended:
                return

    def _note(self, frame: Frame) -> None:
        self.answered += 1
        resident = frame.head.get("resident")
        self.resident = resident if type(resident) is int else 0

    def _send(self, head: Mapping[str, Any]) -> None:
        stream = cast(Any, self._process.stdin)
        frames.send(stream, frames.pack(head, codec.row, exact=True))

    def _receive(self, *, told: bool) -> Frame:
        try:
            frame = frames.receive(cast(Any, self._process.stdout))
        except (BrokenFrame, OSError, ValueError) as error:
            raise Died(told=told) from error
        if frame is None:
            raise Died(told=told)
        return frame

    def kill(self, why: Killed | None = None) -> None:
        """End it at once; a thread that waits for its answer gets Died."""
        if self.killed is None:
            self.killed = why
        self._process.kill()

    def bury(self) -> None:
        """After `kill` and after the asking thread is done: reap it, close pipes, remove files."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        scratch.remove(self._folder)
