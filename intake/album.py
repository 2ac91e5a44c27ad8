"""What is on the pictures of files: recognised in the large child, remembered for a while."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Protocol

from formats.budget import Limits
from formats.ocr import Doubt, Recognised
from formats.reading import Unreadable
from intake.answers import Answer
from intake.door import Identity

Pictures = tuple[Recognised, ...]
"""What came of a file's pictures, in the order in which its reader meets them."""

_MOST_FILES = 64
_MOST_LINES = 100_000
# So many pictures of one file may cost the child its life; then the rest is given up.
_LOSSES = 3


class Ask(Protocol):
    """One exchange with the child that reads pictures."""

    def __call__(
        self, head: Mapping[str, Any], stop: threading.Event | None, answer: Answer, /
    ) -> object:
        """What came is in `answer` even if it raises: Unreadable, Cancelled."""


class Album:
    """By the sha256 of a file's bytes: the stored copy of a file is the file. Thread-safe."""

    def __init__(self, limits: Limits, ask: Ask) -> None:
        self._limits = limits
        self._ask = ask
        self._lock = threading.Lock()
        self._digests: OrderedDict[Identity, str] = OrderedDict()
        self._pictures: OrderedDict[str, Pictures] = OrderedDict()

    def of(self, identity: Identity) -> Pictures | None:
        """Of a file that was seen under this identity; None if nobody recognised it yet."""
        with self._lock:
            return self._remembered(self._digests.get(identity, ""))

    def recognised(
        self,
        head: Mapping[str, Any],
        identity: Identity,
        digest: str,
        stop: threading.Event | None = None,
    ) -> Pictures | None:
        """Of the file that `head` names; None where the child could not do its work.

        Where a picture kills the child or takes too long it is given up, and the next child reads
        the others. Raises Cancelled.
        """
        with self._lock:
            found = self._remembered(digest)
        if found is None:
            found = self._asked(head, stop)
        if found is not None:
            self._keep(identity, digest, found)
        return found

    def _asked(self, head: Mapping[str, Any], stop: threading.Event | None) -> Pictures | None:
        found: Pictures = ()
        for _ in range(_LOSSES + 1):
            answer = Answer(self._limits)
            try:
                self._ask({**head, "op": "recognise", "known": found}, stop, answer)
            except Unreadable:
                found += answer.pictures
                if answer.drawing is None:  # no picture is to blame
                    return found or None
                found += (Recognised(doubt=Doubt.GIVEN_UP),)
            else:
                found += answer.pictures
                break
        return found

    def _keep(self, identity: Identity, digest: str, pictures: Pictures) -> None:
        """The file that was not asked for the longest is forgotten first."""
        with self._lock:
            self._pictures[digest] = pictures
            self._digests[identity] = digest
            while len(self._pictures) > 1 and self._full():
                self._pictures.popitem(last=False)
            while len(self._digests) > 4 * _MOST_FILES:
                self._digests.popitem(last=False)

    def _remembered(self, digest: str) -> Pictures | None:
        found = self._pictures.get(digest)
        if found is not None:
            self._pictures.move_to_end(digest)
        return found

    def _full(self) -> bool:
        lines = sum(len(one.lines) for each in self._pictures.values() for one in each)
        return len(self._pictures) > _MOST_FILES or lines > _MOST_LINES
