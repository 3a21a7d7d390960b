package io.plimsoll.messaging.view;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.CanonicalReader;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All views of what is being read, by place, cluster and writer. Not safe for use by two threads at once. */
public final class Views {

    /** Name of the writer of everything that has one writer only. */
    public static final String INVENTORY = "inventory";

    private record Key(Topic topic, String cluster, String writer) {}

    private final Map<Place, Map<Key, MarkedView>> views = new HashMap<>();
    private final @Nullable CanonicalReader reader;

    /** Views that keep payloads as they are. */
    public Views() {
        this(null);
    }

    private Views(@Nullable CanonicalReader reader) {
        this.reader = reader;
    }

    /**
     * Views that read resources as they come and let their bytes go: what pods of one workload say alike is kept once, and the bytes of a cluster
     * are several times that. A record that cannot be read stays as it is.
     */
    public static Views readingResources() {
        return new Views(new CanonicalReader());
    }

    /**
     * Takes one record.
     *
     * @return true when it closed a batch
     */
    public boolean take(LogRecord record) {
        Topic topic = record.place().topic();
        List<String> parts = TopicKey.parts(record.key());
        boolean mark = TopicKey.isMark(record.key());
        String writer =
                switch (topic) {
                    case EVIDENCE -> mark ? parts.get(2) : parts.get(1);
                    case RESOURCES, SUBJECTS, FACTS, DECLARATIONS, TALLIES, STAGES -> INVENTORY;
                };
        String cluster =
                switch (topic) {
                    case DECLARATIONS -> "";
                    // Scope first: a tally is told apart by the cluster it comes from like everything else.
                    case TALLIES -> mark ? parts.getFirst() : parts.get(1);
                    case EVIDENCE, RESOURCES, SUBJECTS, FACTS, STAGES -> parts.getFirst();
                };
        return views.computeIfAbsent(record.place(), place -> new HashMap<>())
                .computeIfAbsent(new Key(topic, cluster, writer), key -> view(topic))
                .take(record);
    }

    private MarkedView view(Topic topic) {
        return reader != null && topic == Topic.RESOURCES
                ? new MarkedView(bytes -> resource(bytes, reader))
                : new MarkedView();
    }

    private static @Nullable Resource resource(byte[] bytes, CanonicalReader reader) {
        try {
            return ResourceCodec.fromWire(bytes, reader);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            return null;
        }
    }

    /** What the writer said; an empty view where nothing was read of it. */
    public MarkedView of(Place place, String cluster, String writer) {
        return views.getOrDefault(place, Map.of())
                .getOrDefault(new Key(place.topic(), cluster, writer), new MarkedView());
    }

    /** Clusters of which something was read in the place, in their order. */
    public SortedSet<String> clusters(Place place) {
        SortedSet<String> clusters = new TreeSet<>();
        views.getOrDefault(place, Map.of()).keySet().forEach(key -> clusters.add(key.cluster()));
        return clusters;
    }

    /** Whether anything in the place is damaged, see {@link MarkedView#damaged}. */
    public boolean damaged(Place place) {
        return views.getOrDefault(place, Map.of()).values().stream().anyMatch(MarkedView::damaged);
    }

    /** Forgets a place: whoever reads it again reads it from its beginning. */
    public void forget(Place place) {
        views.remove(place);
    }
}
