package io.meridian.platform.soak.flood;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// A client that comes when everything is over.
record Newcomer(String bootstrap) {
    private static final long PATIENCE_SECONDS = 30;

    /// Connects and has one question answered.
    ///
    /// @throws IllegalStateException when it is not
    void ask() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a newcomer was not served: " + e.getMessage(), e);
        }
    }
}
