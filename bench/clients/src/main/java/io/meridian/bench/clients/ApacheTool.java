package io.meridian.bench.clients;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/// Runs a command-line class of Apache Kafka as it is, in this process. By its name, because those classes are no
/// dependency of the build: `bench/run` fetches them.
final class ApacheTool {
    private ApacheTool() {}

    static void run(String className, List<String> arguments) throws Throwable {
        var type = Class.forName("org.apache.kafka.tools." + className);
        var main = MethodHandles.publicLookup()
                .findStatic(type, "main", MethodType.methodType(void.class, String[].class));
        main.invokeExact(arguments.toArray(String[]::new));
    }
}
