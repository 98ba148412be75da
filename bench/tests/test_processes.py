import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from harness import processes

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Starts a shell with a child of its own, prints the pids of both, and waits to be ended.
PARENT = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it runs in the background ignore it
sys.path.insert(0, %r)
from harness import processes
try:
    one = processes.start(["sh", "-c", "sleep 1000 & echo $!; wait"], %r, stdout=subprocess.PIPE)
    print(one.pid, one.stdout.readline().decode().strip(), flush=True)
    time.sleep(1000)
finally:
    processes.stop_all()
"""


def runs(pid):
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class ProcessesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = os.path.join(folder.name, "log")

    def pids_after(self, number, expected):
        program = subprocess.Popen([sys.executable, "-B", "-c", PARENT % (BENCH, self.log)], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        pids = [int(word) for word in program.stdout.readline().split()]
        self.addCleanup(lambda: [os.kill(pid, signal.SIGKILL) for pid in pids if runs(pid)])
        program.stdout.close()
        program.send_signal(number)
        program.wait(10)
        end = time.monotonic() + 10
        while any(map(runs, pids[:expected])) and time.monotonic() < end:
            time.sleep(0.01)
        return pids

    def test_what_was_started_ends_with_its_children_on_an_interrupt(self):
        shell, child = self.pids_after(signal.SIGINT, 2)
        self.assertFalse(runs(shell))
        self.assertFalse(runs(child))

    def test_what_was_started_ends_even_when_this_program_is_killed(self):
        shell, _ = self.pids_after(signal.SIGKILL, 1)
        self.assertFalse(runs(shell))

    def test_a_failed_program_is_told_with_its_last_words(self):
        with self.assertRaisesRegex(RuntimeError, "last words"):
            processes.run(["sh", "-c", "echo last words; exit 3"], self.log)


if __name__ == "__main__":
    unittest.main()
