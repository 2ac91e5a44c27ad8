"""The Windows Job object around a child: a memory limit, no grandchildren, dies with the parent.

The handle lives in the parent; when the parent ends, however it ends, Windows closes the handle
and kills everything in the job. Layouts and constants: Windows SDK, winnt.h,
JOBOBJECT_EXTENDED_LIMIT_INFORMATION.
"""

import sys

_EXTENDED_LIMITS = 9
_ACTIVE_PROCESS = 0x0000_0008
_PROCESS_MEMORY = 0x0000_0100
_DIE_ON_UNHANDLED = 0x0000_0400
_KILL_ON_CLOSE = 0x0000_2000


def confine(process_handle: int, memory: int) -> object | None:
    """Put a process into a new job; keep what is returned for as long as the child shall live.

    None on other systems. Raises OSError when Windows refuses.
    """
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = (
                ("per_process_user_time", ctypes.c_int64),
                ("per_job_user_time", ctypes.c_int64),
                ("flags", wintypes.DWORD),
                ("minimum_working_set", ctypes.c_size_t),
                ("maximum_working_set", ctypes.c_size_t),
                ("active_processes", wintypes.DWORD),
                ("affinity", ctypes.c_size_t),
                ("priority_class", wintypes.DWORD),
                ("scheduling_class", wintypes.DWORD),
            )

        class Extended(ctypes.Structure):
            _fields_ = (
                ("basic", Basic),
                ("io_counters", ctypes.c_uint64 * 6),
                ("process_memory", ctypes.c_size_t),
                ("job_memory", ctypes.c_size_t),
                ("peak_process_memory", ctypes.c_size_t),
                ("peak_job_memory", ctypes.c_size_t),
            )

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

        class Job:
            def __init__(self, handle: int) -> None:
                self._handle = handle

            def __del__(self) -> None:
                kernel.CloseHandle(self._handle)

        handle = kernel.CreateJobObjectW(None, None)
        if not handle:
            raise ctypes.WinError(ctypes.get_last_error())
        job = Job(handle)
        limits = Extended()
        limits.basic.flags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_UNHANDLED | _KILL_ON_CLOSE
        limits.basic.active_processes = 1
        limits.process_memory = memory
        done = kernel.SetInformationJobObject(
            handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        ) and kernel.AssignProcessToJobObject(handle, process_handle)
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
        return job
    return None
