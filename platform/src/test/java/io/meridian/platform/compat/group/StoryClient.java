package io.meridian.platform.compat.group;

import io.meridian.platform.compat.CompatFiles;
import io.meridian.platform.compat.GoPrograms;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A client that the stories of groups and of administration are told with.
enum StoryClient {
    JAVA("kafka-clients"),
    JAVA_3_9("kafka-clients 3.9"),
    JAVA_2_8("kafka-clients 2.8"),
    KCAT("kcat"),
    CONFLUENT("confluent-kafka"),
    KAFKA_PYTHON("kafka-python"),
    AIOKAFKA("aiokafka"),
    KAFKAJS("kafkajs"),
    FRANZ("franz-go"),
    SARAMA("sarama");

    /// What not every client has, or is not asked for here because an older and a newer one of its kind are.
    enum Can {
        COOPERATE,
        BE_STATIC,
        ADMINISTER
    }

    private final String title;

    StoryClient(String title) {
        this.title = title;
    }

    boolean can(Can ability) {
        return switch (this) {
            case JAVA, JAVA_2_8, CONFLUENT, FRANZ -> true;
            // As a leader it joins again by itself when its view of the metadata catches up, whenever that is, so a
            // rebalance that it began cannot be told from one that the other's return caused.
            case KAFKA_PYTHON -> ability != Can.COOPERATE && ability != Can.BE_STATIC;
            case AIOKAFKA, SARAMA -> ability != Can.COOPERATE;
            case KCAT -> ability == Can.COOPERATE;
            case JAVA_3_9, KAFKAJS -> ability == Can.ADMINISTER;
        };
    }

    static List<StoryClient> thatCan(Can ability) {
        return Arrays.stream(values()).filter(client -> client.can(ability)).toList();
    }

    /// Skips or fails the test when this machine lacks the client.
    void require() throws IOException, InterruptedException {
        switch (this) {
            case JAVA, JAVA_3_9, JAVA_2_8 -> {
                // The build has fetched them.
            }
            case KCAT -> Requires.program(title, "kcat", "apt-get install kcat");
            case CONFLUENT, KAFKA_PYTHON, AIOKAFKA -> {
                Path python = Requires.program(title, "python3", "apt-get install python3");
                String module = this == CONFLUENT ? "confluent_kafka" : this == AIOKAFKA ? "aiokafka" : "kafka";
                Requires.that(
                        Program.of(python, "-c", "import " + module).run().exitCode() == 0,
                        title,
                        "the Python module " + module,
                        "pip install " + title + ", in a virtual environment that is first on the PATH");
            }
            case KAFKAJS -> {
                Path node = Requires.program(title, "node", "apt-get install nodejs");
                Requires.that(
                        Program.of(node, "-e", "require('kafkajs')").run().exitCode() == 0,
                        title,
                        "the Node module kafkajs",
                        "npm install kafkajs, and NODE_PATH naming its node_modules");
            }
            case FRANZ, SARAMA -> GoPrograms.build(title);
        }
    }

    /// The program that administers, with its arguments.
    List<String> admin(String bootstrap, String topic, String group) {
        return program("admin", "AdminProgram", List.of(bootstrap, topic, group));
    }

    /// The program that is one member of a group, with its arguments.
    List<String> member(String bootstrap, MemberArguments arguments) {
        return program("member", "MemberProgram", arguments.list(bootstrap));
    }

    private List<String> program(String role, String javaClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        switch (this) {
            case JAVA -> command.addAll(java(System.getProperty("java.class.path"), javaClass));
            case JAVA_3_9 -> command.addAll(java(older("client-3.9"), javaClass));
            case JAVA_2_8 -> command.addAll(java(older("client-2.8"), javaClass));
            case CONFLUENT -> command.addAll(python("confluent_" + role));
            case KAFKA_PYTHON -> command.addAll(python("kafka_python_" + role));
            case AIOKAFKA -> command.addAll(python("aiokafka_" + role));
            case KAFKAJS ->
                command.addAll(List.of(
                        "node",
                        CompatFiles.sources("node")
                                .resolve("kafkajs_" + role + ".js")
                                .toString()));
            case FRANZ -> command.addAll(List.of(GoPrograms.file().toString(), "franz", role));
            case SARAMA -> command.addAll(List.of(GoPrograms.file().toString(), "sarama", role));
            case KCAT -> throw new IllegalArgumentException("kcat is a program of its own");
        }
        command.addAll(arguments);
        return command;
    }

    private static String older(String folder) {
        return CompatFiles.testClasses() + File.pathSeparator + CompatFiles.fetched(folder) + File.separator + "*";
    }

    private static List<String> java(String classPath, String mainClass) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                StoryClient.class.getPackageName() + "." + mainClass);
    }

    private static List<String> python(String program) {
        return List.of(
                "python3",
                CompatFiles.sources("python").resolve(program + ".py").toString());
    }

    @Override
    public String toString() {
        return title;
    }
}
