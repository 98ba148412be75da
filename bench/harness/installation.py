"""Where both brokers come from: Apache Kafka by Maven, Meridian and the clients from these sources."""
import glob
import os
import re
import shutil
import subprocess

from . import processes

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(BENCH)
KAFKA_POM = os.path.join(BENCH, "kafka", "pom.xml")
with open(KAFKA_POM) as pom:
    KAFKA_VERSION = re.search(r"<kafka.version>([^<]+)<", pom.read())[1]


class Installation:
    """Everything that is started, found or made once."""

    def __init__(self, work):
        self.work = work
        self.jdk = subprocess.run([os.path.join(ROOT, "meridian"), "jdk"], check=True, capture_output=True,
                                  text=True).stdout.strip()
        self.java = os.path.join(self.jdk, "bin", "java")
        self.environment = {"JAVA_HOME": self.jdk}
        self.kafka_libs = self._kafka()
        self.clients = self._clients()

    def _kafka(self):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        libs = os.path.join(cache, "meridian-bench", "kafka-" + KAFKA_VERSION)
        if os.path.exists(os.path.join(libs, "complete")):
            return libs
        print("fetching Apache Kafka %s into %s" % (KAFKA_VERSION, libs), flush=True)
        fresh = "%s.%d" % (libs, os.getpid())
        try:
            self._maven("-f", KAFKA_POM, "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=" + fresh)
            for jar in ("kafka_2.13", "kafka-tools"):
                if not os.path.exists(os.path.join(fresh, "%s-%s.jar" % (jar, KAFKA_VERSION))):
                    raise RuntimeError("Maven has not fetched " + jar)
            open(os.path.join(fresh, "complete"), "w").close()
            shutil.rmtree(libs, ignore_errors=True)
            os.rename(fresh, libs)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return libs

    def _clients(self):
        module = os.path.join(BENCH, "clients")
        sources = glob.glob(os.path.join(module, "src", "**", "*.java"), recursive=True) + [os.path.join(module, "pom.xml")]
        jars = glob.glob(os.path.join(module, "target", "meridian-bench-clients-*.jar"))
        if not jars or os.path.getmtime(jars[0]) < max(map(os.path.getmtime, sources)):
            self._maven("-f", os.path.join(ROOT, "pom.xml"), "-Dquick", "-pl", "bench/clients", "package")
            jars = glob.glob(os.path.join(module, "target", "meridian-bench-clients-*.jar"))
        return jars[0]

    def _maven(self, *words):
        processes.run(["mvn", "-q", "-B", "-ntp", "-Dstyle.color=never", *words], os.path.join(self.work, "maven.log"),
                      {**self.environment,
                       "MAVEN_OPTS": "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"})

    def kafka_command(self, heap, main, *words):
        """The options that Kafka's own start script gives a JVM, without its JMX agent, which listens on all interfaces."""
        return [self.java, *heap, "-server", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20",
                "-XX:InitiatingHeapOccupancyPercent=35", "-XX:+ExplicitGCInvokesConcurrent", "-XX:MaxInlineLevel=15",
                "-Djava.awt.headless=true",
                "-Dlog4j2.configurationFile=" + os.path.join(BENCH, "kafka", "log4j2.properties"),
                "-cp", self.clients + ":" + os.path.join(self.kafka_libs, "*"), main, *words]


def commit():
    """The commit of these sources, with a `+` when files differ from it, results of measurements aside."""
    git = lambda *words: subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True).stdout.strip()
    changed = git("status", "--porcelain", "--", ".", ":!bench/history.jsonl", ":!bench/RESULTS.md")
    return (git("rev-parse", "--short=7", "HEAD") or "unknown") + ("+" if changed else "")
