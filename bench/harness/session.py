"""What all suites of one run share: what is installed, ports, clients, topics, and where figures go."""
import os
import time

from . import cases
from .brokers import Kafka, Meridian
from .clients import Clients


class Session:
    def __init__(self, options, installation, ports, recorder):
        self.options, self.installation, self.ports, self.recorder = options, installation, ports, recorder
        self.work = installation.work
        self.clients = Clients(installation)
        self.began = time.monotonic()
        self.topics_made = 0

    def scaled(self, records):
        return max(100, int(records * self.options.scale))

    def late(self):
        return time.monotonic() - self.began > self.options.limit * 60

    def say(self, text):
        print("%5.0fs %s" % (time.monotonic() - self.began, text), flush=True)

    def meridian(self, name, setting, java_options=()):
        return Meridian(name, self.installation, self.ports, cases.MERIDIAN_SETTINGS[setting], java_options)

    def kafka(self, name, java_options=()):
        return Kafka(name, self.installation, self.ports, java_options)

    def admin(self):
        return self.clients.take()[0]

    def new_topic(self, broker, partitions):
        self.topics_made += 1
        name = "bench-%d" % self.topics_made
        self.admin().ask("create", broker.bootstrap, name, partitions)
        return name

    def kept_topic(self, broker, what, partitions):
        """Made once, and ready: every partition has acknowledged a record."""
        if what not in broker.data:
            topic = "bench-" + what
            self.admin().ask("partitions", broker.bootstrap, topic, partitions)
            broker.data[what] = topic
        return broker.data[what]

    def filled_topic(self, broker, records, size):
        if (records, size) not in broker.data:
            topic = self.new_topic(broker, 6)
            self.admin().ask(*cases.producer_words(self, broker, topic, records, size,
                                                   ["acks=1", "batch.size=65536", "linger.ms=20"]))
            broker.data[records, size] = topic
        return broker.data[records, size]

    def drop(self, broker, topics):
        if topics:
            self.admin().ask("delete", broker.bootstrap, *topics)


def settle():
    """Writes what earlier measurements left in the page cache, so that none pays for the one before it."""
    os.sync()
