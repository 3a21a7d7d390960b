package io.plimsoll.sensing.view;

import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.ResourceVersions;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.resync.Comparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as its sensor remembers it: of each object the hash, and of what the centre was not told yet the newest state, for as long as there is
 * room for it. However long the centre is away, it grows with the objects that differ and never with the changes. Any thread.
 *
 * <ol>
 *   <li>What is seen in a list holds; what a watch tells holds unless it is known to be older than what is held.
 *   <li>What was deleted is not revived by an older change that comes later; as many deletions are remembered as there is room for.
 *   <li>One batch is on its way at a time. Until it is accepted it may be lost: then what of it is still the newest is told again.
 * </ol>
 */
public final class ClusterView {

    /** What became of something seen. */
    public enum Seen {
        CHANGED,
        SAME,
        /** Known to be older than what is held. */
        STALE
    }

    private record Entry(byte[] hash, String resourceVersion, int listing) {}

    /** @param told null where the state was let go */
    private record Pending(long stamp, @Nullable Change told) {
        int bytes() {
            return told instanceof Change.Present present ? present.json().length : 0;
        }
    }

    /** Room for states that were read again, beyond that for others: a page of them. */
    private static final long FETCHED_BYTES_MAX = 8L << 20;

    private final long bytesMax;
    private final int deletionsMax;
    private final NavigableMap<ObjectKey, Entry> entries = new TreeMap<>();
    private final Map<ObjectKey, Pending> waiting = new LinkedHashMap<>();
    private final Map<ObjectKey, Pending> flying = new LinkedHashMap<>();
    private final Map<ObjectKey, String> deletions;
    private SetDigest digest = SetDigest.EMPTY;
    private long stamp;
    private long waitingBytes;
    private int listing;
    private long stale;

    /**
     * @param bytesMax most bytes of states that wait; beyond it only that they wait is kept
     * @param deletionsMax deletions remembered; the oldest is forgotten first
     */
    public ClusterView(long bytesMax, int deletionsMax) {
        this.bytesMax = bytesMax;
        this.deletionsMax = deletionsMax;
        this.deletions = new LinkedHashMap<>();
    }

    /** Figures of a moment. */
    public record Figures(int objects, int waiting, long waitingBytes, long stale) {}

    public synchronized Figures figures() {
        return new Figures(entries.size(), waiting.size() + flying.size(), waitingBytes, stale);
    }

    /** Over every object and its hash. */
    public synchronized SetDigest digest() {
        return digest;
    }

    /** Begins to list a kind; what is seen with the number is there. */
    public synchronized int beginListing() {
        return ++listing;
    }

    /** An object of a list, or one that was asked for: it holds whatever is remembered. */
    public synchronized Seen listed(Sighting sighting, int number) {
        deletions.remove(sighting.key());
        return take(sighting, number);
    }

    /** An object of a watch. */
    public synchronized Seen watched(Sighting sighting) {
        Entry held = entries.get(sighting.key());
        String newest = held != null ? held.resourceVersion() : deletions.getOrDefault(sighting.key(), "");
        if (ResourceVersions.isBefore(sighting.resourceVersion(), newest)) {
            stale++;
            return Seen.STALE;
        }
        deletions.remove(sighting.key());
        return take(sighting, held == null ? listing : held.listing());
    }

    private Seen take(Sighting sighting, int number) {
        ObjectKey key = sighting.key();
        Entry held = entries.put(key, new Entry(sighting.hash(), sighting.resourceVersion(), number));
        if (held != null && java.util.Arrays.equals(held.hash(), sighting.hash())) {
            return Seen.SAME;
        }
        if (held != null) {
            digest = digest.without(key, held.hash());
        }
        digest = digest.with(key, sighting.hash());
        wait(key, present(sighting));
        return Seen.CHANGED;
    }

