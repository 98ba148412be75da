package io.meridian.platform.soak;

/// What one producer writes to one partition: numbered without gaps, in order.
record Stream(int producer, String topic, int partition) {}
