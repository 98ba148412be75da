package io.meridian.server.http;

import io.meridian.engine.effect.StartReport;
import io.meridian.server.metrics.MetricRegistry;
import io.meridian.server.metrics.NodeMetrics;
import io.meridian.server.runtime.EventLoops;
import io.meridian.server.runtime.NodeLoop;
import io.meridian.server.runtime.StartRefused;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/health` and `/metrics`. Each answer first asks every node on its loop, so what it says is of now.
public final class HttpEndpoint {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final int IDLE_SECONDS = 60;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final EventLoops eventLoops;
    private final List<NodeLoop> nodeLoops;
    private final MetricRegistry registry;
    private final NodeMetrics nodeMetrics;
    private final int metricsDetailMax;
    private final int brokerId;
    private final Supplier<@Nullable StartReport> started;
    private @Nullable HttpServer server;

    /// @param metricsDetailMax partitions, and committed offsets, that metrics show one by one
    /// @param started what the start found, null until the port for clients is open
    public HttpEndpoint(
            EventLoops eventLoops,
            List<NodeLoop> nodeLoops,
            MetricRegistry registry,
            int metricsDetailMax,
            int brokerId,
            Supplier<@Nullable StartReport> started) {
        this.eventLoops = eventLoops;
        this.nodeLoops = nodeLoops;
        this.registry = registry;
        this.nodeMetrics = new NodeMetrics(registry, nodeLoops.size(), metricsDetailMax);
        this.metricsDetailMax = metricsDetailMax;
        this.brokerId = brokerId;
        this.started = started;
    }

    /// Binds the port, 0 for any free one; gives the port. Fails with a [StartRefused] when it is taken.
    public CompletableFuture<Integer> open(String host, int port) {
        Router router = Router.router(eventLoops.vertx());
        router.route().handler(HttpEndpoint::checkHeaders);
        router.get("/health").handler(this::health);
        router.get("/metrics").handler(this::metrics);
        HttpServerOptions options =
                new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(IDLE_SECONDS);
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        eventLoops
                .vertx()
                .createHttpServer(options)
                .requestHandler(router)
                .listen()
                .onComplete(
                        opened -> {
                            server = opened;
                            bound.complete(opened.actualPort());
                        },
                        failed -> bound.completeExceptionally(
                                StartRefused.cannotListen("HTTP", host, port, "--http-port", failed)));
        return bound;
    }

    public CompletableFuture<Void> close() {
        Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
        return closed.toCompletionStage().toCompletableFuture();
    }

    private static void checkHeaders(RoutingContext request) {
        if (HeaderRule.allows(request.request().headers())) {
            request.next();
        } else {
            request.response().putHeader("Connection", "close").setStatusCode(BAD_REQUEST);
            end(request, "a header name or value has characters that HTTP does not allow\n");
        }
    }

    private void health(RoutingContext request) {
        askNodes(request, NodeLoop::statistics, statistics -> {
            BrokerHealth health = BrokerHealth.of(brokerId, started.get(), statistics);
            request.response()
                    .setStatusCode(health.isServing() ? OK : UNAVAILABLE)
                    .putHeader(CONTENT_TYPE, "application/json");
            end(request, health.json());
        });
    }

    private void metrics(RoutingContext request) {
        askNodes(request, loop -> loop.report(metricsDetailMax), reports -> {
            nodeMetrics.update(reports);
            request.response().putHeader(CONTENT_TYPE, METRICS_TYPE);
            end(request, registry.scrape());
        });
    }

    private <T> void askNodes(
            RoutingContext request, Function<NodeLoop, CompletableFuture<T>> question, Consumer<List<T>> answer) {
        List<Future<T>> asked = nodeLoops.stream()
                .map(loop -> Future.fromCompletionStage(
                        question.apply(loop), request.vertx().getOrCreateContext()))
                .toList();
        Future.all(asked)
                .onComplete(
                        all -> answer.accept(asked.stream().map(Future::result).toList()), request::fail);
    }

    /// A client that left before its answer is nobody's concern.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void end(RoutingContext request, String body) {
        request.response().end(body);
    }
}
