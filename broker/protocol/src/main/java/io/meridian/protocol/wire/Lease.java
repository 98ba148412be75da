package io.meridian.protocol.wire;

/// Keeps the memory behind a decoded message alive: its payloads are slices of the frame they came in.
///
/// Counted and safe to use from any thread, because a request's partitions may be served by several loops. Whoever
/// keeps a slice beyond the call that received it retains the lease and releases it once.
public interface Lease {
    /// A lease on memory that the garbage collector keeps.
    Lease UNCOUNTED = new Lease() {
        @Override
        public void retain() {}

        @Override
        public void release() {}
    };

    void retain();

    void release();
}
