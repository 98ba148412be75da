package io.meridian.server.config;

import io.meridian.server.runtime.StartRefused;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what an operator set, by name. The command line wins over the file; of two equal names on the
/// command line the later wins.
public final class SettingSources {
    private static final long FILE_BYTES_MAX = 1024 * 1024;

    private SettingSources() {}

    /// @param file a file of lines `name=value` in Java's properties format and UTF-8, null when there is none
    /// @param assignments of the form `name=value`, in the order given
    /// @throws StartRefused when the file cannot be read or an assignment has no name
    public static Map<String, String> collect(@Nullable Path file, List<String> assignments) throws StartRefused {
        Map<String, String> collected = new TreeMap<>();
        if (file != null) {
            collected.putAll(read(file));
        }
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new StartRefused("--set expects name=value, found " + assignment);
            }
            collected.put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        return collected;
    }

    private static Map<String, String> read(Path file) throws StartRefused {
        UniqueProperties lines = new UniqueProperties();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new StartRefused("--config " + file + " has more than " + FILE_BYTES_MAX + " bytes");
            }
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                lines.load(reader);
            }
        } catch (NoSuchFileException missing) {
            throw new StartRefused("--config " + file + " does not exist", missing);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StartRefused("--config " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (lines.repeated != null) {
            throw new StartRefused("--config " + file + " sets " + lines.repeated + " twice");
        }
        Map<String, String> read = new TreeMap<>();
        lines.stringPropertyNames()
                .forEach(name -> read.put(name, lines.getProperty(name).strip()));
        return read;
    }

    /// Remembers a name that a file sets twice: one of the two is a mistake, and nobody knows which.
    private static final class UniqueProperties extends Properties {
        private static final long serialVersionUID = 1L;

        private @Nullable String repeated;

        @Override
        public synchronized @Nullable Object put(Object name, Object value) {
            Object before = super.put(name, value);
            if (before != null) {
                repeated = String.valueOf(name);
            }
            return before;
        }
    }
}
