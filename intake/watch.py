"""Hears what arrives in the watched folders and says when each file is complete."""

from collections.abc import Callable, Sequence
from pathlib import Path


class Watch:
    """Watches folders with everything under them; calls `on_ready` on its own thread.

    `on_trouble(folder, sentence)` is called when a folder vanishes or comes back (sentence "").
    Never opens a file.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        on_ready: Callable[[Path], None],
        *,
        on_trouble: Callable[[Path, str], None] | None = None,
        delay: float = 2.0,
        polling: bool | None = None,
    ) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Begin: one scan of what is there already, then events."""
        raise NotImplementedError

    def stop(self) -> None:
        """End and wait for both threads; no call of `on_ready` comes after this returns."""
        raise NotImplementedError

    def rescan(self) -> None:
        """Look at everything in all folders again, soon, on the watch's own thread."""
        raise NotImplementedError
