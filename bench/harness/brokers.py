"""A node of each kind, started anew on loopback with a directory of its own."""
import os
import shutil
import socket
import time

from . import machine, processes
from .installation import ROOT

KAFKA_HEAP = ["-Xmx1G", "-Xms1G"]  # of Kafka's own start script
KAFKA_SETTINGS = """\
node.id=1
process.roles=broker,controller
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller}
log.dirs={data}
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
num.recovery.threads.per.data.dir=2
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.segment.delete.delay.ms=1000
"""
KAFKA_NOTE = ("its shipped server.properties, but no rebalance delay for a group's first member and data of deleted topics "
              "gone after 1 s; no JMX agent")


class Ports:
    """Free ports from a base upwards, each given once."""

    def __init__(self, base):
        self.next = base

    def take(self):
        while True:
            port, self.next = self.next, self.next + 1
            if port > 65535:
                raise RuntimeError("no free port")
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                    return port
                except OSError:
                    continue


class Broker:
    """One node. `name` is unique in a run and also names its files."""

    def __init__(self, name, installation, ports, java_options=()):
        self.name, self.installation, self.java_options = name, installation, list(java_options)
        self.port = ports.take()
        self.bootstrap = "127.0.0.1:%d" % self.port
        self.folder = os.path.join(installation.work, name)
        self.log = os.path.join(installation.work, name + ".log")
        self.process = None
        self.data = {}  # topics that stay, by what they hold

    def launch(self):
        """Starts the process and returns at once."""
        self.process = processes.start(self.command(), self.log, self.environment())

    def start(self):
        """Starts the process and waits until it listens."""
        self.prepare()
        self.launch()
        self.await_listening()
        return self

    def await_listening(self, patience_s=90):
        end = time.monotonic() + patience_s
        while True:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("%s did not come up:\n%s" % (self.name, processes.tail(self.log)))
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)

    def cpu_s(self):
        return machine.cpu_s(self.process.pid)

    def rss_mib(self):
        return machine.rss_mib(self.process.pid)

    def flags(self):
        """The JVM options the process really runs with, class path and main class left out."""
        with open("/proc/%d/cmdline" % self.process.pid) as file:
            words = file.read().split("\0")[1:]
        return [word for word in words[:next(i for i, word in enumerate(words) if word in ("-cp", "-classpath"))]
                if not word.startswith("-Dlog4j")]

    def stop(self):
        """Stops it and deletes its data; the seconds the stop took."""
        took = processes.stop(self.process) if self.process else 0
        shutil.rmtree(self.folder, ignore_errors=True)
        return took


class Kafka(Broker):
    def prepare(self):
        os.makedirs(self.folder)
        self.settings_file = self.folder + ".properties"
        ports = KAFKA_SETTINGS.format(port=self.port, controller=self.controller_port, data=self.folder)
        with open(self.settings_file, "w") as file:
            file.write(ports)
        processes.run(self.installation.kafka_command(["-Xmx256M"], "kafka.tools.StorageTool", "format", "-c",
                                                      self.settings_file, "-t", "bWVyaWRpYW4tYmVuY2gtMQ"), self.log)

    def __init__(self, name, installation, ports, java_options=()):
        super().__init__(name, installation, ports, java_options)
        self.controller_port = ports.take()

    def environment(self):
        return {}

    def command(self):
        return self.installation.kafka_command(KAFKA_HEAP + self.java_options, "kafka.Kafka", self.settings_file)

    def settings(self):
        return KAFKA_NOTE


class Meridian(Broker):
    """Started as a user starts it, by `./meridian up`, which must have built before."""

    def __init__(self, name, installation, ports, settings, java_options=()):
        super().__init__(name, installation, ports, java_options)
        self.http_port = ports.take()
        self.given = {"group.initial.rebalance.delay.ms": "0", **settings}

    def prepare(self):
        os.makedirs(self.folder)

    def environment(self):
        return {**self.installation.environment, "MERIDIAN_SKIP_BUILD": "1",
                "MERIDIAN_JAVA_OPTS": " ".join([os.environ.get("MERIDIAN_JAVA_OPTS", ""), *self.java_options]).strip()}

    def command(self):
        given = [word for key, value in self.given.items() for word in ("--set", "%s=%s" % (key, value))]
        return [os.path.join(ROOT, "meridian"), "up", "--port", self.port, "--http-port", self.http_port, "--data",
                self.folder, *given]

    def settings(self):
        return ", ".join("%s=%s" % pair for pair in self.given.items())


def build_meridian(installation, ports):
    """Builds what is not built and makes the start-up cache, by one ordinary start."""
    node = Meridian("build", installation, ports, {})
    node.prepare()
    print("building Meridian if need be", flush=True)
    node.process = processes.start(node.command(), node.log, {**installation.environment, "MERIDIAN_SKIP_BUILD": ""})
    node.await_listening(900)
    node.stop()
