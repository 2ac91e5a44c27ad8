"""The two ways an act can end without being done, besides a bug of ours."""


class Refused(Exception):
    """A rule says no. `reasons`: plain Chinese sentences, each with what, where and what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(f"{len(reasons)} reason(s)")
        self.reasons: tuple[str, ...] = reasons


class Unavailable(Exception):
    """The world's fault: a full disk, a locked or damaged catalogue, a missing folder.

    `what`: what could not be done; `why`: the cause and what to do. Both Chinese.
    """

    def __init__(self, what: str, why: str) -> None:
        super().__init__(type(self).__name__)
        self.what = what
        self.why = why


class TooNew(Unavailable):
    """The catalogue was written by a later program; both numbers are in `why`."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            "目录库打不开",
            f"目录库的版本是 {found}，本程序只认识到 {known}。请改用新版程序打开，目录库没有改动。",
        )
        self.found = found
        self.known = known


class Changed(Exception):
    """The bytes kept are not the bytes examined; the caller must look again."""
