package io.meridian.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meridian.server.metrics.BrokerMetric;
import io.meridian.server.runtime.EngineNodes;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.server.testing.PromQuery;
import io.meridian.server.testing.Scrape;
import io.meridian.settings.BrokerConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a broker that was written to and read from by a group exports, held against the declarations and against
/// the dashboard in `docs/grafana`.
@Timeout(180)
class MetricsIT {
    private static final Path DASHBOARD = Path.of("..", "..", "docs", "grafana", "node.json");
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 100;
    private static final int COMMITTED = 40;
    private static final int DETAIL_MAX = 2;

    /// Labels that a Prometheus puts on what it scrapes.
    private static final Set<String> LABELS_OF_TARGETS = Set.of("job", "instance");

    /// Units that Grafana knows, of those that we have a use for.
    private static final Set<String> UNITS =
            Set.of("none", "short", "s", "bytes", "Bps", "percentunit", "reqps", "ops", "wps", "cpm");

    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{\\s*([a-z_]+)\\s*}}");

    @TempDir
    private static Path directory;

    private static BrokerServer server;
    private static Scrape scrape = Scrape.of("");

    @BeforeAll
    static void aBrokerThatDidALittleOfEverything() throws Exception {
        server = start();
        Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + server.clientPort());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(ORDERS.topic(), PARTITIONS, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int number = 0; number < RECORDS; number++) {
                sent.add(producer.send(new ProducerRecord<>(ORDERS.topic(), 0, null, new byte[100])));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get(30, TimeUnit.SECONDS);
            }
        }
        Map<String, Object> member = Map.of(
                "bootstrap.servers", "127.0.0.1:" + server.clientPort(),
                "group.id", "billing",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(member, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(ORDERS.topic()));
            int read = 0;
            while (read < RECORDS) {
                read += consumer.poll(Duration.ofSeconds(5)).count();
            }
            consumer.commitSync(Map.of(ORDERS, new OffsetAndMetadata(COMMITTED)));
            collectGarbage();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                scrape = Scrape.of(get("/metrics"));
                return scrape.count("jvm_gc_pause_seconds_sum") > 0;
            });
        }
    }

    private static BrokerServer start() throws Exception {
        Map<String, String> given = Map.of(
                "port", "0",
                "http.port", "0",
                "num.network.threads", "2",
                "group.initial.rebalance.delay.ms", "0",
                "offsets.topic.num.partitions", "4",
                "metrics.detail.max", Integer.toString(DETAIL_MAX));
        BrokerConfig config = switch (BrokerConfig.read(given)) {
            case BrokerConfig.Read.Config(BrokerConfig read) -> read;
            case BrokerConfig.Read.Refused(var refusals) -> throw new AssertionError(refusals);
        };
        FatalFaults faults = new FatalFaults(code -> {
            throw new AssertionError("the process would have halted with " + code);
        });
        BrokerServer started = BrokerServer.start(
                ServerSettings.of(directory, config, 256L << 20).withVersion("1.2.3"),
                new EngineNodes(config, 64L << 20),
                faults);
        started.ready().get(60, TimeUnit.SECONDS);
        return started;
    }

    /// What is only weakly held is gone behind this.
    private static void collectGarbage() {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return witness.get() == null;
        });
    }

    private static String get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.stop();
    }

    @Test
    void everyDeclaredMetricIsExportedAsDeclared() {
        for (BrokerMetric metric : BrokerMetric.values()) {
            Scrape.Family family = scrape.family(metric.exportedName());
            assertThat(family.type())
                    .as(metric.exportedName())
                    .isEqualTo(metric.kind().exportedType());
            assertThat(family.help()).isEqualTo(metric.help());
            assertThat(family.hasSamples()).as(metric.exportedName()).isTrue();
            Set<String> labels = new TreeSet<>(family.labels());
            labels.remove("le");
            assertThat(labels).as(metric.exportedName()).isEqualTo(new TreeSet<>(metric.labels()));
        }
    }

    @Test
    void everyExportedNameOfTheBrokerIsDeclared() {
        Set<String> declared = new HashSet<>();
        for (BrokerMetric metric : BrokerMetric.values()) {
            declared.add(metric.exportedName());
            if (metric.kind() == BrokerMetric.Kind.HISTOGRAM) {
                declared.add(metric.exportedName() + "_max");
            }
        }

        assertThat(scrape.families().keySet()).allSatisfy(name -> {
            boolean isOfProcess = name.startsWith("jvm_") || name.startsWith("process_") || name.startsWith("system_");
            assertThat(isOfProcess || declared.contains(name)).as(name).isTrue();
        });
    }

    @Test
    void namesFollowTheConventions() {
        scrape.families().forEach((name, family) -> {
            assertThat(name).matches("[a-z][a-z0-9_]*");
            assertThat(name.endsWith("_total")).as(name).isEqualTo(family.type().equals("counter"));
            assertThat(name).doesNotContain("millis").doesNotContain("_ms").doesNotEndWith("_ns");
            assertThat(name).doesNotEndWith("_count").doesNotEndWith("_sum").doesNotEndWith("_bucket");
        });
    }

    @Test
    void countersSayWhatHappenedAlsoAfterAGarbageCollection() {
        assertThat(scrape.value("meridian_log_appended_records_total")).isEqualTo(RECORDS);
        assertThat(scrape.value("kafka_server_brokertopicmetrics_messagesin_total"))
                .isEqualTo(RECORDS);
        assertThat(scrape.value("meridian_log_appended_bytes_total")).isGreaterThan(RECORDS * 100.0);
        assertThat(scrape.value("meridian_log_read_bytes_total"))
                .isGreaterThanOrEqualTo(scrape.value("meridian_log_appended_bytes_total"));
        assertThat(scrape.value("meridian_group_committed_offsets_total")).isEqualTo(1);
        assertThat(scrape.value("meridian_group_completed_rebalances_total")).isEqualTo(1);
        assertThat(scrape.value("meridian_group_groups", "state", "stable")).isEqualTo(1);
        assertThat(scrape.value("meridian_group_coordinators", "state", "serving"))
                .isEqualTo(4);
        assertThat(scrape.value(
                        "meridian_network_request_errors_total", "api", "JoinGroup", "error", "MEMBER_ID_REQUIRED"))
                .isEqualTo(1);
        assertThat(scrape.value("meridian_storage_sync_rounds_total")).isPositive();
        assertThat(scrape.value("meridian_disk_finished_jobs_total")).isPositive();
        assertThat(scrape.value("meridian_build_info", "version", "1.2.3")).isEqualTo(1);
    }

    @Test
    void lagIsWhatTheGroupHasNotCommitted() {
        String[] place = {"consumergroup", "billing", "topic", "orders", "partition", "0"};

        assertThat(scrape.value("kafka_consumergroup_current_offset", place)).isEqualTo(COMMITTED);
        assertThat(scrape.value("kafka_consumergroup_lag", place)).isEqualTo(RECORDS - COMMITTED);
    }

    @Test
    void noMorePartitionsAreShownThanTheSettingSays() {
        assertThat(scrape.count("kafka_topic_partition_current_offset")).isEqualTo(DETAIL_MAX);
        assertThat(scrape.value("meridian_metrics_omitted_details", "kind", "partition"))
                .isEqualTo(PARTITIONS - DETAIL_MAX);
        assertThat(scrape.value("kafka_topic_partitions", "topic", "orders")).isEqualTo(PARTITIONS);
    }

    @Test
    void everyQueryOfTheDashboardSelectsWhatIsExported() throws Exception {
        int queries = 0;
        for (JsonObject panel : panels()) {
            for (JsonObject target : objects(panel.getJsonArray("targets", new JsonArray()))) {
                String query = target.getString("expr");
                Set<String> labels = new HashSet<>(LABELS_OF_TARGETS);
                for (PromQuery.Selection selection : PromQuery.selections(query)) {
                    Set<String> exported = scrape.labelsOf(selection.series());
                    labels.addAll(exported);
                    assertThat(without(selection.labels(), LABELS_OF_TARGETS))
                            .as(query)
                            .isSubsetOf(exported);
                }
                Matcher legend = LEGEND_LABEL.matcher(target.getString("legendFormat"));
                while (legend.find()) {
                    assertThat(labels).as(query).contains(legend.group(1));
                }
                queries++;
            }
        }
        assertThat(queries).isGreaterThan(50);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Test
    void everyPanelSaysWhatItShowsAndInWhichUnit() throws Exception {
        Set<Integer> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (JsonObject panel : panels()) {
            String title = panel.getString("title");
            assertThat(title).isNotBlank();
            assertThat(ids.add(panel.getInteger("id"))).as(title).isTrue();
            assertThat(titles.add(title)).as(title).isTrue();
            if (panel.getString("type").equals("row")) {
                continue;
            }
            assertThat(panel.getString("type")).isIn("stat", "timeseries", "table");
            assertThat(panel.getString("description")).as(title).endsWith(".");
            assertThat(panel.getJsonObject("fieldConfig")
                            .getJsonObject("defaults")
                            .getString("unit"))
                    .as(title)
                    .isIn(UNITS);
            assertThat(panel.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
            Set<String> references = new HashSet<>();
            for (JsonObject target : objects(panel.getJsonArray("targets"))) {
                assertThat(references.add(target.getString("refId"))).as(title).isTrue();
                assertThat(target.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
            }
            assertThat(references).as(title).isNotEmpty();
        }
    }

    @Test
    void panelsLieBesideEachOther() throws Exception {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonObject panel : panels()) {
            JsonObject place = panel.getJsonObject("gridPos");
            int left = place.getInteger("x");
            int top = place.getInteger("y");
            assertThat(left + place.getInteger("w")).isBetween(1, 24);
            for (int column = left; column < left + place.getInteger("w"); column++) {
                for (int line = top; line < top + place.getInteger("h"); line++) {
                    assertThat(taken.add(List.of(column, line)))
                            .as(panel.getString("title"))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void dashboardAsksWhereToFindItsData() throws Exception {
        JsonObject dashboard = dashboard();
        List<JsonObject> variables =
                objects(dashboard.getJsonObject("templating").getJsonArray("list"));

        assertThat(dashboard.getInteger("schemaVersion")).isGreaterThanOrEqualTo(39);
        assertThat(dashboard.getString("uid")).hasSizeLessThanOrEqualTo(40);
        assertThat(variables.stream().map(variable -> variable.getString("name")))
                .containsExactly("datasource", "job", "instance");
        assertThat(variables.getFirst().getString("type")).isEqualTo("datasource");
        assertThat(variables.getFirst().getString("query")).isEqualTo("prometheus");
        assertThat(dashboard.encode()).doesNotContain("__inputs").doesNotContain("localhost");
    }

    private static JsonObject dashboard() throws Exception {
        return new JsonObject(Files.readString(DASHBOARD, StandardCharsets.UTF_8));
    }

    private static List<JsonObject> panels() throws Exception {
        List<JsonObject> panels = new ArrayList<>(objects(dashboard().getJsonArray("panels")));
        assertThat(panels).hasSizeGreaterThan(30);
        return panels;
    }

    private static List<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }
}
