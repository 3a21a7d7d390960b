package io.plimsoll.messaging;

import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A log in memory, compacted on demand, with one writer a partition fenced off by the next. */
final class MemoryLog {

    private record Stored(long offset, LogRecord record) {}

    private final Map<Place, List<Stored>> places = new HashMap<>();
    private final Map<Integer, Object> writers = new HashMap<>();
    private long next;

    void append(LogRecord record) {
        places.computeIfAbsent(record.place(), place -> new ArrayList<>()).add(new Stored(next++, record));
    }

    /** Drops every record that a later one with the same key follows, and, with {@code tombstones}, what is gone. */
    void compact(boolean tombstones) {
        places.values().forEach(records -> {
            Set<String> later = new HashSet<>();
            List<Stored> kept = new ArrayList<>();
            for (int i = records.size() - 1; i >= 0; i--) {
                Stored stored = records.get(i);
                if (later.add(stored.record().key()) && (stored.record().value() != null || !tombstones)) {
                    kept.addFirst(stored);
                }
            }
            records.clear();
            records.addAll(kept);
        });
    }

    /** What a reader that starts now would see, key by key. */
    Map<String, LogRecord> live(Place place) {
        Map<String, LogRecord> live = new TreeMap<>();
        for (Stored stored : places.getOrDefault(place, List.of())) {
            if (stored.record().value() == null) {
                live.remove(stored.record().key());
            } else {
                live.put(stored.record().key(), stored.record());
            }
        }
        return live;
    }

    int size(Place place) {
        return places.getOrDefault(place, List.of()).size();
    }

    RecordSource source() {
        return new Source();
    }

    RecordSink sink() {
        return new Sink();
    }

    private final class Source implements RecordSource {

        private final Map<Place, Long> positions = new HashMap<>();
        private final Map<Place, Long> ends = new HashMap<>();

        @Override
        public void read(Set<Place> wanted) {
            positions.keySet().retainAll(wanted);
            for (Place place : wanted) {
                if (positions.putIfAbsent(place, 0L) == null) {
                    ends.put(place, next);
                }
            }
        }

        @Override
        public void again(Set<Place> places) {
            places.forEach(place -> {
                positions.put(place, 0L);
                ends.put(place, next);
            });
        }

        @Override
        public List<LogRecord> poll(Duration wait) {
            List<LogRecord> records = new ArrayList<>();
            for (Place place : List.copyOf(positions.keySet())) {
                long from = positions.getOrDefault(place, 0L);
                for (Stored stored : places.getOrDefault(place, List.of())) {
                    if (stored.offset() >= from) {
                        records.add(stored.record());
                    }
                }
                positions.put(place, next);
            }
            return records;
        }

        @Override
        public boolean replayed(Place place) {
            return positions.getOrDefault(place, 0L) >= ends.getOrDefault(place, Long.MAX_VALUE);
        }

        @Override
        public void close() {
            positions.clear();
        }
    }

    private final class Sink implements RecordSink {

        @Override
        public void take(int partition) {
            writers.put(partition, this);
        }

        @Override
        public void write(int partition, List<LogRecord> records) {
            if (writers.get(partition) != this) {
                throw new Fenced("taken over", new IllegalStateException());
            }
            records.forEach(MemoryLog.this::append);
        }

        @Override
        public void leave(int partition) {
            writers.remove(partition, this);
        }

        @Override
        public void close() {
            writers.values().removeIf(writer -> writer == this);
        }
    }
}
