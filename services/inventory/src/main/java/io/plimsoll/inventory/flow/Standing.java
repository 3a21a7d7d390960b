package io.plimsoll.inventory.flow;

import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.Version;
import java.util.Map;
import java.util.Set;

/**
 * What stands on a cluster's topics, and is kept with it, at a revision.
 *
 * @param hashes of the live records by key, of each topic of its own
 * @param owners as of {@link ClusterTransaction#owners}
 */
record Standing(
        Version revision,
        Map<Topic, Map<String, ClusterTransaction.Hash>> hashes,
        Map<String, ? extends Set<String>> owners) {}
