package io.meridian.platform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A process whose clean stop takes longer than anybody would wait.
final class SlowToStop {
    private SlowToStop() {}

    public static void main(String[] arguments) throws InterruptedException {
        Shutdown shutdown = Shutdown.onSignal(SlowToStop::stop);
        System.out.println("ready");
        shutdown.awaitForever();
    }

    private static void stop() {
        System.out.println("stopping");
        try {
            boolean _ = new CountDownLatch(1).await(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
