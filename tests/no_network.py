"""A process, and all that it starts, in which a socket to anywhere but this machine's own files is death."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

__all__ = ["CAN_FORBID", "forbid_network"]

_SOCKET = {"x86_64": 41, "aarch64": 198}.get(platform.machine())
CAN_FORBID = sys.platform == "linux" and _SOCKET is not None
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_AF_UNIX = 1


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def forbid_network(*, deadly: bool = True) -> None:
    """Let the kernel kill this process, or one that it starts, with SIGSYS when it asks for a socket that is not of
    the family AF_UNIX, whether Python asks or a library in C or Rust; or, where it is not `deadly`, refuse the socket.
    It cannot be undone."""
    steps = [
        (_LOAD, 0, 0, 0),  # the number of the system call
        (_IF_EQUAL, 0, 3, _SOCKET),
        (_LOAD, 0, 0, 16),  # its first argument: the family
        (_IF_EQUAL, 1, 0, _AF_UNIX),
        (_RETURN, 0, 0, _KILL if deadly else _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))  # must live until the kernel has read it
    program = _Program(len(steps), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), "the kernel forbids no system calls")
