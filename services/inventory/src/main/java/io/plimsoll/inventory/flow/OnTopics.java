package io.plimsoll.inventory.flow;

import io.plimsoll.messaging.log.Topic;
import java.util.Map;
import java.util.Set;

/** What the topics hold, for a rebuild: they may know what the store has forgotten. */
public interface OnTopics {

    /**
     * @param epoch newest of any record, 0 where there is none
     * @param number newest of any record of the declarations
     * @param keys live ones, marks aside
     */
    record Held(long epoch, long number, Map<Topic, Set<String>> keys) {}

    /** Everything about one cluster. */
    Held cluster(String cluster, int partition);

    /** The declarations. */
    Held declarations();
}
