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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
 * <p>One thread calls {@link #renewLeases}, {@link #step}, {@link #look} and {@link #stop}; all else may be called by any.
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

        /** Clusters to be handed on once more though nothing of them was read: what else is known of them has changed. */
        default Collection<String> moved() {
            return List.of();
        }

        /** After each step once everything read whole was read, whether or not anything came: the place for what time alone changes. */
        default void tick() {}
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
    /** Replayed, and every cluster in it handed on since. */
    private final Set<Integer> handedOn = ConcurrentHashMap.newKeySet();

    private final Map<Integer, SortedSet<String>> dirty = new HashMap<>();
    /** When the broker said that a partition is another's, by {@link System#nanoTime}. */
    private final Map<Integer, Long> fenced = new HashMap<>();

    private volatile boolean wholeReplayed;
    private volatile boolean wholeDirty;
    private volatile int waiting;
    private volatile OptionalLong behind = OptionalLong.empty();
    /** When the log last answered, by {@link System#nanoTime}. */
    private volatile long logAnswered = System.nanoTime();
    /** What was last granted; taken up by the corridor's thread. */
    private volatile Granted granted = new Granted(Map.of(), System.nanoTime());

    private Granted applied = granted;
    private boolean unsettled;
    /** When places were last read anew, by {@link System#nanoTime}; 0 before. */
    private long mended;
    /** Nothing is read before the first leases are asked for. */
    private volatile boolean begun;

    /**
     * An answer to a question for leases.
     *
     * @param asked when, by {@link System#nanoTime}: they are good for a term from then
     */
    private record Granted(Map<Integer, Leases.Lease> leases, long asked) {}

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

    /**
     * Asks for leases, at least three times a term. Any thread, so that a long analysis costs no lease; what is granted is taken up by the
     * next {@link #step}.
     */
    public void askForLeases() {
        long asked = System.nanoTime();
        granted = new Granted(leases.renew(), asked);
    }

    /** Asks for leases and takes them up. */
    public void renewLeases() {
        askForLeases();
        takeUp();
    }

    /** How long ago what is held was asked for; its end is a term after that. Any thread. */
    public Duration sinceGranted() {
        return Duration.ofNanos(System.nanoTime() - granted.asked());
    }

    /** True once leases were taken up: broker and database have both answered. Any thread. */
    public boolean begun() {
        return begun;
    }

    private void takeUp() {
        Granted now = granted;
        if (now.asked() == applied.asked()) {
            return;
        }
        applied = now;
        Set<Integer> gone = gone(now);
        List<Leases.Lease> fresh = fresh(now);
        if (!gone.isEmpty()) {
            gone.forEach(this::lose);
            // Before anything is taken: a partition that went and came back within one renewal is read from its
            // beginning too.
            readWhatIsHeld();
        }
        sink.take(fresh.stream().map(Leases.Lease::partition).toList());
        fresh.forEach(this::taken);
        if (!begun || !fresh.isEmpty()) {
            begun = true;
            readWhatIsHeld();
        }
    }

    /** What is held and was not granted again, or was another's meanwhile. */
    private Set<Integer> gone(Granted now) {
        Set<Integer> gone = new TreeSet<>();
        held.forEach((partition, lease) -> {
            Leases.Lease again = now.leases().get(partition);
            if (again == null || again.generation() != lease.generation()) {
                gone.add(partition);
            }
        });
        return gone;
    }

    /** What was granted and is not held; not what the broker refused after these leases were asked for. */
    private List<Leases.Lease> fresh(Granted now) {
        return now.leases().values().stream()
                .filter(lease -> {
                    Leases.Lease before = held.get(lease.partition());
                    return before == null || before.generation() != lease.generation();
                })
                .filter(lease -> {
                    Long refused = fenced.get(lease.partition());
                    return refused == null || now.asked() - refused > 0;
                })
                .sorted(Comparator.comparingInt(Leases.Lease::partition))
                .toList();
    }

    private boolean leasesChanged() {
        Granted now = granted;
        return now.asked() != applied.asked()
                && (!gone(now).isEmpty() || !fresh(now).isEmpty());
    }

    private void readWhatIsHeld() {
        Set<Place> places = new HashSet<>(wholePlaces);
        held.keySet().forEach(partition -> places.addAll(places(partition)));
        source.read(places);
    }

    private void taken(Leases.Lease lease) {
        fenced.remove(lease.partition());
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
        handedOn.remove(partition);
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
        takeUp();
        List<LogRecord> records = source.poll(wait);
        if (!records.isEmpty()) {
            logAnswered = System.nanoTime();
        }
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
        handAgain(handler.moved());
        handOn();
        handler.tick();
    }

    private void handAgain(Collection<String> moved) {
        if (moved.isEmpty()) {
            return;
        }
        for (int partition : replayed) {
            SortedSet<String> known = clusters(partition);
            known.retainAll(Set.copyOf(moved));
            unsettled |= dirty(partition).addAll(known);
        }
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
                handedOn.remove(partition);
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
                    count();
                    handler.changed(partition, clusters.first());
                    clusters.removeFirst();
                    if (leasesChanged()) {
                        // What was given up meanwhile is left at once; the rest is handed on by the next step.
                        count();
                        return;
                    }
                }
                handedOn.add(partition);
            } catch (RecordSink.Fenced e) {
                LOG.atWarn().addKeyValue("partition", partition).log("partition has another owner");
                fenced.put(partition, System.nanoTime());
                lose(partition);
                // Whoever is granted it again reads it from its beginning.
                readWhatIsHeld();
            }
        }
        count();
        if (unsettled) {
            unsettled = false;
            handler.settled();
        }
    }

    private void count() {
        waiting = dirty.values().stream().mapToInt(SortedSet::size).sum();
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

    /** Whether an owned partition is still being read from its beginning, or was read and not handed on yet. Any thread. */
    public boolean replaying(int partition) {
        return held.containsKey(partition) && !handedOn.contains(partition);
    }

    /** True when this replica owns something, and everything it owns was read and handed on once. Any thread. */
    public boolean ready() {
        return begun
                && wholeReplayed
                && !wholeDirty
                && !held.isEmpty()
                && held.keySet().stream().allMatch(handedOn::contains);
    }

    /** Asks the log whether it is there, and how much of it was not read. */
    public void look() {
        behind = source.behind();
        if (behind.isPresent()) {
            logAnswered = System.nanoTime();
        }
    }

    /** Any thread. */
    public CorridorStatus status() {
        SortedSet<Integer> mine = new TreeSet<>(held.keySet());
        SortedSet<Integer> reading = new TreeSet<>(mine);
        reading.removeAll(handedOn);
        return new CorridorStatus(
                ready(),
                mine,
                reading,
                waiting,
                behind,
                Duration.ofNanos(System.nanoTime() - logAnswered),
                sinceGranted(),
                "");
    }

    /** Gives everything up, whatever of it fails. */
    public void stop() {
        List<Runnable> all = new ArrayList<>();
        List.copyOf(held.keySet()).forEach(partition -> all.add(() -> lose(partition)));
        all.add(sink::close);
        all.add(source::close);
        all.add(leases::release);
        RuntimeException first = null;
        for (Runnable each : all) {
            try {
                each.run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
