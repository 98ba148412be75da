package io.meridian.platform.badinput;

import io.meridian.platform.testing.Broker;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/// A connection on which a test sends whatever bytes it likes. Reading gives up after ten seconds.
final class RawConnection implements AutoCloseable {
    private static final int LIMIT_MS = 10_000;
    private static final int FRAME_BYTES_MAX = 10_000_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int correlationId;

    RawConnection(Broker broker) throws IOException {
        socket.connect(new InetSocketAddress(broker.host(), broker.port()), LIMIT_MS);
        socket.setSoTimeout(LIMIT_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /// Sends these bytes as they are.
    void bytes(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        socket.getOutputStream().write(copy);
        socket.getOutputStream().flush();
    }

    /// Sends `content` with its length before it.
    void frame(ByteBuffer content) throws IOException {
        bytes(ByteBuffer.allocate(Integer.BYTES + content.remaining())
                .putInt(content.remaining())
                .put(content.duplicate())
                .flip());
    }

    /// The bytes of a request as the stock client encodes it, header included, without the length.
    ByteBuffer encode(AbstractRequest request) {
        return request.serializeWithHeader(header(request));
    }

    private RequestHeader header(AbstractRequest request) {
        return new RequestHeader(request.apiKey(), request.version(), "raw", ++correlationId);
    }

    /// Sends a request and returns its decoded response.
    <T extends AbstractResponse> T ask(AbstractRequest request, Class<T> type) throws IOException {
        RequestHeader header = header(request);
        frame(request.serializeWithHeader(header));
        ByteBuffer response =
                next().orElseThrow(() -> new AssertionError("closed instead of an answer to " + request.apiKey()));
        return type.cast(AbstractResponse.parseResponse(response, header));
    }

    /// The next frame, or nothing when the broker has closed the connection.
    Optional<ByteBuffer> next() throws IOException {
        try {
            int length = in.readInt();
            if (length < 0 || length > FRAME_BYTES_MAX) {
                throw new AssertionError("a frame of " + length + " bytes");
            }
            byte[] frame = new byte[length];
            in.readFully(frame);
            return Optional.of(ByteBuffer.wrap(frame));
        } catch (EOFException | SocketException _) {
            return Optional.empty();
        }
    }

    /// A header of version 1 for any key and version, without the length: key, version, correlation id, client id.
    static ByteBuffer header(ApiKeys key, int version, int correlationId, int room) {
        return header(key.id, version, correlationId, room);
    }

    /// The same for a key that may not exist.
    static ByteBuffer header(int key, int version, int correlationId, int room) {
        return ByteBuffer.allocate(12 + room)
                .putShort((short) key)
                .putShort((short) version)
                .putInt(correlationId)
                .putShort((short) 2)
                .put((byte) 'r')
                .put((byte) 'w');
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
