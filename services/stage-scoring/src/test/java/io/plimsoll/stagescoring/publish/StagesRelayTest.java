package io.plimsoll.stagescoring.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.stagescoring.estate.MemoryLog;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.stagescoring.flow.StageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stage reaches its topic once and in its order, wherever the relay ends. */
class StagesRelayTest {

    private static final int PARTITIONS = 3;

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An outbox in memory that breaks off now and then, before or after the rows are gone. */
    private static final class Outbox implements StageStore {

        private final List<Outgoing> rows = new ArrayList<>();
        private final Map<String, Long> sequences = new HashMap<>();
        private final Random random;
        private final boolean breaks;
        private long id;

        Outbox(Random random, boolean breaks) {
            this.random = random;
            this.breaks = breaks;
        }

        void add(String scope, boolean gone) {
            long sequence = sequences.merge(scope, 1L, Long::sum);
            rows.add(new Outgoing(++id, scope, sequence, gone ? null : new byte[] {(byte) sequence}));
        }

        private void perhaps() {
            if (breaks && random.nextInt(4) == 0) {
                throw new Broken();
            }
        }

        @Override
        public List<Outgoing> outgoing(int most) {
            return List.copyOf(rows.subList(0, Math.min(most, rows.size())));
        }

        @Override
        public void sent(long upTo) {
            perhaps();
            rows.removeIf(row -> row.id() <= upTo);
            perhaps();
        }

        @Override
        public Estate begin(long lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean forget(long lease, java.time.Instant before, int most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void save(long lease, Evaluation evaluation) {
            throw new UnsupportedOperationException();
        }
    }

    /** Writes all or nothing, and breaks off before or after. */
    private static RecordSink sink(MemoryLog log, Random random) {
        return new RecordSink() {
            @Override
            public void take(int partition) {}

            @Override
            public void write(int partition, List<LogRecord> records) {
                if (random.nextInt(4) == 0) {
                    throw new Broken();
                }
                records.forEach(log::append);
                if (random.nextInt(4) == 0) {
                    throw new Broken();
                }
            }

            @Override
            public void leave(int partition) {}

            @Override
            public void close() {}
        };
    }

    private static void untilDone(StagesRelay relay, Outbox outbox) {
        for (int attempt = 0; attempt < 1_000 && !outbox.outgoing(1).isEmpty(); attempt++) {
            try {
                relay.once();
            } catch (Broken e) {
                // The next one begins.
            }
        }
    }

    /** Sequences by key, as they stand in the topic. */
    private static Map<String, List<Long>> sent(List<LogRecord> records) {
        Map<String, List<Long>> sent = new HashMap<>();
        records.forEach(record -> sent.computeIfAbsent(record.key(), key -> new ArrayList<>())
                .add(record.version().number()));
        return sent;
    }

    private static void check(Map<String, List<Long>> sent, Outbox outbox) {
        assertThat(sent.keySet()).hasSameSizeAs(outbox.sequences.keySet());
        sent.forEach((key, sequences) -> {
            assertThat(sequences).as(key).doesNotHaveDuplicates().isSorted();
            assertThat(sequences).as(key).first().isEqualTo(1L);
            assertThat((long) sequences.size()).as(key).isEqualTo(sequences.getLast());
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void eachOnceAndInOrderWhereverItEnds(long seed) {
        Random random = new Random(seed);
        MemoryLog log = new MemoryLog();
        Outbox outbox = new Outbox(random, true);
        StagesRelay relay = new StagesRelay(outbox, log::source, () -> sink(log, random), PARTITIONS, () -> true);
        for (int round = 0; round < 20; round++) {
            for (int i = random.nextInt(300); i >= 0; i--) {
                outbox.add("namespace/c/n" + random.nextInt(20), random.nextInt(10) == 0);
            }
            untilDone(relay, outbox);
        }
        List<LogRecord> records = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            records.addAll(log.of(new Place(Topic.STAGES, partition)));
        }
        check(sent(records), outbox);
    }

    @Test
    void eachOnceThroughTheBrokerThoughTheOutboxWasNeverToldOfIt() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealDatabase.bootstrap()))) {
            if (!admin.listTopics().names().get().contains(Topic.STAGES.text())) {
                admin.createTopics(
                                List.of(new NewTopic(Topic.STAGES.text(), Optional.of(PARTITIONS), Optional.empty())))
                        .all()
                        .get();
            }
        }
        Random random = new Random(3);
        Outbox outbox = new Outbox(random, true);
        for (int i = 0; i < 500; i++) {
            outbox.add("team/t" + random.nextInt(40), random.nextInt(10) == 0);
        }
        StagesRelay relay = new StagesRelay(
                outbox,
                () -> new KafkaSource(RealDatabase.bootstrap()),
                () -> new KafkaSink(RealDatabase.bootstrap(), "stage-scoring-stages"),
                PARTITIONS,
                () -> true);
        untilDone(relay, outbox);
        Set<Place> places = new HashSet<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            places.add(new Place(Topic.STAGES, partition));
        }
        List<LogRecord> records = new ArrayList<>();
        try (RecordSource source = new KafkaSource(RealDatabase.bootstrap())) {
            source.read(places);
            do {
                records.addAll(source.poll(Duration.ofMillis(200)));
            } while (!places.stream().allMatch(source::replayed));
        }
        check(sent(records), outbox);
    }
}
