package io.meridian.protocol.api;

import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A request as a client sent it. Bytes behind its last field are not looked at, as in Kafka.
public record ReceivedRequest(RequestHeader header, RequestMessage message) {
    /// Reads the frame in the remaining bytes, at least the API key and the version; null when that API or version
    /// is not served. A version of ApiVersions that is not known is read as the first one without its fields, so
    /// that the client can be told which there are.
    ///
    /// @throws io.meridian.protocol.wire.WireFormatException when the bytes are no such request
    public static @Nullable ReceivedRequest read(ByteBuffer frame) {
        short apiKey = frame.getShort(frame.position());
        short apiVersion = frame.getShort(frame.position() + Short.BYTES);
        ApiKey key = ApiKey.of(apiKey);
        boolean isServed = ApiSupport.parses(apiKey, apiVersion);
        if (key == null || !(isServed || key == ApiKey.API_VERSIONS)) {
            return null;
        }
        WireReader reader = new WireReader(frame, ApiSupport.of(key).limits());
        RequestHeader header = RequestHeader.read(reader);
        return new ReceivedRequest(
                header, isServed ? MessageTypes.readRequest(apiKey, reader, apiVersion) : ApiVersionsRequest.DEFAULT);
    }
}
