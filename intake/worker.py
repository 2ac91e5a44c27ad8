"""The child: reads hostile files, answers over its pipes, can be killed at any moment.

`python -m intake.worker`, or the frozen program's hidden argument; it prints nowhere. It knows
formats and detection only, and loads a reader when a file needs it.
"""

import contextlib
import gc
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from formats.budget import Budget, Limits
from formats.ocr import Recognised
from formats.reading import Kind, Mark, Reading, TroubleCode, Unreadable
from intake import codec, door, fence, frames, lots, seal
from intake.recognising import Recognising, Remembered

if TYPE_CHECKING:
    from detection.rulebook import Rulebook

# Requests that leave the reading alone that is being paged through.
_LIGHT = frozenset({"view", "page", "boxes", "ping"})
_PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.BMP, Kind.GIF, Kind.WEBP})
TOO_BIG = "检查这个文件需要的内存超过上限，已停止读取。请拆分后再放入。"
NO_RULES = "本单位的规则文件读不出来。请到“日志与设置”检查规则文件夹，或移走有问题的规则文件。"
TOO_DEEP = "文件内部层层嵌套过深，已停止读取，可能是恶意构造的文件。请核实来源，重新导出后再放入。"


class _Last(NamedTuple):
    """The reading that is being paged through, and of which file it is."""

    key: tuple[str, str | None, door.Identity, int]
    reading: Reading


