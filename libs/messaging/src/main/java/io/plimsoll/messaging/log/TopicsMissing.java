package io.plimsoll.messaging.log;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The broker is there, what is to be read is not: whoever runs it has to make it. */
public final class TopicsMissing extends RuntimeException {

    private static final long serialVersionUID = 1;

    private TopicsMissing(String message) {
        super(message);
    }

    /**
     * What to say of it, in one line; nothing when all is there.
     *
     * @param partitions how many each topic of the broker has
     * @param wanted what is to be read
     */
    static Optional<TopicsMissing> of(Map<String, Integer> partitions, Set<Place> wanted) {
        Set<String> missing = wanted.stream()
                .map(place -> place.topic().text())
                .filter(name -> !partitions.containsKey(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            return Optional.of(new TopicsMissing(
                    "the broker has no topic " + String.join(", ", missing) + ": make the topics of topics.yaml"));
        }
        return wanted.stream()
                .filter(place -> place.partition()
                        >= partitions.getOrDefault(place.topic().text(), 0))
                .sorted()
                .findFirst()
                .map(place -> new TopicsMissing("the topic " + place.topic().text() + " has "
                        + partitions.get(place.topic().text()) + " partitions, partition " + place.partition()
                        + " is asked for: its count and PLIMSOLL_PARTITIONS must be one number"));
    }
}
