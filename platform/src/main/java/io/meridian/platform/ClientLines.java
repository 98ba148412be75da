package io.meridian.platform;

import io.meridian.platform.cli.client.ClientOptions;
import java.util.List;

/// Commands that a newcomer copies from the terminal to see records go in and come out.
final class ClientLines {
    /// One client.
    ///
    /// @param name what it is called on the screen
    /// @param needs the command that installs what it needs; empty if nothing
    /// @param command runs in a POSIX shell as it stands
    record Line(String name, String needs, String command) {}

    private ClientLines() {}

    /// One per language, for a broker at `bootstrap`, each using the topic `hello`.
    static List<Line> of(String bootstrap) {
        String at = bootstrap.equals(ClientOptions.BOOTSTRAP_DEFAULT) ? "" : " -b " + bootstrap;
        return List.of(
                new Line(
                        "shell",
                        "",
                        "./meridian topic create hello --if-not-exists" + at
                                + " && echo hello | ./meridian produce hello" + at
                                + " && ./meridian consume hello --until end" + at),
                new Line(
                        "kcat",
                        "apt-get install kcat",
                        "echo hello | kcat -b " + bootstrap + " -t hello -P && kcat -b " + bootstrap
                                + " -t hello -C -e -q"),
                new Line(
                        "Java",
                        "",
                        "$(./meridian jdk)/bin/java -cp 'platform/target/meridian/lib/*'"
                                + " examples/src/main/java/io/meridian/examples/Hello.java "
                                + bootstrap),
                new Line(
                        "Python",
                        "pip install confluent-kafka",
                        "python3 -c 'from confluent_kafka import Producer; p = Producer({\"bootstrap.servers\": \""
                                + bootstrap
                                + "\"}); p.produce(\"hello\", \"from Python\"); print(p.flush(10), \"left\")'"),
                new Line(
                        "Node",
                        "npm install kafkajs",
                        "node -e 'const { Kafka } = require(\"kafkajs\"); const p = new Kafka({ brokers: [\""
                                + bootstrap
                                + "\"] }).producer(); p.connect().then(() => p.send({ topic: \"hello\", messages: [{ value:"
                                + " \"from Node\" }] })).then(console.log).then(() => p.disconnect())'"),
                new Line("Go", "Go 1.26 or newer", "(cd examples/go && go run . " + bootstrap + ")"));
    }
}
