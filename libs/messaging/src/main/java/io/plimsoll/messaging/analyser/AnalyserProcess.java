package io.plimsoll.messaging.analyser;

import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.messaging.Corridor;
import io.plimsoll.messaging.CorridorStatus;
import io.plimsoll.messaging.CorridorThread;
import io.plimsoll.messaging.lease.ClusterPlaces;
import io.plimsoll.messaging.lease.Generations;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.lease.PostgresClusterPlaces;
import io.plimsoll.messaging.lease.PostgresGenerations;
import io.plimsoll.messaging.lease.PostgresLeases;
import io.plimsoll.messaging.log.Broker;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.view.Views;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * An engine on the corridor: what every analyser runs. Broker and database may be away at the start or later; it is not ready then and comes
 * back by itself. Its tables are those of {@code db/corridor}. Any thread.
 */
public final class AnalyserProcess implements AutoCloseable {

    /** After this, a partition that is being read is worth asking again. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private static final int RENEWALS_PER_TERM = 3;

    /**
     * Where it runs.
     *
     * @param broker the brokers
     * @param partitions how many the cluster topics have
     * @param address where others reach this replica, {@code host:port}
     * @param leaseTerm how long a partition stays with a replica that is silent; at least a second
     * @param keepsStates whether states of clusters are kept for questions
     */
    public record Settings(Broker broker, int partitions, String address, Duration leaseTerm, boolean keepsStates) {
        public Settings {
            if (partitions < 1) {
                throw new IllegalArgumentException("not a number of partitions: " + partitions);
            }
            if (leaseTerm.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a lease lasts a second or more, not " + leaseTerm);
            }
        }

        /** With a plain listener. */
        public Settings(String bootstrap, int partitions, String address, Duration leaseTerm, boolean keepsStates) {
            this(Broker.plain(bootstrap), partitions, address, leaseTerm, keepsStates);
        }
    }

    private final Settings settings;
    private final Leases leases;
    private final ClusterPlaces places;
    private final Snapshots snapshots = new Snapshots();
    private final AnalyserFigures figures = new AnalyserFigures();
    private final CorridorThread thread;

    /**
     * @param database the analyser's own schema; asked when there is something to ask
     * @param declarationsOf everything people said, from the payloads of the declarations topic
     */
    public AnalyserProcess(
            Analyser engine,
            DataSource database,
            Settings settings,
            Function<Collection<byte[]>, Declarations> declarationsOf) {
        this.settings = settings;
        this.leases = new PostgresLeases(database, settings.address(), settings.partitions(), settings.leaseTerm());
        this.places = settings.keepsStates() ? new PostgresClusterPlaces(database) : ClusterPlaces.NONE;
        Generations generations = new PostgresGenerations(database);
        this.thread = new CorridorThread(
                engine.name(),
                settings.leaseTerm().dividedBy(RENEWALS_PER_TERM),
                () -> corridor(engine, generations, declarationsOf));
    }

    private Corridor corridor(
            Analyser engine, Generations generations, Function<Collection<byte[]>, Declarations> declarationsOf) {
        Views views = Views.readingResources();
        RecordSink sink = new KafkaSink(settings.broker(), engine.name());
        EvidencePublisher.Kept kept = new EvidencePublisher.Kept(
                settings.keepsStates() ? Optional.of(snapshots) : Optional.empty(), places, figures);
        return new Corridor(
                EvidencePublisher.reading(settings.partitions()),
                leases,
                new KafkaSource(settings.broker()),
                sink,
                views,
                new EvidencePublisher(engine, views, sink, generations, declarationsOf, kept));
    }

    public void start() {
        thread.start();
    }

    /** True when something is owned, all of it was read and handed on, and broker and database have answered within a term. */
    public boolean ready() {
        CorridorStatus status = thread.status();
        return status.ready() && status.answeredWithin(settings.leaseTerm());
    }

    public CorridorStatus status() {
        return thread.status();
    }

    public AnalyserFigures figures() {
        return figures;
    }

    /** How many clusters are kept for questions. */
    public int clusters() {
        return snapshots.size();
    }

    /**
     * Who can speak of a cluster; asks the database only where this replica cannot.
     *
     * @throws io.plimsoll.messaging.lease.StoreDown when the database would have to be asked and does not answer
     */
    public Answer ask(String cluster) {
        Optional<Snapshot> here = snapshots.of(cluster);
        if (here.isPresent() && thread.answers(here.get().partition())) {
            return new Answer.Here(here.get());
        }
        OptionalInt partition =
                here.map(snapshot -> OptionalInt.of(snapshot.partition())).orElseGet(() -> places.of(cluster));
        if (partition.isEmpty()) {
            CorridorStatus status = thread.status();
            boolean reads = !status.fault().isEmpty() || !status.replaying().isEmpty();
            return reads ? new Answer.Replaying(ASK_AGAIN) : new Answer.Unknown();
        }
        if (thread.answers(partition.getAsInt())) {
            // It was taken up or given back since the first look.
            return snapshots.of(cluster).<Answer>map(Answer.Here::new).orElseGet(Answer.Unknown::new);
        }
        Optional<Leases.Lease> owner = leases.owner(partition.getAsInt());
        boolean mine = owner.filter(lease -> lease.address().equals(settings.address()))
                .isPresent();
        return mine ? new Answer.Replaying(ASK_AGAIN) : new Answer.Elsewhere(owner);
    }

    @Override
    public void close() {
        thread.close();
    }
}
