package io.meridian.protocol.api;

import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;

/// What every response begins with: version 0, or 1 with a section of tagged fields for responses in a flexible
/// version. The response to ApiVersions always has version 0.
///
/// @param correlationId that of the request
public record ResponseHeader(int correlationId) {
    /// @param apiKey that of the request
    /// @param apiVersion that of the request
    /// @throws io.meridian.protocol.wire.WireFormatException when the bytes are not a header
    public static ResponseHeader read(WireReader reader, short apiKey, short apiVersion) {
        int correlationId = reader.readInt32("ResponseHeader.correlationId");
        if (MessageTypes.responseFlexible(apiKey, apiVersion)) {
            reader.skipTaggedFields("ResponseHeader");
        }
        return new ResponseHeader(correlationId);
    }

    /// @param apiKey that of the request
    /// @param apiVersion that of the request
    public void write(WireWriter writer, short apiKey, short apiVersion) {
        writer.writeInt32(correlationId);
        if (MessageTypes.responseFlexible(apiKey, apiVersion)) {
            writer.writeUnsignedVarint(0);
        }
    }
}
