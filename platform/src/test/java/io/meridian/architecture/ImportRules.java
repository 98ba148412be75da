package io.meridian.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The import rules of the packages below one root.
///
/// The root is a parameter so that the rules can be held against planted classes as well as against ours: a rule
/// that cannot fail protects nothing.
final class ImportRules {
    private static final List<String> ENGINE_AREAS =
            List.of("replication", "group", "transaction", "share", "metadata", "security", "quota");

    private static final Set<String> CLOCK_CLASSES = Set.of(
            "java.lang.System",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.Clock");

    private static final Set<String> CLOCK_METHODS =
            Set.of("currentTimeMillis", "nanoTime", "now", "systemUTC", "systemDefaultZone", "system");

    private static final Set<String> ENVIRONMENT_METHODS =
            Set.of("getenv", "getProperty", "getProperties", "exit", "setProperty");

    private final String root;

    ImportRules(String root) {
        this.root = root;
    }

    /// Every rule by a short name, in the order in which a reader should learn them.
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("cycles", noCycles());
        rules.put("pure imports", pureImports());
        rules.put("pure Netty", nettyInPurePackages());
        rules.put("pure calls", pureCalls());
        rules.put("Vert.x", vertxAtTheEdge());
        rules.put("Ratis", ratisInTheQuorum());
        rules.put("disk", diskInServerFile());
        rules.put("engine layers", engineLayers());
        rules.put("log", logBehindReplication());
        rules.put("static state", noStaticMutableState());
        rules.put("iteration order", definedIterationOrder());
        rules.put("Raft words", raftWords());
        rules.put("class names", classNames());
        rules.put("module order", moduleOrder());
        return rules;
    }

