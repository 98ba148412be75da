package io.meridian.platform.compat;

import java.net.URISyntaxException;
import java.nio.file.Path;

/// Where the foreign programs of these tests are.
public final class CompatFiles {
    private CompatFiles() {}

    /// Jars and environments that the build or a test has put there: `target/compat`.
    public static Path fetched(String name) {
        return Path.of(System.getProperty("meridian.compat.directory", "target/compat"))
                .toAbsolutePath()
                .resolve(name);
    }

    /// Sources of small programs: `src/test/compat`.
    public static Path sources(String name) {
        return Path.of(System.getProperty("meridian.compat.sources", "src/test/compat"))
                .toAbsolutePath()
                .resolve(name);
    }

    /// The folder with the compiled classes of these tests.
    public static Path testClasses() {
        try {
            return Path.of(CompatFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
