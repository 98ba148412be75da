package io.meridian.engine.group;

import io.meridian.base.Deadlines;
import io.meridian.engine.coordinator.Asker;
import io.meridian.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One member of a group: what it told of itself, what it was given, what it waits for.
///
/// A member is silent-checked by its session deadline, except while it waits for an answer of ours. A new member
/// waits for its first generation under a deadline of its own, so that one that has gone away meanwhile is dropped.
final class ClassicMember {
    private final String memberId;
    private final @Nullable String instanceId;
    private final String clientId;
    private final String clientHost;
    private int rebalanceTimeoutMs;
    private int sessionTimeoutMs;
    private List<MemberProtocol> protocols;
    private ByteBuffer assignment = WireReader.EMPTY_BYTES;
    private @Nullable Asker awaitingJoin;
    private @Nullable Asker awaitingSync;
    private boolean isNew;
    private Deadlines.@Nullable Ticket session;

    /// @param instanceId null for a dynamic member
    ClassicMember(
            String memberId,
            @Nullable String instanceId,
            String clientId,
            String clientHost,
            int rebalanceTimeoutMs,
            int sessionTimeoutMs,
            List<MemberProtocol> protocols) {
        this.memberId = memberId;
        this.instanceId = instanceId;
        this.clientId = clientId;
        this.clientHost = clientHost;
        this.rebalanceTimeoutMs = rebalanceTimeoutMs;
        this.sessionTimeoutMs = sessionTimeoutMs;
        this.protocols = List.copyOf(protocols);
    }

    /// The same static member under a new id: it came back, maybe from elsewhere.
    ClassicMember renamed(String newMemberId, String newClientId, String newClientHost) {
        ClassicMember renamed = new ClassicMember(
                newMemberId, instanceId, newClientId, newClientHost, rebalanceTimeoutMs, sessionTimeoutMs, protocols);
        renamed.assignment = assignment;
        return renamed;
    }

    String memberId() {
        return memberId;
    }

    @Nullable
    String instanceId() {
        return instanceId;
    }

    boolean isStatic() {
        return instanceId != null;
    }

    String clientId() {
        return clientId;
    }

    String clientHost() {
        return clientHost;
    }

    int rebalanceTimeoutMs() {
        return rebalanceTimeoutMs;
    }

    int sessionTimeoutMs() {
        return sessionTimeoutMs;
    }

    List<MemberProtocol> protocols() {
        return protocols;
    }

    void update(List<MemberProtocol> newProtocols, int newRebalanceTimeoutMs, int newSessionTimeoutMs) {
        protocols = List.copyOf(newProtocols);
        rebalanceTimeoutMs = newRebalanceTimeoutMs;
        sessionTimeoutMs = newSessionTimeoutMs;
    }

    /// Whether it offers the same protocols with the same metadata in the same order.
    boolean offers(List<MemberProtocol> others) {
        return protocols.equals(others);
    }

    boolean supports(String protocol) {
        return protocols.stream().anyMatch(each -> each.name().equals(protocol));
    }

    /// What it says under `protocol`; empty when it does not know that.
    ByteBuffer metadata(@Nullable String protocol) {
        for (MemberProtocol each : protocols) {
            if (each.name().equals(protocol)) {
                return each.metadata();
            }
        }
        return WireReader.EMPTY_BYTES;
    }

    ByteBuffer assignment() {
        return assignment;
    }

    void assign(ByteBuffer newAssignment) {
        assignment = newAssignment;
    }

    boolean isAwaitingJoin() {
        return awaitingJoin != null;
    }

    boolean isAwaitingSync() {
        return awaitingSync != null;
    }

    @Nullable
    Asker awaitingJoin() {
        return awaitingJoin;
    }

    @Nullable
    Asker awaitingSync() {
        return awaitingSync;
    }

    void awaitJoin(@Nullable Asker asker) {
        awaitingJoin = asker;
    }

    void awaitSync(@Nullable Asker asker) {
        awaitingSync = asker;
    }

    /// Whether it has not been in a generation yet.
    boolean isNew() {
        return isNew;
    }

    void setNew(boolean newValue) {
        isNew = newValue;
    }

    Deadlines.@Nullable Ticket session() {
        return session;
    }

    void setSession(Deadlines.@Nullable Ticket ticket) {
        session = ticket;
    }
}
