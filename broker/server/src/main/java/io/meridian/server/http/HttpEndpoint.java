package io.meridian.server.http;

import io.meridian.engine.effect.StartReport;
import io.meridian.server.file.OpenFiles;
import io.meridian.server.metrics.BrokerMetric;
import io.meridian.server.metrics.MetricRegistry;
import io.meridian.server.metrics.NodeMetrics;
import io.meridian.server.runtime.EventLoops;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.server.runtime.NodeLoop;
import io.meridian.server.runtime.StartRefused;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
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
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;
    private static final int HEADER_BYTES_MAX = 8 * 1_024;
    private static final int IDLE_SECONDS = 60;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final EventLoops eventLoops;
    private final List<NodeLoop> nodeLoops;
    private final MetricRegistry registry;
    private final NodeMetrics nodeMetrics;
    private final int metricsDetailMax;
    private final HttpGate gate;
    private final OpenFiles files;
    private final FatalFaults faults;
    private final int brokerId;
    private final Supplier<@Nullable StartReport> started;
    private @Nullable HttpServer server;

    /// @param connectionsMax connections open at once
    /// @param metricsDetailMax partitions, and committed offsets, that metrics show one by one
    public record Bounds(int connectionsMax, int metricsDetailMax) {}

    /// @param files of which connections leave some to logs
    /// @param started what the start found, null until the port for clients is open
    /// @param faults hears when an answer fails for want of memory
    public HttpEndpoint(
            EventLoops eventLoops,
            List<NodeLoop> nodeLoops,
            MetricRegistry registry,
            Bounds bounds,
            OpenFiles files,
            int brokerId,
            Supplier<@Nullable StartReport> started,
            FatalFaults faults) {
        this.eventLoops = eventLoops;
        this.nodeLoops = nodeLoops;
        this.registry = registry;
        this.metricsDetailMax = bounds.metricsDetailMax();
        this.nodeMetrics = new NodeMetrics(registry, nodeLoops.size(), metricsDetailMax);
        this.files = files;
        this.faults = faults;
        this.gate = new HttpGate(
                bounds.connectionsMax(),
                files,
                limit -> registry.counter(BrokerMetric.CONNECTIONS_REFUSED, limit)
                        .increment(),
                registry.counter(BrokerMetric.HTTP_LATE)::increment);
        registry.gauge(BrokerMetric.HTTP_CONNECTIONS, gate::open);
        this.brokerId = brokerId;
        this.started = started;
    }

    /// Binds the port, 0 for any free one; gives the port. Fails with a [StartRefused] when it is taken.
    public CompletableFuture<Integer> open(String host, int port) {
        Router router = Router.router(eventLoops.vertx());
        router.route().handler(this::checkManners);
        router.route().failureHandler(this::onFailure);
        router.errorHandler(BAD_REQUEST, request -> refuse(request.request(), BAD_REQUEST, "this is no request\n"));
        router.get("/health").handler(this::health);
        router.get("/metrics").handler(this::metrics);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setHttp2ClearTextEnabled(false);
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        eventLoops
                .vertx()
                .createHttpServer(options)
                .requestHandler(router)
                .invalidRequestHandler(asked -> refuse(asked, BAD_REQUEST, "this is no request\n"))
                .exceptionHandler(this::onBroken)
                .connectionHandler(connection -> connection.exceptionHandler(this::onBroken))
                .listen()
                .onComplete(
                        opened -> {
                            server = opened;
                            eventLoops.gates().guard(opened.actualPort(), gate);
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

    /// Nothing here takes a body, and nobody needs the next answer who has not taken the last.
    private void checkManners(RoutingContext request) {
        HttpServerRequest asked = request.request();
        SocketAddress peer = asked.remoteAddress();
        String length = asked.getHeader("Content-Length");
        if (!gate.onRequest(peer.hostAddress(), peer.port()) || asked.response().writeQueueFull()) {
            var _ = asked.connection().close();
        } else if (!HeaderRule.allows(asked.headers())) {
            refuse(asked, BAD_REQUEST, "a header name or value has characters that HTTP does not allow\n");
        } else if (asked.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"))) {
            refuse(asked, TOO_LARGE, "no request has a body here\n");
        } else {
            request.next();
        }
    }

    /// The last answer on its connection.
    private void refuse(HttpServerRequest asked, int status, String reason) {
        SocketAddress peer = asked.remoteAddress();
        gate.refuse(peer.hostAddress(), peer.port());
        asked.response()
                .putHeader("Connection", "close")
                .setStatusCode(status)
                .end(reason)
                .onComplete(_ -> asked.connection().close());
    }

    private void onFailure(RoutingContext request) {
        Throwable failure = request.failure();
        if (failure != null) {
            onBroken(failure);
        }
        request.next();
    }

    /// What a client can be blamed for has its answer, or has cost it its connection.
    private void onBroken(Throwable failure) {
        if (failure instanceof Error) {
            faults.onFailure("HTTP", failure);
        }
    }

    private void health(RoutingContext request) {
        askNodes(request, NodeLoop::statistics, statistics -> {
            BrokerHealth health = BrokerHealth.of(brokerId, started.get(), statistics, files.isLow());
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
