"""No sockets for a child that reads files: the kernel refuses them, whatever a library tries.

A library of ours once called its maker from a thread of its own, below anything Python can see. On
Linux a seccomp filter answers every such call with "permission denied"; elsewhere the libraries'
own switches have to do (`formats.pictures.sessions`).
"""

import ctypes
import platform
import sys
from typing import NamedTuple

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER = 1
_FILTER_FLAG_TSYNC = 1
_IO_URING_SETUP = 425
# From <linux/bpf_common.h> and <linux/seccomp.h>.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4
_ALLOW, _DENY = 0x7FFF_0000, 0x0005_0000 | 13


class _Kernel(NamedTuple):
    """How a machine calls its kernel: its mark in audit.h, and the numbers of two calls."""

    mark: int
    socket: int
    seccomp: int


_KERNELS = {
    "x86_64": _Kernel(0xC000_003E, 41, 317),
    "aarch64": _Kernel(0xC000_00B7, 198, 277),
    "loongarch64": _Kernel(0xC000_0102, 198, 277),
}
# Numbers from here on are x86_64's second way in, with another number for each call.
_OTHER_CALLS = 0x4000_0000


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("then", ctypes.c_uint8),
        ("otherwise", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def no_sockets() -> bool:
    """From now on no thread of this process, nor what it starts, opens a socket; False where this
    machine has no such filter."""
    kernel = _KERNELS.get(platform.machine())
    if sys.platform != "linux" or kernel is None:
        return False
    steps = (_Step * 8)(
        _Step(_LOAD, 0, 0, _MACHINE),
        _Step(_EQUAL, 0, 5, kernel.mark),
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_AT_LEAST, 3, 0, _OTHER_CALLS),
        _Step(_EQUAL, 2, 0, kernel.socket),
        _Step(_EQUAL, 1, 0, _IO_URING_SETUP),  # which opens sockets without that call
        _Step(_RETURN, 0, 0, _ALLOW),
        _Step(_RETURN, 0, 0, _DENY),
    )
    made = _Filter(len(steps), steps)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    failed: int = libc.syscall(
        kernel.seccomp, _SET_MODE_FILTER, _FILTER_FLAG_TSYNC, ctypes.byref(made)
    )
    return failed == 0
