package io.meridian.engine.metadata;

import java.util.List;

/// What the controller decided.
///
/// @param records in order, one entry of the log; empty when nothing changes
/// @param reply to be given once the records are committed, at once when there are none
public record Decision(List<MetadataRecord> records, ControllerReply reply) {
    public Decision {
        records = List.copyOf(records);
    }
}
