"""Client processes that stay, so that starting and compiling them is charged to no measurement."""
import os
import random
import select
import subprocess
import time

from . import machine, processes


PATIENCE_S = 150  # more than the two minutes after which a producer itself gives up, and says why


class ClientError(RuntimeError):
    """A client said that it failed, said nothing in time, or died."""


class Client:
    """One JVM with unmodified Kafka clients; see ClientHost.java for what it can be asked."""

    def __init__(self, name, installation, heap="-Xmx512M"):
        self.log = os.path.join(installation.work, name + ".log")
        command = installation.kafka_command([heap], "io.meridian.bench.clients.ClientHost")
        self.process = processes.start(command, self.log, {"LOG_LEVEL": os.environ.get("LOG_LEVEL", "off")},
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.jcmd = os.path.join(installation.jdk, "bin", "jcmd")
        self.pending = b""

    def begin(self, *words):
        """Gives it a job, or the line it waits for."""
        self.process.stdin.write(("\t".join(map(str, words)) + "\n").encode())
        self.process.stdin.flush()

    def line(self, end):
        while b"\n" not in self.pending:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                doing = self.threads()
                self.process.kill()  # it cannot be asked again: its answer might still come
                self.process.wait()
                raise ClientError("no answer in time\n" + doing)
            read = os.read(self.process.stdout.fileno(), 65536)
            if not read:
                raise ClientError("the client died:\n" + processes.tail(self.log))
            self.pending += read
        line, self.pending = self.pending.split(b"\n", 1)
        return line.decode()

    def threads(self):
        """What the threads are doing that run a job or a Kafka client: a stuck client is a finding of its own."""
        dump = subprocess.run([self.jcmd, str(self.process.pid), "Thread.print"], capture_output=True, text=True).stdout
        return "\n\n".join(thread for thread in dump.split("\n\n") if thread.startswith(('"main"', '"kafka-')))

    def reached(self, word, patience_s=PATIENCE_S):
        """Waits until the job has printed a line that begins with this word; returns the rest of that line."""
        end = time.monotonic() + patience_s
        while True:
            line = self.line(end)
            if line.startswith("| " + word):
                return line[2 + len(word):].strip()
            if not line.startswith("| "):
                raise ClientError(line)

    def finish(self, patience_s=PATIENCE_S):
        """Waits for the end of a job; the lines it printed."""
        lines, end = [], time.monotonic() + patience_s
        while True:
            line = self.line(end)
            if line.startswith("| "):
                lines.append(line[2:])
            elif line == "ok":
                return lines
            else:
                raise ClientError("%s %s" % (line, " ".join(lines[-3:])))

    def ask(self, *words, patience_s=PATIENCE_S):
        self.begin(*words)
        return self.finish(patience_s)

    def cpu_s(self):
        return machine.cpu_s(self.process.pid)


class Clients:
    """As many client processes as a case wants at once, each started when first needed."""

    def __init__(self, installation):
        self.installation, self.all = installation, []

    def take(self, count=1):
        self.all = [client for client in self.all if client.process.poll() is None]
        while len(self.all) < count:
            self.all.append(Client("client-%d-%d" % (len(self.all), time.monotonic_ns()), self.installation))
        return self.all[:count]


def payload(folder, size):
    """A file of 2,000 record-like lines of this size: cheap for the client, and as compressible as real records are."""
    path = os.path.join(folder, "payload-%d" % size)
    if not os.path.exists(path):
        draw = random.Random(7)
        with open(path, "w") as file:
            for _ in range(2000):
                line = ""
                while len(line) < size:
                    line += '{"id":%d,"user":"%08x","state":"%s","amount":%.2f},' % (
                        draw.randrange(10**9), draw.getrandbits(32), draw.choice(["open", "paid", "sent", "closed"]),
                        draw.random() * 999)
                file.write(line[:size] + "\n")
    return path
