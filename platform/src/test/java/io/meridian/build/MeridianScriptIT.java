package io.meridian.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The `./meridian` script in a project of its own, with a JDK and a Maven that only write down how they were
/// called.
class MeridianScriptIT {
    private static final int SECONDS_MAX = 60;

    @TempDir
    Path directory;

    private Path root = Path.of("");
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void aProjectWithRecordingTools() throws IOException {
        directory = directory.toRealPath();
        root = Files.createDirectories(directory.resolve("project"));
        Files.copy(Path.of(property("meridian.root"), "meridian"), root.resolve("meridian"));
        write(root.resolve("pom.xml"), "<project/>");
        write(root.resolve("broker/src/main/java/Broker.java"), "class Broker {}");
        jdk("jdk-25", "25.0.3");
        jdk("jdk-17", "17.0.15");
        program(directory.resolve("tools/mvn"), """
                echo "mvn $* on $JAVA_HOME" >>%1$s/calls
                [ ! -e %1$s/broken ] || { echo "[ERROR] Broker.java does not compile"; exit 1; }
                mkdir -p %2$s/platform/target/meridian/lib
                touch %2$s/platform/target/meridian/lib/meridian-platform-1.jar
                """.formatted(directory, root));
        environment.put("PATH", directory.resolve("tools") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", directory.resolve("jdk-25").toString());
        environment.put("MERIDIAN_SKIP_BUILD", "");
        environment.put("MERIDIAN_JAVA_OPTS", "");
        environment.put("MERIDIAN_HEAP", "");
    }

    @Test
    void aJdkOfAnotherVersionIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", directory.resolve("jdk-17").toString());
        environment.put("PATH", directory.resolve("jdk-25/bin") + ":" + environment.get("PATH"));
        assertThat(meridian("jdk").output()).isEqualTo(directory.resolve("jdk-25") + "\n");
    }

    @Test
    void onlyTheFirstStartBuilds() throws Exception {
        meridian("topics");
        meridian("topics");
        assertThat(calls("mvn")).hasSize(1).first().asString().endsWith("on " + directory.resolve("jdk-25"));
        assertThat(starts()).hasSize(2);
    }

    @Test
    void aChangedAnAddedAndARemovedSourceEachBuildAgain() throws Exception {
        Path source = root.resolve("broker/src/main/java/Broker.java");
        meridian("topics");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 2_000));
        meridian("topics");
        assertThat(calls("mvn")).hasSize(2);
        Files.setLastModifiedTime(source, FileTime.fromMillis(0));
        Path added = root.resolve("broker/src/main/java/Added.java");
        write(added, "class Added {}");
        Files.setLastModifiedTime(added, FileTime.fromMillis(0));
        meridian("topics");
        assertThat(calls("mvn")).hasSize(3);
        Files.delete(added);
        meridian("topics");
        assertThat(calls("mvn")).hasSize(4);
    }

    @Test
    void aChangedTestDoesNotBuildAgain() throws Exception {
        meridian("topics");
        write(root.resolve("broker/src/test/java/BrokerTest.java"), "class BrokerTest {}");
        meridian("topics");
        assertThat(calls("mvn")).hasSize(1);
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        List<Process> starts = List.of(launch("topics"), launch("topics"), launch("topics"));
        for (Process start : starts) {
            assertThat(finish(start).status()).isZero();
        }
        assertThat(calls("mvn")).hasSize(1);
        assertThat(starts()).hasSize(3);
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLogAndStartsNothing() throws Exception {
        write(directory.resolve("broken"), "");
        Result result = meridian("up");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("[ERROR] Broker.java does not compile")
                .contains(root.resolve(".meridian-build/build.log").toString());
        assertThat(calls("java")).isEmpty();
    }

    @Test
    void skippingTheBuildStartsWhatIsThereOrSaysThatNothingIs() throws Exception {
        environment.put("MERIDIAN_SKIP_BUILD", "1");
        assertThat(meridian("topics").output()).contains("nothing is built");
        environment.put("MERIDIAN_SKIP_BUILD", "");
        meridian("topics");
        environment.put("MERIDIAN_SKIP_BUILD", "1");
        write(root.resolve("broker/src/main/java/Added.java"), "class Added {}");
        assertThat(meridian("topics").status()).isZero();
        assertThat(calls("mvn")).hasSize(1);
    }

    @Test
    void upTrainsOnceAndStartsWithTheCache() throws Exception {
        meridian("up", "--port", "9192");
        meridian("up", "--port", "9192");
        assertThat(calls("java")).hasSize(3);
        assertThat(calls("java").getFirst())
                .contains("-XX:AOTCacheOutput=")
                .endsWith(" io.meridian.platform.Main train");
        assertThat(calls("java").getLast())
                .contains("-XX:AOTCache=" + root.resolve(".meridian-build/meridian.aot"))
                .contains("-XX:+UseG1GC")
                .endsWith(" io.meridian.platform.Main up --port 9192");
    }

    @Test
    void toolsStartWithTheCacheOfTheFirstBuildAndAreToldWhereAPersonSits() throws Exception {
        meridian("topic", "list");
        meridian("topic", "list");
        assertThat(calls("java")).hasSize(3);
        assertThat(starts().getLast())
                .contains("-XX:AOTCache=" + root.resolve(".meridian-build/tools.aot"))
                .contains("-XX:TieredStopAtLevel=1")
                .contains("-Dmeridian.terminals= ")
                .endsWith(" io.meridian.platform.Main topic list");
    }

    @Test
    void theCollectorOfTheCallerReplacesOurs() throws Exception {
        environment.put("MERIDIAN_JAVA_OPTS", "-XX:+UseZGC -Dkey=value");
        meridian("up");
        assertThat(calls("java").getLast()).contains("-XX:+UseZGC -Dkey=value").doesNotContain("UseG1GC");
    }

    @Test
    void aLinkFromElsewhereStartsInTheDirectoryOfTheCaller() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("m"), Path.of("../project/meridian"));
        Result result = finish(launch(elsewhere, List.of("./m", "topics", "two words")));
        assertThat(result.output()).contains("started in " + elsewhere + " with topics,two words");
    }

    private record Result(int status, String output) {}

    private Result meridian(String... arguments) throws IOException, InterruptedException {
        return finish(launch(arguments));
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("meridian").toString()));
        command.addAll(Arrays.asList(arguments));
        return launch(directory, command);
    }

    private Process launch(Path from, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private List<String> calls(String tool) throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream()
                        .filter(call -> call.startsWith(tool + " "))
                        .toList()
                : List.of();
    }

    /// Without the training.
    private List<String> starts() throws IOException {
        return calls("java").stream()
                .filter(call -> !call.contains("-XX:AOTCacheOutput="))
                .toList();
    }

    private void jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/javac"), "exit 1\n");
        program(home.resolve("bin/java"), """
                echo "java $*" >>%s/calls
                for argument in "$@"; do
                    case $argument in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}" ;; esac
                done
                while [ "$1" != io.meridian.platform.Main ]; do shift; done
                shift
                IFS=,
                echo "started in $PWD with $*"
                """.formatted(directory));
    }

    private static void program(Path file, String body) throws IOException {
        write(file, "#!/usr/bin/env bash\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> name + " is set by the build");
    }
}
