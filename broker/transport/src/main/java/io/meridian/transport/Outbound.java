package io.meridian.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.List;

/// One frame on its way out: buffers and ranges of files, in order, length included.
///
/// Whoever holds it either writes it, which uses up every part, or calls [#release()].
///
/// @param parts each a [ByteBuf] or a [FileRegion]
/// @param sizeBytes bytes of all parts
/// @param fileBytes bytes of the parts that are ranges of files, which Netty counts as nothing
public record Outbound(List<ReferenceCounted> parts, long sizeBytes, long fileBytes) {
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
        return new Outbound(parts, bufferBytes + fileBytes, fileBytes);
    }

    /// Gives up a frame that was not written.
    public void release() {
        parts.forEach(ReferenceCounted::release);
    }
}
