package io.meridian.platform.compat;

import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The Go clients, which are one program built from `src/test/compat/go`.
public final class GoPrograms {
    private static final String INSTALL = "Go 1.26 or newer, and network for its modules";

    private GoPrograms() {}

    /// Where it is.
    public static Path file() {
        return CompatFiles.fetched("go").resolve("client");
    }

    /// Builds it; quick when nothing has changed since.
    ///
    /// @param test the name that a reader of the summary knows the test by, see [Requires]
    /// @return [#file]
    public static Path build(String test) throws IOException, InterruptedException {
        Path go = Requires.program(test, "go", INSTALL);
        synchronized (GoPrograms.class) {
            Files.createDirectories(file().getParent());
            Requires.that(
                    Program.of(go, "mod", "download")
                                    .in(CompatFiles.sources("go"))
                                    .run()
                                    .exitCode()
                            == 0,
                    test,
                    "its modules",
                    INSTALL);
            Program.of(go, "build", "-o", file(), ".")
                    .in(CompatFiles.sources("go"))
                    .run()
                    .succeeds();
        }
        return file();
    }
}