class Worker:
    """Answers requests one after the other."""

    def __init__(self, limits: Limits, rulebook: "Rulebook", sink: frames.Sink) -> None:
        self._limits = limits
        self._rulebook = rulebook
        self._sink = sink
        self._last: _Last | None = None
        self._batch = 0
        self._ops: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
            "ping": lambda request: {"pong": request.get("pong")},
            "canaries": self._canaries,
            "prove": self._prove,
            "examine": self._examine,
            "name": self._name,
            "read": self._read,
            "view": self._view,
            "page": self._page,
            "boxes": self._boxes,
            "redact": self._redact,
            "recognise": self._recognise,
            "kind": self._kind,
        }

    def answer(self, request: Mapping[str, Any]) -> None:
        """Do it and send the whole answer. Raises OSError when the parent is gone."""
        if request["op"] not in _LIGHT:
            self._last = None
        try:
            end = {"end": "done", **self._ops[request["op"]](request)}
        except Unreadable as error:
            end = {"end": "unreadable", "code": error.code, "text": error.text}
        except MemoryError:
            end = {"end": "unreadable", "code": TroubleCode.TOO_BIG, "text": TOO_BIG}
        except RecursionError:
            end = {"end": "unreadable", "code": TroubleCode.DAMAGED, "text": TOO_DEEP}
        except BrokenPipeError:
            raise
        except OSError as error:
            found = door.refusal(error)
            end = {"end": "unreadable", "code": found.code, "text": found.text}
        except Exception as error:  # noqa: BLE001 the border of the process: a reader's bug
            end = {"end": "failed", "bug": _where(error)}
        self._tell({**end, "resident": fence.resident()})

    def _tell(self, head: Mapping[str, Any], body: bytes | memoryview = b"") -> None:
        frames.send(self._sink, frames.pack(head, codec.row), body)

    def _canaries(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """The planted hits, tried now: with the batch of this request."""
        from detection import examination

        if request["batch"] != self._batch:
            self._batch = request["batch"]
            examination.begin_batch()
        with _staying():  # the searches
            return {"complaint": examination.complaint(self._rulebook)}

    def _prove(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is wrong with the office's own rules; a pattern that runs away is killed here."""
        from detection import proof

        return {"wrong": list(proof.wrong_with(self._rulebook))}

    def _examine(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        import dataclasses

        import detection

        path = Path(request["path"])
        self._tell_pages(path)
        report = detection.examine(
            path,
            self._rulebook,
            self._limits,
            name=request["name"],
            recogniser=self._remembered(request),
            copy=_copy(request),
            admitted=request["admitted"],
            matter=request["matter"],
        )
        self._send_rows("findings", report.findings)
        self._send_rows("pieces", report.pieces)
        self._send_text(report.plain)
        return {"report": dataclasses.replace(report, findings=(), pieces=(), plain="")}

    def _tell_pages(self, path: Path) -> None:
        """Only a PDF has a page count that is cheap to tell before the work; it earns more time."""
        with path.open("rb") as file:
            if b"%PDF-" not in file.read(1024):
                return
        from formats.pdf.document import opened

        try:
            with opened(path) as document:
                self._tell({"pages": len(document)})
        except Unreadable:
            return  # the reading itself meets it again and says so

    def _name(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Scan a file's name only: of a file whose content killed its reader."""
        import detection
        from formats.reading import Part, Place, Segment

        segment = Segment(Place(Part.NAME), request["name"])
        reading = Reading(Kind.UNKNOWN, (segment,), partial=True)
        self._send_rows("findings", detection.scan(reading, self._rulebook))
        return {}

    def _read(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        reading = self._reading(request)
        self._send_rows("segments", reading.segments)
        return {"reading": self._bare(reading)}

    def _view(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        path, name = request["path"], request["name"]
        key = (path, name, door.identity(Path(path)), len(request.get("known", ())))
        if self._last is None or self._last.key != key:
            self._last = None  # let go of the old one before there are two
            self._last = _Last(key, self._reading(request))
        reading = self._last.reading
        first = request["first"]
        self._send_rows("segments", reading.segments[first : first + request["count"]])
        return {"reading": self._bare(reading), "total": len(reading.segments)}

    def _reading(self, request: Mapping[str, Any]) -> Reading:
        self._tell_pages(Path(request["path"]))
        return _read(request, Budget(self._limits, self._remembered(request)))

    @staticmethod
    def _kind(request: Mapping[str, Any]) -> Mapping[str, Any]:
        from formats.sniff import sniff

        return {"kind": sniff(Path(request["path"])).kind}

    def _remembered(self, request: Mapping[str, Any]) -> Remembered | None:
        return Remembered(self._known(request)) if "known" in request else None

    def _known(self, request: Mapping[str, Any]) -> tuple[Recognised, ...]:
        return codec.decode_all(Recognised, request.get("known", []), self._limits.pictures)

    def _recognise(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Only the pictures: what stands around them, an ordinary child reads."""
        recogniser = Recognising(
            self._known(request),
            self._limits,
            lambda number: self._tell({"drawing": number}),
            lambda found: self._send_rows("pictures", [found]),
        )
        self._tell_pages(Path(request["path"]))
        _read(request, Budget(self._limits, recogniser))
        return {}

    @staticmethod
    def _bare(reading: Reading) -> Reading:
        import dataclasses

        return dataclasses.replace(reading, segments=())

    def _page(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        path, page, scale = Path(request["path"]), request["page"], request["scale"]
        if _is_picture(path):
            from formats.pictures import showing

            width, height, data = showing.page_image(path, page, scale)
        else:
            from formats.pdf import page_image

            image = page_image(path, page, scale)
            width, height, data = image.width, image.height, image.data
        self._tell({"picture": [width, height]}, data)
        return {}

    def _boxes(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """None on a picture: a recognised line has one box for all its characters."""
        path = Path(request["path"])
        if not _is_picture(path):
            from formats.pdf import boxes

            self._send_rows("boxes", boxes(path, request["page"]))
        return {}

    def _redact(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        import formats

        marks = codec.decode_all(Mark, request["marks"], self._limits.segments)
        kind = None if request["kind"] is None else Kind(request["kind"])
        formats.redact(Path(request["path"]), marks, Path(request["out"]), kind=kind)
        return {}

    def _send_rows(self, part: str, values: Iterable[Any]) -> None:
        for some in lots.lots(values):
            self._tell({"part": part, "rows": some})

    def _send_text(self, text: str) -> None:
        for piece in lots.encoded(text):
            self._tell({"part": "plain"}, piece)


def _read(request: Mapping[str, Any], budget: Budget) -> Reading:
    """The whole file, or the copy that another program made of it."""
    import formats

    path, copy = Path(request["path"]), _copy(request)
    if copy is None:
        return formats.read(path, budget, name=request["name"])
    from formats.sniff import sniff

    return formats.read_copy(copy, budget, request["name"], sniff(path).kind)


def _copy(request: Mapping[str, Any]) -> Path | None:
    copy = request.get("copy")
    return None if copy is None else Path(copy)


def _is_picture(path: Path) -> bool:
    from formats.sniff import sniff

    return sniff(path).kind in _PICTURES


def _where(error: BaseException) -> list[str]:
    """The error's type and the lines it came through: never its message, which may hold text."""
    steps = [
        f"{Path(step.filename).name}:{step.lineno} {step.name}"
        for step in traceback.extract_tb(error.__traceback__)[-6:]
    ]
    return [type(error).__name__, *steps]


class Broken(Exception):
    """The office's rules cannot be used; the text is a Chinese sentence."""


@contextlib.contextmanager
def _staying() -> Iterator[None]:
    """What is made meanwhile stays: it is never looked through for what may go."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@_staying()
def load(rules: Sequence[Path]) -> "Rulebook":
    """The rules and all that runs them: no file's seconds are spent on it. Raises Broken."""
    importlib.import_module("detection.examination")
    from detection import rulebook

    try:
        return rulebook.load(rules)
    except rulebook.BadRule as error:
        raise Broken(str(error)) from error
    except OSError as error:
        raise Broken(NO_RULES) from error


def main() -> int:
    """Serve until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    source, sink = _own_pipes()
    hello = frames.receive(source)
    if hello is None:
        return 0
    limits = codec.decode(Limits, hello.head["limits"])
    seal.no_sockets()
    if limits.ocr:
        _load_networks()
    fence.shut_in(limits.memory, limits.opened_bytes, hello.head["parent"])
    try:
        rulebook = load([Path(rule) for rule in hello.head["rules"]])
    except Broken as error:
        frames.send(sink, frames.pack({"broken": str(error)}))
        return 0
    worker = Worker(limits, rulebook, sink)
    try:
        labels = [(rule.id, rule.label) for rule in rulebook.rules]
        frames.send(sink, frames.pack({"ready": rulebook.version, "labels": labels}))
        while (frame := frames.receive(source)) is not None:
            worker.answer(frame.head)
    except BrokenPipeError:
        return 0
    return 0


def _load_networks() -> None:
    """Before the fence, which forbids new threads; no file has been seen yet."""
    from formats.pictures import sessions

    fence.step_back()
    with contextlib.suppress(sessions.Missing):  # each picture then says so
        sessions.networks()


def _own_pipes() -> tuple[Any, Any]:
    """The two pipes under private numbers; a library that prints must not break a frame."""
    source, sink = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    return source, sink


if __name__ == "__main__":
    sys.exit(main())
