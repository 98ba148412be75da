package io.meridian.engine.handler;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.FetchRequest.ForgottenTopic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fetch sessions of one node, the least recently used first.
///
/// Bounded by slots: when all are taken, a session that was idle for two minutes gives way; else the new client gets
/// no session, which costs it longer requests and nothing more. A client that reconnects to another node of the
/// process is told that its session is unknown and opens one there.
public final class FetchSessions {
    private static final int NO_SESSION = 0;
    private static final int FULL_FETCH = 0;
    private static final int CLOSE_SESSION = -1;
    private static final long EVICTABLE_AFTER_MS = 120_000L;

    /// A session outlives its requests, so its memory is bounded on its own: every partition of a large cluster.
    private static final int PARTITIONS_MAX = 100_000;

    private record Slot(FetchSession session, long lastUsedNs) {}

    private final int slots;
    private final SeededRandom random;
    private final Map<Integer, Slot> bySessionId = new LinkedHashMap<>();

    public FetchSessions(int slots, SeededRandom random) {
        this.slots = slots;
        this.random = random;
    }

    /// What a fetch is about.
    sealed interface Opened {
        record Refused(ErrorCode error) implements Opened {}

        /// @param session null when the request has none
        /// @param full the reply names every partition, changed or not
        record Partitions(@Nullable FetchSession session, boolean full, List<FetchTarget> targets) implements Opened {}
    }

    public int size() {
        return bySessionId.size();
    }

    Opened withoutSession(FetchRequest request, boolean byId) {
        List<FetchTarget> targets = targets(request, byId);
        return targets == null
                ? new Opened.Refused(ErrorCode.INVALID_REQUEST)
                : new Opened.Partitions(null, true, targets);
    }

    Opened open(FetchRequest request, boolean byId, Now now) {
        if (request.sessionEpoch() == CLOSE_SESSION || request.sessionEpoch() == FULL_FETCH) {
            if (request.sessionId() != NO_SESSION) {
                bySessionId.remove(request.sessionId());
            }
            List<FetchTarget> targets = targets(request, byId);
            if (targets == null) {
                return new Opened.Refused(ErrorCode.INVALID_REQUEST);
            }
            FetchSession session = request.sessionEpoch() == FULL_FETCH ? create(targets, byId, now) : null;
            return new Opened.Partitions(session, true, targets);
        }
        return resume(request, byId, now);
    }

    private Opened resume(FetchRequest request, boolean byId, Now now) {
        Slot slot = bySessionId.get(request.sessionId());
        if (slot == null) {
            return new Opened.Refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
        }
        FetchSession session = slot.session();
        if (session.byId() != byId) {
            return new Opened.Refused(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
        }
        if (session.nextEpoch() != request.sessionEpoch()) {
            return new Opened.Refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
        }
        List<FetchTarget> changed = targets(request, byId);
        if (changed == null || session.size() + changed.size() > PARTITIONS_MAX) {
            return new Opened.Refused(ErrorCode.INVALID_REQUEST);
        }
        changed.forEach(session::put);
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            for (int partition : topic.partitions()) {
                session.forget(new FetchTarget.Key(topic.topic(), topic.topicId(), partition));
            }
        }
        session.advanceEpoch();
        bySessionId.remove(session.sessionId());
        bySessionId.put(session.sessionId(), new Slot(session, now.monotonicNs()));
        return new Opened.Partitions(session, false, session.targets());
    }

    private @Nullable FetchSession create(List<FetchTarget> targets, boolean byId, Now now) {
        if (targets.isEmpty() || !makeRoom(now)) {
            return null;
        }
        int sessionId;
        do {
            sessionId = random.nextInt(1, Integer.MAX_VALUE);
        } while (bySessionId.containsKey(sessionId));
        FetchSession session = new FetchSession(sessionId, byId, targets);
        bySessionId.put(sessionId, new Slot(session, now.monotonicNs()));
        return session;
    }

    private boolean makeRoom(Now now) {
        if (bySessionId.size() < slots) {
            return true;
        }
        Iterator<Slot> leastRecentlyUsed = bySessionId.values().iterator();
        if (!leastRecentlyUsed.hasNext()) {
            return false;
        }
        long idleNs = now.monotonicNs() - leastRecentlyUsed.next().lastUsedNs();
        if (idleNs < EVICTABLE_AFTER_MS * Now.NANOS_PER_MILLI) {
            return false;
        }
        leastRecentlyUsed.remove();
        return true;
    }

    /// The partitions that a request names; null when it names one twice.
    private static @Nullable List<FetchTarget> targets(FetchRequest request, boolean byId) {
        List<FetchTarget> targets = new ArrayList<>();
        Set<FetchTarget.Key> seen = new HashSet<>();
        for (FetchTopic topic : request.topics()) {
            for (FetchPartition partition : topic.partitions()) {
                FetchTarget target = FetchTarget.of(byId ? "" : topic.topic(), topic.topicId(), partition);
                if (!seen.add(target.key())) {
                    return null;
                }
                targets.add(target);
            }
        }
        return targets;
    }
}
