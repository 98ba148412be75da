package io.meridian.server.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An open channel and how many use it: its owner and every slice on its way to a client. The last one closes it.
///
/// The owner closes on the thread that it runs on, a slice elsewhere: it is released on an event loop, and closing
/// the last use of a deleted file is when the file system gives its blocks back, which takes long for a large one.
final class FileUses {
    private final FileChannel channel;
    private final Executor closer;
    private final AtomicInteger uses = new AtomicInteger(1);

    FileUses(FileChannel channel, Executor closer) {
        this.channel = channel;
        this.closer = closer;
    }

    FileChannel channel() {
        return channel;
    }

    /// Adds a use. A caller without a use of its own may come too late.
    void retain() {
        int before = uses.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        if (before == 0) {
            throw new IllegalStateException("a file was used after its last release");
        }
    }

    /// Gives up the use of the owner.
    void release() throws IOException {
        if (isLast()) {
            channel.close();
        }
    }

    /// Gives up the use of a slice; `whenFailed` hears on another thread that the file could not be closed.
    void releaseElsewhere(Consumer<IOException> whenFailed) {
        if (isLast()) {
            closer.execute(() -> {
                try {
                    channel.close();
                } catch (IOException failed) {
                    whenFailed.accept(failed);
                }
            });
        }
    }

    private boolean isLast() {
        int left = uses.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a file was released more often than it was used");
        }
        return left == 0;
    }
}