    private ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().as("no cycles between packages");
    }

    private ArchRule pureImports() {
        return noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.vertx..",
                                "org.apache.ratis..",
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.concurrent..")
                        .and(describe("not a TimeUnit", type -> !type.getName().endsWith(".TimeUnit"))))
                .as(
                        "pure packages import no Vert.x, Ratis, sockets, files, channels, executors, locks, atomics, futures");
    }

    private ArchRule nettyInPurePackages() {
        return noClasses()
                .that(arePure())
                .and()
                .resideOutsideOfPackage(in("protocol.wire"))
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty.."))
                .as("of the pure packages only protocol.wire may know Netty's buffers");
    }

    private ArchRule pureCalls() {
        DescribedPredicate<JavaAccess<?>> impure = describe("a clock, randomness or the environment", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return (CLOCK_CLASSES.contains(owner) && CLOCK_METHODS.contains(name))
                    || (owner.equals("java.lang.System") && ENVIRONMENT_METHODS.contains(name))
                    || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                    || (owner.equals("java.lang.Math") && name.equals("random"))
                    || (owner.equals("java.util.random.RandomGenerator")
                            && Set.of("of", "getDefault").contains(name))
                    || (owner.equals("java.util.Collections") && name.equals("shuffle"));
        });
        return noClasses()
                .that(arePure())
                .should()
                .accessTargetWhere(impure)
                .orShould()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(java.util.Random.class))
                        .or(assignableTo(Runtime.class))
                        .or(assignableTo(ThreadLocal.class)))
                .as("pure packages call no clock, no thread, no unseeded random, no environment");
    }

    private ArchRule vertxAtTheEdge() {
        return noClasses()
                .that(areOurs())
                .and()
                .resideOutsideOfPackages(in("transport"), root + "..network..", root + "..http..", in("server.runtime"))
                .should()
                .dependOnClassesThat(resideInAPackage("io.vertx.."))
                .as("Vert.x only in transport, network, http and server.runtime");
    }

    private ArchRule ratisInTheQuorum() {
        return noClasses()
                .that(areOurs())
                .and()
                .resideOutsideOfPackage(in("server.quorum"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.ratis.."))
                .as("Ratis only in server.quorum");
    }

    private ArchRule diskInServerFile() {
        DescribedPredicate<JavaAccess<?>> disk = describe("files", access -> {
            JavaClass owner = access.getTargetOwner();
            return owner.getName().equals("java.nio.file.Files")
                    || owner.getName().startsWith("java.io.File")
                    || owner.getName().equals("java.io.RandomAccessFile")
                    || (owner.isAssignableTo(FileChannel.class)
                            && !access.getName().equals("transferTo"));
        });
        return noClasses()
                .that(areOurs())
                .and()
                .resideOutsideOfPackages(in("server.file"), in("server.config"), in("platform"))
                .should()
                .accessTargetWhere(disk)
                .as("disk only in server.file; server.config and the command line read the files they are given");
    }

    private ArchRule engineLayers() {
        List<String> shared = List.of("engine.coordinator", "engine.effect", "engine.metadata.image");
        List<String> areas = ENGINE_AREAS.stream().map("engine."::concat).toList();
        Map<String, List<String>> seen = new LinkedHashMap<>();
        seen.put("engine.handler", concat(areas, shared));
        areas.forEach(area -> seen.put(area, shared));
        seen.put("engine.coordinator", List.of("engine.effect", "engine.metadata.image"));
        seen.put("engine.effect", List.of("engine.metadata.image"));
        return classes()
                .that(areOurs())
                .should(new NoDependency(
                        "against the layers of engine",
                        (origin, target) -> seen.entrySet().stream()
                                .anyMatch(layer -> within(origin, layer.getKey())
                                        && within(target, "engine")
                                        && !within(target, layer.getKey())
                                        && layer.getValue().stream().noneMatch(part -> within(target, part))
                                        && !(layer.getKey().equals("engine.effect") && isPrincipal(target)))))
                .as("inside engine: node -> handler -> " + ENGINE_AREAS + " -> coordinator -> effect; those in brackets"
                        + " do not import each other, all may read metadata.image, effect knows security's Principal");
    }

    private boolean isPrincipal(JavaClass type) {
        return type.getName().equals(root + ".engine.security.Principal");
    }

    private ArchRule logBehindReplication() {
        return noClasses()
                .that(resideInAPackage(in("engine")))
                .and()
                .resideOutsideOfPackages(in("engine.replication"), in("engine.effect"), in("engine.node"))
                .should()
                .dependOnClassesThat(resideInAPackage(in("log")))
                .as(
                        "only engine.replication and engine.node import log: one serves partitions, the other keeps the metadata"
                                + " log and the directory's files; engine.effect carries storage jobs");
    }

    private ArchRule noStaticMutableState() {
        DescribedPredicate<JavaClass> mutable = assignableTo(ThreadLocal.class)
                .or(resideInAPackage("java.util.concurrent.atomic.."))
                .or(resideInAPackage("java.util.concurrent.locks.."))
                .or(assignableTo(java.util.concurrent.ConcurrentMap.class))
                .or(assignableTo(java.util.HashMap.class))
                .or(assignableTo(ArrayList.class));
        return fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(areOurs())
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .notHaveRawType(mutable)
                .as("no static mutable state; collaborators come by constructor");
    }

    private ArchRule definedIterationOrder() {
        Set<String> salted = Set.of("of", "ofEntries", "copyOf");
        DescribedPredicate<JavaAccess<?>> unordered = describe("an order of iteration that differs by run", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return ((owner.equals("java.util.Map") || owner.equals("java.util.Set")) && salted.contains(name))
                    || (owner.equals("java.lang.System") && name.equals("identityHashCode"))
                    || (owner.equals("java.util.stream.Collectors")
                            && name.startsWith("toUnmodifiable")
                            && !name.endsWith("List"))
                    || access.getTargetOwner().isAssignableTo(IdentityHashMap.class);
        });
        return noClasses()
                .that(arePure())
                .should()
                .accessTargetWhere(unordered)
                .as("pure packages iterate in a defined order: no Map.of, Set.of, nor identity hashes");
    }

    private ArchRule raftWords() {
        return classes()
                .that(areOurs())
                .and()
                .resideOutsideOfPackages(in("server.quorum"), in("protocol.message"))
                .should()
                .haveNameNotMatching(".*\\.[^.]*(Raft|Ratis)[^.]*")
                .as("Raft's words stay in server.quorum, but for the messages that Kafka named so");
    }

    private ArchRule classNames() {
        return classes()
                .that(areOurs())
                .should()
                .haveNameNotMatching(".*[^.$](Util|Utils|Helper|Manager|Impl|Common|Base)")
                .as("no class name ends in Util, Utils, Helper, Manager, Impl, Common or Base");
    }

    private ArchRule moduleOrder() {
        List<String> order = List.of(
                "base", "protocol", "log", "settings", "engine", "transport", "server", "simulator", "platform");
        Map<String, List<String>> above = new LinkedHashMap<>();
        for (String pure : List.of("base", "protocol", "log", "settings", "engine")) {
            above.put(pure, order.subList(order.indexOf(pure) + 1, order.size()));
        }
        above.put("transport", List.of("log", "settings", "engine", "server", "simulator", "platform"));
        above.put("server", List.of("simulator", "platform"));
        above.put("simulator", List.of("transport", "server", "platform"));
        above.put("platform", List.of("simulator"));
        return classes()
                .that(areOurs())
                .should(new NoDependency(
                        "upwards",
                        (origin, target) -> above.entrySet().stream()
                                .anyMatch(module -> within(origin, module.getKey())
                                        && module.getValue().stream().anyMatch(upper -> within(target, upper)))))
                .as(
                        "base <- protocol <- log <- settings <- engine <- server <- platform; protocol <- transport <- server;"
                                + " engine <- simulator, which nothing imports");
    }

    private boolean within(JavaClass type, String part) {
        String name = type.getPackageName();
        return name.equals(root + "." + part) || name.startsWith(root + "." + part + ".");
    }

    private DescribedPredicate<JavaClass> areOurs() {
        return resideInAPackage(root + "..");
    }

    private DescribedPredicate<JavaClass> arePure() {
        return resideInAnyPackage(Stream.of("base", "protocol", "log", "settings", "engine")
                .map(this::in)
                .toArray(String[]::new));
    }

    private String in(String part) {
        return root + "." + part + "..";
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.of(first, second).flatMap(List::stream).toList();
    }
}