    /**
     * The state of an object that was let go, read again. Where something newer was seen meanwhile, or its end, that holds: nobody can tell whether
     * this answer was given before or after.
     */
    public synchronized void fetched(Sighting sighting) {
        ObjectKey key = sighting.key();
        Pending pending = waiting.get(key);
        Entry held = entries.get(key);
        if (held == null || pending == null || pending.told() != null) {
            return;
        }
        take(sighting, held.listing());
        // It was just asked for: it is not let go again for want of the same room.
        wait(key, present(sighting), bytesMax + FETCHED_BYTES_MAX);
    }

    private static Change.Present present(Sighting sighting) {
        return new Change.Present(
                sighting.key(), sighting.resourceVersion(), sighting.generation(), sighting.json(), sighting.change());
    }

    private void wait(ObjectKey key, Change change) {
        wait(key, change, bytesMax);
    }

    private void wait(ObjectKey key, Change change, long most) {
        Pending before = waiting.remove(key);
        waitingBytes -= before == null ? 0 : before.bytes();
        Pending now = new Pending(++stamp, change);
        if (waitingBytes + now.bytes() > most) {
            now = new Pending(stamp, null);
        }
        waitingBytes += now.bytes();
        waiting.put(key, now);
    }

    /**
     * A watch tells that an object is gone.
     *
     * @param resourceVersion of the deletion
     */
    public synchronized Seen gone(ObjectKey key, String resourceVersion) {
        Entry held = entries.get(key);
        if (held == null) {
            if (!ResourceVersions.isBefore(resourceVersion, deletions.getOrDefault(key, ""))) {
                remember(key, resourceVersion);
            }
            return Seen.SAME;
        }
        if (ResourceVersions.isBefore(resourceVersion, held.resourceVersion())) {
            stale++;
            return Seen.STALE;
        }
        forget(key, held, resourceVersion);
        return Seen.CHANGED;
    }

    /** It was asked for and is not there: nobody knows at which version it went. */
    public synchronized void missing(ObjectKey key) {
        Entry held = entries.get(key);
        if (held != null) {
            forget(key, held, held.resourceVersion());
        } else {
            Pending pending = waiting.get(key);
            if (pending != null && pending.told() == null) {
                wait(key, new Change.Gone(key, ""));
            }
        }
    }

    private void forget(ObjectKey key, Entry held, String resourceVersion) {
        entries.remove(key);
        digest = digest.without(key, held.hash());
        remember(key, resourceVersion);
        wait(key, new Change.Gone(key, resourceVersion));
    }

