"""Processes that end with this program, however it ends, and no others."""
import ctypes
import os
import signal
import subprocess
import time

STARTED = []
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def _die_with_parent():
    # Holds across exec. Also a SIGKILL of this program leaves nothing behind.
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def start(command, log, environment=None, **pipes):
    """Starts a process in a session of its own, so that a Ctrl-C reaches this program alone. `log`: a path for its errors."""
    with open(log, "ab") as errors:
        pipes.setdefault("stdout", errors)
        pipes.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen([str(word) for word in command], stderr=errors, start_new_session=True,
                                   preexec_fn=_die_with_parent, env={**os.environ, **(environment or {})}, **pipes)
    STARTED.append(process)
    return process


def stop(process, patience_s=20):
    """SIGTERM, then SIGKILL, also for what it started itself; returns the seconds it took."""
    began = time.monotonic()
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()
    if process in STARTED:
        STARTED.remove(process)
    return time.monotonic() - began


def _signal(process, number):
    try:
        os.killpg(process.pid, number)  # it leads a group of its own, and has not been waited for
    except ProcessLookupError:
        pass


def stop_all():
    for process in list(STARTED):
        if process.poll() is None:
            _signal(process, signal.SIGTERM)
    for process in list(STARTED):
        stop(process)


def run(command, log, environment=None):
    """Runs to the end; fails with the tail of its output."""
    process = start(command, log, environment)
    if process.wait() != 0:
        raise RuntimeError("%s failed:\n%s" % (command[0], tail(log)))
    STARTED.remove(process)


def tail(path, size=3000):
    with open(path, errors="replace") as file:
        return file.read()[-size:]
