package io.meridian.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Builds modules that break the gates on purpose, with the very parent POM of everybody, and expects each to be
/// refused.
///
/// Gates of a compiler plugin can stop working without a sound, for example after a JDK update.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildGatesIT {
    private static final int BUILD_MINUTES_MAX = 5;

    private final String log;

    BuildGatesIT() throws IOException, InterruptedException {
        Path root = Path.of(property("meridian.root"));
        // As deep below the root as the originals, so that the relative path to the parent stays right.
        Path copy = root.resolve("platform/target/planted/build");
        copyTree(root.resolve("platform/src/test/planted-build"), copy);
        copyTree(copy.resolve("refused/src/main/java"), copy.resolve("generated/target/generated-sources/planted"));
        log = build(copy);
    }

    @BeforeAll
    void theBuildGotAsFarAsTheGates() {
        assertThat(log).contains("Reactor Summary").contains("meridian-planted");
    }

    @Test
    void nullAwayRefusesToReadANullable() {
        assertThat(log).containsPattern("ERROR.*Refused\\.java:\\[9,\\d+].*\\[NullAway]");
    }

    @Test
    void errorProneRefusesAnIgnoredResult() {
        assertThat(log).containsPattern("ERROR.*Refused\\.java:\\[13,\\d+].*\\[ReturnValueIgnored]");
    }

    @Test
    void aWarningOfTheCompilerFailsTheBuild() {
        assertThat(log).containsPattern("Warned\\.java:\\[6,\\d+].*rawtypes");
        assertThat(verdict("planted-warned")).isEqualTo("FAILURE");
    }

    @Test
    void generatedSourcesAreNotHeldAgainstErrorProne() {
        assertThat(verdict("planted-generated")).isEqualTo("SUCCESS");
    }

    @Test
    void aLibraryBelowItsFloorFailsTheBuild() {
        assertThat(verdict("planted-library")).isEqualTo("SUCCESS");
        assertThat(verdict("planted-outdated")).isEqualTo("FAILURE");
        assertThat(log)
                .contains("below the floor of version-floors.xml")
                .containsPattern("io\\.netty:planted-library:jar:4\\.1\\.0\\.Final.*banned");
    }

    private String verdict(String module) {
        return log.lines()
                .filter(line -> line.startsWith("[INFO] " + module + " ") && line.contains("...."))
                .map(line -> line.replaceAll(".*\\.\\. (\\w+).*", "$1"))
                .findFirst()
                .orElse("not built");
    }

    private static String build(Path directory) throws IOException, InterruptedException {
        Path output = directory.resolve("build.log");
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(property("meridian.maven.home"), "bin", "mvn").toString(),
                "--offline",
                "--batch-mode",
                "--fail-at-end",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + property("meridian.maven.repository"),
                "compile"));
        command.environment().put("JAVA_HOME", property("java.home"));
        command.environment().remove("MAVEN_ARGS");
        Process maven = command.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(maven.waitFor(BUILD_MINUTES_MAX, TimeUnit.MINUTES))
                    .as("the planted build ends")
                    .isTrue();
        } finally {
            maven.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(from)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.resolveSibling("."));
            Files.deleteIfExists(target);
            Files.copy(file, target);
        }
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> name + " is set by the build");
    }
}