    private void remember(ObjectKey key, String resourceVersion) {
        deletions.remove(key);
        deletions.put(key, resourceVersion);
        if (deletions.size() > deletionsMax) {
            Iterator<ObjectKey> oldest = deletions.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The list of a kind is complete: what it did not hold is gone. */
    public synchronized int endListing(String group, String kind, int number) {
        List<ObjectKey> left = new ArrayList<>();
        for (Map.Entry<ObjectKey, Entry> each :
                entries.tailMap(new ObjectKey(group, kind, "", ""), true).entrySet()) {
            if (!each.getKey().isOfKind(group, kind)) {
                break;
            }
            if (each.getValue().listing() < number) {
                left.add(each.getKey());
            }
        }
        for (ObjectKey key : left) {
            Entry held = entries.get(key);
            if (held != null) {
                forget(key, held, held.resourceVersion());
            }
        }
        return left.size();
    }

    /** Nothing of the kind is there any more, or may be seen any more. */
    public synchronized void dropKind(String group, String kind) {
        endListing(group, kind, Integer.MAX_VALUE);
    }

    /** How many objects of the kind are held. */
    public synchronized int count(String group, String kind) {
        int count = 0;
        for (ObjectKey key :
                entries.tailMap(new ObjectKey(group, kind, "", ""), true).keySet()) {
            if (!key.isOfKind(group, kind)) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Whether there is room for more states before they are let go. */
    public synchronized boolean hasRoom() {
        return waitingBytes < bytesMax / 2;
    }

    // ---- telling

    /**
     * What is told next, oldest first. While it is on its way no other is given.
     *
     * @param objectsMax most objects told, and most to be fetched
     * @param jsonBytesMax most bytes of states; one object is given whatever its size
     * @throws IllegalStateException while one is on its way
     */
    public synchronized Batch next(int objectsMax, int jsonBytesMax) {
        if (!flying.isEmpty()) {
            throw new IllegalStateException("a batch is on its way");
        }
        List<Change> changes = new ArrayList<>();
        List<ObjectKey> toFetch = new ArrayList<>();
        long bytes = 0;
        Iterator<Map.Entry<ObjectKey, Pending>> each = waiting.entrySet().iterator();
        while (each.hasNext() && changes.size() < objectsMax) {
            Map.Entry<ObjectKey, Pending> next = each.next();
            Pending pending = next.getValue();
            if (pending.told() == null) {
                if (toFetch.size() < objectsMax) {
                    toFetch.add(next.getKey());
                }
                continue;
            }
            if (bytes + pending.bytes() > jsonBytesMax && !changes.isEmpty()) {
                break;
            }
            bytes += pending.bytes();
            changes.add(pending.told());
            flying.put(next.getKey(), pending);
            each.remove();
            waitingBytes -= pending.bytes();
        }
        return new Batch(changes, toFetch, waiting.isEmpty(), digest);
    }

    /** The batch on its way is committed. */
    public synchronized void accepted() {
        flying.clear();
    }

    /** The batch on its way may be lost: what of it is still the newest waits again. */
    public synchronized void lost() {
        flying.forEach((key, pending) -> {
            if (!waiting.containsKey(key)) {
                boolean room = waitingBytes + pending.bytes() <= bytesMax || pending.told() instanceof Change.Gone;
                Pending again = room ? pending : new Pending(pending.stamp(), null);
                waitingBytes += again.bytes();
                waiting.put(key, again);
            }
        });
        flying.clear();
    }

    /** Objects of the kind whose states were let go and are to be told. */
    public synchronized List<ObjectKey> unfetched(String group, String kind) {
        return waiting.entrySet().stream()
                .filter(each -> each.getValue().told() == null && each.getKey().isOfKind(group, kind))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the state of the object was let go and is to be told. */
    public synchronized boolean isUnfetched(ObjectKey key) {
        Pending pending = waiting.get(key);
        return pending != null && pending.told() == null;
    }

    /**
     * A list of the kind is complete: what was let go before it began and did not stand in it is gone, as its watch will tell too.
     *
     * @param letGo before the list began
     * @param listed what stood in it
     */
    public synchronized void missingOf(Collection<ObjectKey> letGo, Set<ObjectKey> listed) {
        letGo.stream().filter(key -> !listed.contains(key) && isUnfetched(key)).forEach(this::missing);
    }

    // ---- comparing

    /** Everything seen up to now; what {@link #settle} is told later. */
    public synchronized long stamp() {
        return stamp;
    }

    /** Hashes behind a key, in order. */
    public synchronized List<Comparison.Hashed> page(ObjectKey after, int objectsMax) {
        List<Comparison.Hashed> page = new ArrayList<>();
        for (Map.Entry<ObjectKey, Entry> each : entries.tailMap(after, false).entrySet()) {
            if (page.size() == objectsMax) {
                break;
            }
            page.add(new Comparison.Hashed(each.getKey(), each.getValue().hash()));
        }
        return page;
    }

    /**
     * The centre has compared: what was seen up to the stamp is told only where it is wanted.
     *
     * @param upTo {@link #stamp()} before the first page was made
     */
    public synchronized void settle(long upTo, Collection<ObjectKey> wanted) {
        Set<ObjectKey> toTell = new HashSet<>(wanted);
        waiting.entrySet().removeIf(each -> {
            boolean settled = each.getValue().stamp() <= upTo && !toTell.contains(each.getKey());
            waitingBytes -= settled ? each.getValue().bytes() : 0;
            return settled;
        });
        for (ObjectKey key : wanted) {
            if (!waiting.containsKey(key) && !flying.containsKey(key)) {
                waiting.put(key, new Pending(++stamp, null));
            }
        }
    }

    /** Everything is to be told from the beginning. */
    public synchronized void tellAll() {
        List<ObjectKey> all = new ArrayList<>(entries.keySet());
        settle(-1, all);
    }
}
