package io.meridian.simulator.checker;

/// The identity of one record a client produced: who, for which partition, and its place among those.
public final class ValueId {
    private static final int INDEX_BITS = 24;
    private static final int PARTITION_BITS = 20;

    private ValueId() {}

    /// @param client less than 2^19
    /// @param partition the checker's number of the partition, less than 2^20
    /// @param index place among the client's records for that partition, less than 2^24
    public static long of(int client, int partition, int index) {
        return ((long) client << (INDEX_BITS + PARTITION_BITS)) | ((long) partition << INDEX_BITS) | index;
    }

    public static int client(long id) {
        return (int) (id >>> (INDEX_BITS + PARTITION_BITS));
    }

    public static int partition(long id) {
        return (int) (id >>> INDEX_BITS) & ((1 << PARTITION_BITS) - 1);
    }

    public static int index(long id) {
        return (int) id & ((1 << INDEX_BITS) - 1);
    }

    /// For messages.
    public static String describe(long id) {
        return "client " + client(id) + " record " + index(id) + " of partition " + partition(id);
    }
}
