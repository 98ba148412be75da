package io.meridian.platform.differential;

import io.meridian.base.Uuid;
import io.meridian.platform.testing.Broker;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.api.ResponseHeader;
import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One of the two brokers: connections to it by name, and the ids that it gave to what both know by a name.
final class Side implements AutoCloseable {
    private static final int LIMIT_MS = 20_000;
    private static final Uuid UNKNOWN_TOPIC = new Uuid(0x1234_5678L, 0x9abcL);

    private final Broker broker;
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, String> memberIds = new HashMap<>();
    private final Map<String, String> memberNames = new HashMap<>();
    private final Map<String, Uuid> topicIds = new HashMap<>();
    private final Map<Uuid, String> topicNames = new HashMap<>();

    private static final class Connection {
        final Socket socket;
        final DataInputStream in;
        final DataOutputStream out;
        int correlationId;

        Connection(Broker broker) throws IOException {
            socket = new Socket(broker.host(), broker.port());
            socket.setSoTimeout(LIMIT_MS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }
    }

    Side(Broker broker) {
        this.broker = broker;
    }

    /// The address of this broker, which no two have in common.
    Broker broker() {
        return broker;
    }

    /// Sends a request and returns the answer; empty when the connection was closed instead.
    Optional<ResponseMessage> ask(String connection, RequestMessage request, short version) {
        send(connection, request, version);
        return receive(connection, request.apiKey(), version);
    }

    /// Sends a request whose answer is taken later by [#receive].
    void send(String name, RequestMessage request, short version) {
        try {
            Connection connection = connections.get(name);
            if (connection == null) {
                connection = new Connection(broker);
                connections.put(name, connection);
            }
            WireWriter writer = new WireWriter();
            new RequestHeader(request.apiKey(), version, ++connection.correlationId, "differential").write(writer);
            request.write(writer, version);
            ByteBuffer bytes = writer.toByteBuffer();
            byte[] frame = new byte[bytes.remaining()];
            bytes.get(frame);
            connection.out.writeInt(frame.length);
            connection.out.write(frame);
            connection.out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The answer to the oldest request of a connection that has none yet.
    Optional<ResponseMessage> receive(String name, short apiKey, short version) {
        Connection connection = connections.get(name);
        if (connection == null) {
            throw new IllegalStateException("nothing was sent on " + name);
        }
        try {
            byte[] frame = new byte[connection.in.readInt()];
            connection.in.readFully(frame);
            WireReader reader = new WireReader(ByteBuffer.wrap(frame));
            ResponseHeader.read(reader, apiKey, version);
            ResponseMessage response = MessageTypes.readResponse(apiKey, reader, version);
            reader.expectEnd("response");
            return Optional.of(response);
        } catch (EOFException | SocketException _) {
            connections.remove(name);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(broker + " gave no answer to API " + apiKey + " v" + version, e);
        }
    }

    /// The id that a member has here, or its name while it has none, which no broker knows.
    String member(String name) {
        return memberIds.getOrDefault(name, name);
    }

    /// Remembers the id of a member.
    void learnMember(String name, String id) {
        if (!id.isEmpty()) {
            memberIds.put(name, id);
            memberNames.put(id, name);
        }
    }

    /// The id that a topic has here, or one that no topic has.
    Uuid topic(String name) {
        return topicIds.getOrDefault(name, UNKNOWN_TOPIC);
    }

    /// Remembers the id of a topic.
    void learnTopic(String name, Uuid id) {
        if (!id.isZero()) {
            topicIds.put(name, id);
            topicNames.put(id, name);
        }
    }

    /// A text of an answer with the ids that only this broker gives replaced by names.
    String common(String text) {
        String name = memberNames.get(text);
        return name != null ? "<member " + name + ">" : text.replace(broker.bootstrap(), "<bootstrap>");
    }

    /// A topic id of an answer as a name.
    String common(Uuid id) {
        String name = topicNames.get(id);
        return name != null ? "<topic " + name + ">" : id.isZero() || id.equals(UNKNOWN_TOPIC) ? id.toString() : "<id>";
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections.values()) {
            connection.socket.close();
        }
    }
}
