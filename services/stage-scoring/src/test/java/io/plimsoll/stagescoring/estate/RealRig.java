package io.plimsoll.stagescoring.estate;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.messaging.Corridor;
import io.plimsoll.stagescoring.store.PostgresContributions;
import io.plimsoll.stagescoring.store.PostgresStages;
import io.plimsoll.store.Database;
import io.plimsoll.wire.StagesCodec;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/** Scoring on a log in memory and the real database, walked by hand. */
public final class RealRig {

    public final MemoryLog log = new MemoryLog();
    public final Writers writers = new Writers(log::append, Rig.PARTITIONS);
    public final PostgresStages stages;
    public Instant now = Estate.AS_OF;

    private final DataSource source;
    private long lease;
    private Corridor corridor;

    public RealRig(DataSource source) {
        this.source = source;
        this.stages = new PostgresStages(new Database(source), new StagesCodec(Estate.MODEL));
        this.corridor = begin();
    }

    private Corridor begin() {
        RealDatabase.lease(new Database(source), ++lease);
        return Rig.corridor(
                log, lease, new PostgresContributions(new Database(source), Estate.MODEL), stages, () -> now, () -> 0);
    }

    /** As after a crash. */
    public void again() {
        corridor = begin();
    }

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
