# SPDX-License-Identifier: BSL-1.0
"""Makes a system call of a program fail, or kills the program at it, with a seccomp(2) filter: as final as SIGKILL, but
at a known place."""
import ctypes
import platform
import signal
import struct
import unittest

# asm/unistd_64.h, asm-generic/unistd.h
NUMBERS = {
    "x86_64": {"write": 1, "fsync": 74, "fchmod": 91, "fchown": 93, "fsetxattr": 190, "fgetxattr": 193, "flistxattr": 196,
               "renameat": 264, "renameat2": 316, "getrandom": 318},
    "aarch64": {"write": 64, "fsync": 82, "fchmod": 52, "fchown": 55, "fsetxattr": 7, "fgetxattr": 10, "flistxattr": 13,
                "renameat": 38, "renameat2": 276, "getrandom": 278},
}.get(platform.machine())
KILLED = -signal.SIGSYS
# linux/seccomp.h, linux/prctl.h, linux/bpf_common.h
KILL_PROCESS, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
SET_NO_NEW_PRIVS, SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD_NUMBER, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def filtering(call, action):
    """A preexec_fn for subprocess."""
    if NUMBERS is None:
        raise unittest.SkipTest(f"the numbers of system calls on {platform.machine()} are not known here")
    libc = ctypes.CDLL(None, use_errno=True)
    steps = b"".join(struct.pack("=HBBI", *step) for step in (
        (LOAD_NUMBER, 0, 0, 0), (JUMP_IF_EQUAL, 0, 1, NUMBERS[call]), (RETURN, 0, 0, action), (RETURN, 0, 0, ALLOW)))
    program = Program(len(steps) // 8, steps)

    def install():
        if libc.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0):
            raise OSError(ctypes.get_errno(), "no seccomp filter")

    return install


def failing(call, error):
    return filtering(call, ERRNO | error)


def killing(call):
    return filtering(call, KILL_PROCESS)
