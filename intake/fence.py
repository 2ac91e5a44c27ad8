"""What a child that reads hostile files may not do to this machine.

The child shuts itself in before it is told of any file. Unix takes rlimits; Windows has none, so
there the parent puts the child into a Job object (`intake.winjob`).
"""

import os
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38


def shut_in(memory: int, file_bytes: int, parent: int) -> None:
    """Limit this process: bytes of memory, bytes of one written file; die with process `parent`.

    No core dump (it would hold the document), no child processes, low priority so that the window
    stays smooth.
    """
    if sys.platform != "win32":  # there the parent's Job object and flags have done it
        import resource

        step_back()
        _limits(memory, file_bytes, resource.RLIMIT_NPROC, 0)
    if sys.platform == "linux":
        _closed_up()
        die_with(parent)


def step_back() -> None:
    """Low priority, for this thread and those it starts."""
    if sys.platform != "win32":
        os.setpriority(os.PRIO_PROCESS, 0, max(10, os.getpriority(os.PRIO_PROCESS, 0)))


def limit_program(memory: int, file_bytes: int, seconds: int) -> None:
    """The limits of a program that is not ours: it needs threads, and gets `seconds` of work."""
    if sys.platform != "win32":
        import resource

        _limits(memory, file_bytes, resource.RLIMIT_CPU, seconds)


def _limits(memory: int, file_bytes: int, besides: int, at_most: int) -> None:
    if sys.platform != "win32":
        import resource

        wanted = {
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: file_bytes,
            resource.RLIMIT_AS: memory,
            besides: at_most,
        }
        for name, most in wanted.items():
            hard = resource.getrlimit(name)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(name, (least, least))
            except (ValueError, OSError):
                continue  # macOS refuses RLIMIT_AS; the time limit still holds


def _closed_up() -> None:
    import ctypes

    # A pipe in /proc/sys/kernel/core_pattern ignores RLIMIT_CORE; it does not ignore this.
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def die_with(parent: int) -> None:
    """On Linux: no new rights, and killed when the thread of `parent` that started it ends."""
    import ctypes
    import signal

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above took effect
        os._exit(0)


def resident() -> int:
    """Bytes of memory this process holds now; 0 where that cannot be told."""
    if sys.platform == "linux":
        # /proc/self/statm is counted in pages; the second number is the resident set.
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 on each answer
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    else:
        return 0
