package io.meridian.simulator.disk;

import io.meridian.base.SeededRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names in one directory: as programs see them, as they are durable, and the changes between the two.
final class DirectoryNode extends Node {
    private NavigableMap<String, Node> visible = new TreeMap<>();
    private final NavigableMap<String, Node> durable = new TreeMap<>();
    private final List<NameChange> changes = new ArrayList<>();
    private boolean forceFailed;

    /// `from` is gone, `to` stands for `node`; a creation has no `from`, a deletion no `to`.
    private record NameChange(
            @Nullable String from,
            @Nullable String to,
            @Nullable Node node) {
        void applyTo(Map<String, Node> names) {
            if (from != null) {
                names.remove(from);
            }
            if (to != null && node != null) {
                names.put(to, node);
            }
        }
    }

    List<String> names() {
        return List.copyOf(visible.keySet());
    }

    NavigableMap<String, Node> entries() {
        return visible;
    }

    @Nullable
    Node get(String name) {
        return visible.get(name);
    }

    boolean isDurable(String name) {
        return durable.get(name) != null && durable.get(name) == visible.get(name);
    }

    void add(String name, Node node) {
        change(new NameChange(null, name, node));
    }

    void rename(String from, String to, Node node) {
        change(new NameChange(from, to, node));
    }

    void remove(String name) {
        change(new NameChange(name, null, null));
    }

    private void change(NameChange change) {
        change.applyTo(visible);
        changes.add(change);
    }

    /// Does nothing after a force that failed, for the rest of the process: a success that follows proves nothing.
    void forced() {
        if (forceFailed) {
            return;
        }
        for (NameChange change : changes) {
            change.applyTo(durable);
        }
        changes.clear();
    }

    void forceFailed() {
        forceFailed = true;
    }

    /// The process is gone; what the file system had forgotten it sees again when it is asked anew.
    void handlesDied() {
        forceFailed = false;
    }

    /// Replaces the visible names by some that a power loss may leave: changes of one name keep their order, changes
    /// of different names may be kept independently or, in most file systems, up to a common moment.
    void losePower(PowerLoss loss, SeededRandom random) {
        boolean inOrder = random.nextBoolean();
        Set<String> stale = new HashSet<>();
        boolean stopped = false;
        for (NameChange change : changes) {
            boolean touchesStale = (change.from() != null && stale.contains(change.from()))
                    || (change.to() != null && stale.contains(change.to()));
            if (!stopped && !touchesStale && loss.keeps(random)) {
                change.applyTo(durable);
            } else {
                stopped = inOrder;
                if (change.from() != null) {
                    stale.add(change.from());
                }
                if (change.to() != null) {
                    stale.add(change.to());
                }
            }
        }
        changes.clear();
        forceFailed = false;
        visible = new TreeMap<>(durable);
    }
}
