"""What the programs have in common: the lines they print and the commands they read."""
import queue
import sys
import threading
import time

commands = queue.Queue()


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def partitions(numbers):
    return ",".join(str(n) for n in sorted(numbers)) or "-"


def read_commands(put=commands.put):
    """Reads commands in a thread of its own; the end of the input is one to close."""

    def read():
        for line in sys.stdin:
            put(line.split())
        put(["close"])

    threading.Thread(target=read, daemon=True).start()


def next_command():
    try:
        return commands.get_nowait()
    except queue.Empty:
        return None


def until(wanted, ask):
    """Asks until the answer is the one that is wanted, because brokers of a cluster learn of changes one after the
    other; the last answer after some seconds."""
    deadline = time.monotonic() + 10
    while True:
        answer = ask()
        if answer == wanted or time.monotonic() > deadline:
            return answer
