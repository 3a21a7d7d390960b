package io.plimsoll.messaging;

import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.TopicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop all readers share. A crash, a change of owner and a fresh start are the same code: the partitions held by lease are read from
 * their beginning, and a cluster is handed on once everything that is known of it has been read.
 *
 * <p>One thread calls {@link #step}; {@link #owned} and {@link #replaying} may be called by any.
 */
public final class Corridor {

    /** What is done with what was read. Called by the corridor's thread only. */
    public interface Handler {

        /** The partition is this replica's now; nothing of it was read yet. */
        void taken(Leases.Lease lease);

        /** The partition is another's now, or will be. */
        void lost(int partition);

        /**
         * Something of the cluster, or something that concerns all, has changed since the last call, and everything was read.
         *
         * @throws RecordSink.Fenced when the partition turns out to be another's
         */
        void changed(int partition, String cluster);

        /** Something read whole has changed; every owned cluster is handed on after this. */
        void wholeChanged();

        /** All that changed has been handed on. */
        void settled();
    }

    /**
     * What is read.
     *
     * @param partitions how many the cluster topics have
     * @param owned topics of which the owned partitions are read
     * @param whole topics that are read whole, besides the declarations
     */
    public record Reading(int partitions, Set<Topic> owned, Set<Topic> whole) {

        public Reading {
            owned = Set.copyOf(owned);
            whole = Set.copyOf(whole);
        }

        Set<Place> wholePlaces() {
            Set<Place> places = new HashSet<>();
            places.add(new Place(Topic.DECLARATIONS, 0));
            for (Topic topic : whole) {
                for (int partition = 0; partition < partitions; partition++) {
                    places.add(new Place(topic, partition));
                }
            }
            return places;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Corridor.class);
    private static final Duration MEND_PAUSE = Duration.ofSeconds(10);

    private final Reading reading;
    private final Leases leases;
    private final RecordSource source;
    private final RecordSink sink;
    private final Handler handler;
    private final Views views;
    private final Set<Place> wholePlaces;

    private final Map<Integer, Leases.Lease> held = new ConcurrentHashMap<>();
    private final Set<Integer> replayed = ConcurrentHashMap.newKeySet();
    private final Map<Integer, SortedSet<String>> dirty = new HashMap<>();
    private boolean wholeReplayed;
    private boolean wholeDirty;
    private boolean unsettled;
    /** When places were last read anew, by {@link System#nanoTime}; 0 before. */
    private long mended;
    /** Nothing is read before the first leases are asked for. */
    private boolean begun;

    /** @param views filled by this corridor, read by its handler */
    public Corridor(
            Reading reading, Leases leases, RecordSource source, RecordSink sink, Views views, Handler handler) {
        this.reading = reading;
        this.leases = leases;
        this.source = source;
        this.sink = sink;
        this.views = views;
        this.handler = handler;
        this.wholePlaces = reading.wholePlaces();
    }

    /** Asks for leases; at least three times a term. */
    public void renewLeases() {
        Map<Integer, Leases.Lease> now = leases.renew();
        Set<Integer> gone = new TreeSet<>(held.keySet());
        for (Leases.Lease lease : now.values()) {
            Leases.Lease before = held.get(lease.partition());
            if (before != null && before.generation() == lease.generation()) {
                gone.remove(lease.partition());
            }
        }
        boolean changed = !begun || !gone.isEmpty();
        gone.forEach(this::lose);
        for (Leases.Lease lease : now.values()) {
            if (!held.containsKey(lease.partition())) {
                take(lease);
                changed = true;
            }
        }
        if (changed) {
            begun = true;
            Set<Place> places = new HashSet<>(wholePlaces);
            held.keySet().forEach(partition -> places.addAll(places(partition)));
            source.read(places);
        }
    }

    private void take(Leases.Lease lease) {
        sink.take(lease.partition());
        held.put(lease.partition(), lease);
        dirty.put(lease.partition(), new TreeSet<>());
        handler.taken(lease);
        LOG.atInfo()
                .addKeyValue("partition", lease.partition())
                .addKeyValue("generation", lease.generation())
                .log("partition taken");
    }

    private void lose(int partition) {
        held.remove(partition);
        replayed.remove(partition);
        dirty.remove(partition);
        for (Place place : places(partition)) {
            if (!wholePlaces.contains(place)) {
                views.forget(place);
            }
        }
        handler.lost(partition);
        sink.leave(partition);
        LOG.atInfo().addKeyValue("partition", partition).log("partition given up");
    }

    private Set<Place> places(int partition) {
        Set<Place> places = new HashSet<>();
        reading.owned().forEach(topic -> places.add(new Place(topic, partition)));
        return places;
    }

    /**
     * Reads what has come and hands on what is complete.
     *
     * @param wait how long to wait for records
     */
    public void step(Duration wait) {
        List<LogRecord> records = source.poll(wait);
        records.forEach(this::take);
        if (records.isEmpty()) {
            mend();
        }
        if (!wholeReplayed) {
            wholeReplayed = begun && wholePlaces.stream().allMatch(source::replayed);
            wholeDirty |= wholeReplayed;
        }
        if (!wholeReplayed) {
            return;
        }
        for (int partition : List.copyOf(held.keySet())) {
            if (!replayed.contains(partition) && places(partition).stream().allMatch(source::replayed)) {
                replayed.add(partition);
                dirty(partition).addAll(clusters(partition));
                unsettled = true;
            }
        }
        if (wholeDirty) {
            wholeDirty = false;
            handler.wholeChanged();
            replayed.forEach(partition -> dirty(partition).addAll(clusters(partition)));
            unsettled = true;
        }
        handOn();
    }

    /**
     * Reads a damaged place once more from its beginning; with it all that is read of its partition, so that nothing is judged by halves.
     * Called when the log has nothing further to say, and at most once a pause: a writer that counts wrongly must not keep us busy.
     */
    private void mend() {
        long now = System.nanoTime();
        if (mended != 0 && now - mended < MEND_PAUSE.toNanos()) {
            return;
        }
        Set<Place> damaged = new HashSet<>();
        for (int partition : List.copyOf(replayed)) {
            if (places(partition).stream().anyMatch(views::damaged)) {
                damaged.addAll(places(partition));
                replayed.remove(partition);
            }
        }
        if (wholeReplayed && wholePlaces.stream().anyMatch(views::damaged)) {
            damaged.addAll(wholePlaces);
            wholeReplayed = false;
        }
        if (!damaged.isEmpty()) {
            mended = now;
            LOG.atWarn()
                    .addKeyValue("places", damaged.toString())
                    .log("not as much is there as was marked, reading anew");
            damaged.forEach(views::forget);
            source.again(damaged);
        }
    }

    private void take(LogRecord record) {
        boolean closed;
        try {
            closed = views.take(record);
        } catch (RuntimeException e) {
            // One record nobody can read must not stop the partition.
            LOG.atWarn()
                    .addKeyValue("record", record.toString())
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("record passed over");
            return;
        }
        if (!closed) {
            return;
        }
        if (wholePlaces.contains(record.place())) {
            wholeDirty |= wholeReplayed;
        }
        SortedSet<String> clusters = dirty.get(record.place().partition());
        if (clusters != null && reading.owned().contains(record.place().topic())) {
            clusters.add(TopicKey.cluster(record.key()));
            unsettled = true;
        }
    }

    private void handOn() {
        for (int partition : List.copyOf(replayed)) {
            SortedSet<String> clusters = dirty(partition);
            try {
                while (!clusters.isEmpty()) {
                    handler.changed(partition, clusters.first());
                    clusters.removeFirst();
                }
            } catch (RecordSink.Fenced e) {
                LOG.atWarn().addKeyValue("partition", partition).log("partition has another owner");
                lose(partition);
            }
        }
        if (unsettled) {
            unsettled = false;
            handler.settled();
        }
    }

    private SortedSet<String> dirty(int partition) {
        return dirty.computeIfAbsent(partition, each -> new TreeSet<>());
    }

    private SortedSet<String> clusters(int partition) {
        SortedSet<String> clusters = new TreeSet<>();
        places(partition).forEach(place -> clusters.addAll(views.clusters(place)));
        return clusters;
    }

    /** Whether this replica owns the partition. Any thread. */
    public boolean owned(int partition) {
        return held.containsKey(partition);
    }

    /** Whether an owned partition is still being read from its beginning. Any thread. */
    public boolean replaying(int partition) {
        return held.containsKey(partition) && !replayed.contains(partition);
    }

    /** True when everything this replica owns was read. Any thread. */
    public boolean ready() {
        return begun && held.keySet().stream().allMatch(replayed::contains);
    }

    /** Gives everything up. */
    public void stop() {
        List.copyOf(held.keySet()).forEach(this::lose);
        leases.release();
        source.close();
        sink.close();
    }
}
