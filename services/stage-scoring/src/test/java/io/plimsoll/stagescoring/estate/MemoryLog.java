package io.plimsoll.stagescoring.estate;

import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log in memory; nothing is ever compacted. */
public final class MemoryLog {

    private final Map<Place, List<LogRecord>> places = new HashMap<>();

    public void append(LogRecord record) {
        places.computeIfAbsent(record.place(), place -> new ArrayList<>()).add(record);
    }

    /** What stands in the place, oldest first. */
    public List<LogRecord> of(Place place) {
        return places.getOrDefault(place, List.of());
    }

    public RecordSource source() {
        return new Source();
    }

    private final class Source implements RecordSource {

        private final Map<Place, Integer> positions = new HashMap<>();

        @Override
        public void read(Set<Place> wanted) {
            positions.keySet().retainAll(wanted);
            wanted.forEach(place -> positions.putIfAbsent(place, 0));
        }

        @Override
        public void again(Set<Place> from) {
            from.forEach(place -> positions.put(place, 0));
        }

        @Override
        public List<LogRecord> poll(Duration wait) {
            List<LogRecord> records = new ArrayList<>();
            positions.replaceAll((place, from) -> {
                List<LogRecord> all = of(place);
                records.addAll(all.subList(from, all.size()));
                return all.size();
            });
            return records;
        }

        @Override
        public boolean replayed(Place place) {
            return positions.getOrDefault(place, -1) == of(place).size();
        }

        @Override
        public void close() {
            positions.clear();
        }
    }
}
