package io.meridian.platform.soak.frames;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process weighs after a garbage collection.
///
/// @param heapBytes live objects
/// @param residentBytes all of its memory that the machine holds
record Footprint(long heapBytes, long residentBytes) {
    static final Footprint NOTHING = new Footprint(0, 0);

    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int COLLECTIONS = 3;

    static Footprint ofThisProcess() throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                resident(ProcessHandle.current().pid()));
    }

    /// Asks another JVM to collect its garbage and to say what is left.
    static Footprint of(long pid) throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            ask(pid, "GC.run");
        }
        return new Footprint(kib(HEAP_USED, ask(pid, "GC.heap_info")), resident(pid));
    }

    private static long resident(long pid) throws IOException {
        return kib(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status")));
    }

    private static long kib(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1)) << 10;
    }

    private static String ask(long pid, String what) throws IOException, InterruptedException {
        String jcmd = System.getProperty("java.home") + File.separator + "bin" + File.separator + "jcmd";
        Process process = new ProcessBuilder(List.of(jcmd, Long.toString(pid), what))
                .redirectErrorStream(true)
                .start();
        StringBuilder text = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(line -> text.append(line).append('\n'));
        }
        process.waitFor();
        return text.toString();
    }
}
