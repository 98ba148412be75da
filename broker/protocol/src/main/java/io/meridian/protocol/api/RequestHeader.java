package io.meridian.protocol.api;

import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/// What every request begins with.
///
/// The header itself has versions: 1, and 2 with a section of tagged fields for requests in a flexible version.
/// Which one it is follows from its own first two fields. The client id never takes the compact form, so that a
/// server can read the header of an ApiVersions request that is newer than itself.
///
/// @param apiKey any number: whoever reads a header has yet to find out whether it knows the API
/// @param apiVersion any number, as `apiKey`
/// @param correlationId comes back in the response
/// @param clientId the name that the client gave itself, or null
public record RequestHeader(
        short apiKey,
        short apiVersion,
        int correlationId,
        @Nullable String clientId) {
    /// @throws io.meridian.protocol.wire.WireFormatException when the bytes are not a header
    public static RequestHeader read(WireReader reader) {
        short apiKey = reader.readInt16("RequestHeader.apiKey");
        short apiVersion = reader.readInt16("RequestHeader.apiVersion");
        int correlationId = reader.readInt32("RequestHeader.correlationId");
        String clientId = reader.readNullableString("RequestHeader.clientId", false);
        if (MessageTypes.requestFlexible(apiKey, apiVersion)) {
            reader.skipTaggedFields("RequestHeader");
        }
        return new RequestHeader(apiKey, apiVersion, correlationId, clientId);
    }

    public void write(WireWriter writer) {
        writer.writeInt16(apiKey);
        writer.writeInt16(apiVersion);
        writer.writeInt32(correlationId);
        writer.writeNullableString("RequestHeader.clientId", clientId, false);
        if (MessageTypes.requestFlexible(apiKey, apiVersion)) {
            writer.writeUnsignedVarint(0);
        }
    }
}
