package io.meridian.server.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/// An open channel and how many use it: its owner and every slice on its way to a client. The last one closes it.
final class FileUses {
    private final FileChannel channel;
    private final AtomicInteger uses = new AtomicInteger(1);

    FileUses(FileChannel channel) {
        this.channel = channel;
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

    void release() throws IOException {
        int left = uses.decrementAndGet();
        if (left == 0) {
            channel.close();
        } else if (left < 0) {
            throw new IllegalStateException("a file was released more often than it was used");
        }
    }
}
