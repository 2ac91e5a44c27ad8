"""The three networks that read pictures, loaded once in a process that reads pictures.

The networks come in the `rapidocr` wheel (PP-OCR, Apache-2.0). Its Python code is left alone: it
imports a network client that opens a socket while it is imported, and nothing here may do that.
"""

import ctypes
import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FILES = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx",
          "ch_ppocr_mobile_v2.0_cls_mobile.onnx")  # fmt: skip

_M_MMAP_THRESHOLD = -3  # malloc.h


class Missing(Exception):
    """This machine has no recognition: a library or a network is not installed."""


class Failed(Exception):
    """A network did not answer, mostly for want of memory."""


class Network(NamedTuple):
    """One network: pictures in, numbers out, both as numpy arrays."""

    session: Any
    entry: str

    def run(self, batch: Any) -> Any:
        """The first output for one batch. Raises Failed."""
        try:
            return self.session.run(None, {self.entry: batch})[0]
        except Exception:  # noqa: BLE001 its errors have no common class
            raise Failed from None


class Networks(NamedTuple):
    """`finder`: where lines are. `reader`: what a line says, in `characters`. `turner`: upside
    down or not."""

    finder: Network
    reader: Network
    turner: Network
    characters: tuple[str, ...]


@cache
def networks() -> Networks:
    """The loaded networks; 0.9 s the first time. Raises Missing."""
    folder = _folder()
    # It asks only when it is loaded. Without this it keeps a number of this machine in the user's
    # cache and looks for its maker's address some seconds later; `disable_telemetry_events` comes
    # too late for either.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import cv2
        import onnxruntime
    except (ImportError, OSError):  # a wheel for another system: OSError from its C library
        raise Missing from None
    _give_memory_back()
    cv2.setNumThreads(1)
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = threads()
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the largest page's memory for ever
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    found = []
    for name in _FILES:
        try:
            session = onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )
        except Exception:  # noqa: BLE001 its errors have no common class
            raise Missing from None
        found.append(Network(session, session.get_inputs()[0].name))
    named = found[1].session.get_modelmeta().custom_metadata_map.get("character", "")
    if not named:
        raise Missing
    # CTC: class 0 means "nothing", then the alphabet, then the space.
    return Networks(found[0], found[1], found[2], ("", *named.splitlines(), " "))


def _give_memory_back() -> None:
    """Large blocks go back to the system at once: one half of the peak, measured on 16 pages."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)


def threads() -> int:
    """All cores but the one that the window needs."""
    return max(1, (os.cpu_count() or 1) - 1)


def installed() -> bool:
    """Whether recognition can be expected to work; loads nothing."""
    try:
        _folder()
    except Missing:
        return False
    return all(importlib.util.find_spec(name) for name in ("cv2", "onnxruntime", "numpy"))


def _folder() -> Path:
    spec = importlib.util.find_spec("rapidocr")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        folder = Path(place) / "models"
        if all((folder / name).is_file() for name in _FILES):
            return folder
    raise Missing
