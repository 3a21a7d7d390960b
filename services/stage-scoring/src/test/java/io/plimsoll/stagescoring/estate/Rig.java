package io.plimsoll.stagescoring.estate;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.messaging.Corridor;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.stagescoring.flow.ContributionStore;
import io.plimsoll.stagescoring.flow.Retention;
import io.plimsoll.stagescoring.flow.ScoringHandler;
import io.plimsoll.stagescoring.flow.StageStore;
import io.plimsoll.stagescoring.publish.NoSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Scoring on a log and stores in memory, walked by hand, at a time given by hand. */
public final class Rig {

    public static final int PARTITIONS = 2;
    public static final Retention RETENTION = new Retention(Duration.ofDays(30), 1_000);

    public final MemoryLog log = new MemoryLog();
    public final Writers writers = new Writers(log::append, PARTITIONS);
    public final MemoryContributions contributions = new MemoryContributions();
    public final MemoryStages stages = new MemoryStages();
    public Instant now = Estate.AS_OF;

    /** What has passed, by which long work is done less often. */
    public long nanos;

    private long lease;
    private Corridor corridor;

    public Rig() {
        corridor = begin();
    }

    private record Sole(long generation) implements Leases {
        @Override
        public Map<Integer, Lease> renew() {
            Map<Integer, Lease> all = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.put(partition, new Lease(partition, "here", generation));
            }
            return all;
        }

        @Override
        public Optional<Lease> owner(int partition) {
            return Optional.of(new Lease(partition, "here", generation));
        }

        @Override
        public void release() {}
    }

    /** Scoring that has read nothing yet, as the only replica. */
    public static Corridor corridor(
            MemoryLog log,
            long lease,
            ContributionStore contributions,
            StageStore stages,
            InstantSource clock,
            LongSupplier nanos) {
        Views views = new Views();
        Corridor begun = new Corridor(
                ScoringHandler.reading(PARTITIONS),
                new Sole(lease),
                log.source(),
                new NoSink(),
                views,
                new ScoringHandler(Estate.MODEL, views, contributions, stages, RETENTION, clock, nanos));
        begun.renewLeases();
        return begun;
    }

    private Corridor begin() {
        return corridor(log, ++lease, contributions, stages, () -> now, () -> nanos);
    }

    /** Forgets all that was in memory, as a crash does. */
    public void crash() {
        corridor = begin();
        walk();
    }

    /** A whole estate at its first revision. */
    public void write(Estate estate) {
        writers.declare(estate.declarations());
        for (ClusterState state : estate.states()) {
            writers.all(state, 1);
        }
    }

    public void walk() {
        for (int i = 0; i < 4; i++) {
            corridor.step(Duration.ZERO);
        }
    }
}
