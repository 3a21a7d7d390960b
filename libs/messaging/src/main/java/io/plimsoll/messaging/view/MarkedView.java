package io.plimsoll.messaging.view;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one writer said of one cluster in one topic. Records are held until the writer's mark and then applied at once; lower versions never
 * overwrite higher; what is gone is remembered with its version until the next mark. Not safe for use by two threads at once.
 *
 * <p>After compaction the log may lack a record that an unfinished batch has replaced already. Such a view is not {@link #settled} until
 * that batch's mark has come: what it holds then is whole again. A reader so slow that a tombstone was compacted away before it came by holds
 * more than the mark counts: it is not settled either, and reading from the beginning mends it.
 */
public final class MarkedView {

    /**
     * A live record.
     *
     * @param value its payload; empty where the resource stands in its place
     * @param resource what the payload says, where this view reads resources and could read it: the bytes are let go then
     */
    public record Entry(
            Version version, byte[] value, @Nullable Resource resource) {}

    private record Held(
            Version version,
            byte @Nullable [] value,
            @Nullable Resource resource) {}

    private static final byte[] READ = {};

    private final Function<byte[], @Nullable Resource> resourceOf;

    private final TreeMap<String, Entry> live = new TreeMap<>();
    private final Map<String, Version> gone = new HashMap<>();
    private final TreeMap<String, Held> pending = new TreeMap<>();
    private Version mark = Version.NONE;
    private byte[] markValue = new byte[0];
    private String markTrace = "";
    private Version newest = Version.NONE;
    private boolean marked;
    private boolean counted = true;

    /** A view that keeps payloads as they are. */
    public MarkedView() {
        this(value -> null);
    }

    /** @param resourceOf what a payload says; null where the payload is to be kept */
    MarkedView(Function<byte[], @Nullable Resource> resourceOf) {
        this.resourceOf = resourceOf;
    }

    /**
     * Takes one record of the writer, a mark included.
     *
     * @return true when a mark was applied
     */
    public boolean take(LogRecord record) {
        if (TopicKey.isMark(record.key())) {
            return record.value() != null && mark(record);
        }
        if (record.version().compareTo(newest) > 0) {
            newest = record.version();
        }
        Held held = pending.get(record.key());
        if (held == null || record.version().compareTo(held.version()) >= 0) {
            pending.put(record.key(), held(record.version(), record.value()));
        }
        return false;
    }

    private Held held(Version version, byte @Nullable [] value) {
        Resource resource = value == null ? null : resourceOf.apply(value);
        return new Held(version, resource == null ? value : READ, resource);
    }

    private boolean mark(LogRecord record) {
        Version version = record.version();
        byte[] value = java.util.Objects.requireNonNull(record.value());
        if (marked && version.compareTo(mark) < 0) {
            return false;
        }
        boolean risen = !marked || version.compareTo(mark) > 0;
        if (risen) {
            gone.clear();
        }
        mark = version;
        markValue = value;
        markTrace = record.trace();
        marked = true;
        // What is newer than the mark belongs to a batch that is not finished.
        Map<String, Held> later = new HashMap<>();
        pending.forEach((key, held) -> {
            if (held.version().compareTo(version) > 0) {
                later.put(key, held);
            } else {
                apply(key, held);
            }
        });
        pending.clear();
        pending.putAll(later);
        counted = countOf(value) == live.size();
        return risen || later.isEmpty();
    }

    private void apply(String key, Held held) {
        Entry present = live.get(key);
        Version known = present == null ? gone.getOrDefault(key, Version.NONE) : present.version();
        if (held.version().compareTo(known) < 0) {
            return;
        }
        if (held.value() == null) {
            live.remove(key);
            gone.put(key, held.version());
        } else {
            live.put(key, new Entry(held.version(), held.value(), held.resource()));
            gone.remove(key);
        }
    }

    private static long countOf(byte[] mark) {
        try {
            return Mark.parseFrom(mark).getRecordCount();
        } catch (InvalidProtocolBufferException e) {
            return -1;
        }
    }

    /** True when a mark was read, nothing newer than it was seen, and as much is there as it counts. */
    public boolean settled() {
        return marked && counted && newest.compareTo(mark) <= 0;
    }

    /** True when less or more is there than the newest mark counts, and no newer batch explains it. */
    public boolean damaged() {
        return marked && !counted && newest.compareTo(mark) <= 0;
    }

    /** True when any mark was read. */
    public boolean marked() {
        return marked;
    }

    /** The newest mark's version; {@link Version#NONE} before any. */
    public Version mark() {
        return mark;
    }

    /** The newest mark's payload; empty before any. */
    public byte[] markValue() {
        return markValue;
    }

    /** The trace of the newest mark, see {@link io.plimsoll.messaging.log.Traces}; empty where nothing is traced. */
    public String markTrace() {
        return markTrace;
    }

    /** What holds as of the mark, by key in its order. A view of this object's state, not a copy. */
    public Map<String, Entry> live() {
        return Collections.unmodifiableMap(live);
    }
}
