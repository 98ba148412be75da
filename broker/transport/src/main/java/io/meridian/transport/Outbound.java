package io.meridian.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One frame on its way out: buffers and ranges of files, in order, length included.
///
/// Whoever holds it either writes it, which uses up every part, or calls [#release()].
///
/// @param parts each a [ByteBuf] or a [FileRegion]
/// @param sizeBytes bytes of all parts
/// @param fileBytes bytes of the parts that are ranges of files, which Netty counts as nothing
/// @param memory what the bytes that are not in files take of the budget; null while they are few
public record Outbound(
        List<ReferenceCounted> parts, long sizeBytes, long fileBytes, ByteBudget.@Nullable Reservation memory) {
    /// A connection's responses shorter than this are bounded by what its channel takes before it says stop.
    private static final int CHARGED_FROM_BYTES = 16 * 1024;

    public static Outbound of(List<ReferenceCounted> parts) {
        long bufferBytes = 0;
        long fileBytes = 0;
        for (ReferenceCounted part : parts) {
            switch (part) {
                case ByteBuf buffer -> bufferBytes += buffer.readableBytes();
                case FileRegion region -> fileBytes += region.count();
                default -> throw new IllegalArgumentException("neither a buffer nor a file range: " + part);
            }
        }
        return new Outbound(parts, bufferBytes + fileBytes, fileBytes, null);
    }

    /// The same, charged to the budget until it is sent or given up.
    public Outbound chargedTo(ByteBudget budget) {
        long memoryBytes = sizeBytes - fileBytes;
        return memoryBytes < CHARGED_FROM_BYTES
                ? this
                : new Outbound(parts, sizeBytes, fileBytes, budget.charge(memoryBytes));
    }

    /// Gives up a frame that was not written.
    public void release() {
        parts.forEach(ReferenceCounted::release);
        onGone();
    }

    /// Its parts are used up.
    void onGone() {
        if (memory != null) {
            memory.release();
        }
    }
}
