package io.plimsoll.stagescoring.flow;

import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.wire.TalliesCodec.Part;
import io.plimsoll.wire.Version;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster contributes, scored once and standing until it is scored again.
 *
 * @param version of the state, with scoring's generation: rises whenever the same state is scored on another basis
 * @param asOf when it was scored, in whole seconds
 * @param facts as they were then: what the estate is judged by until the next contribution
 * @param used declarations that covered something in it
 * @param tallies by scope
 */
public record Contribution(
        String cluster,
        Version version,
        Basis basis,
        Instant asOf,
        ClusterMode mode,
        ClusterFacts facts,
        SortedSet<String> used,
        SortedMap<ScopeKey, Part> tallies) {

    public Contribution {
        used = Collections.unmodifiableSortedSet(new TreeSet<>(used));
        tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    }

    /** With what is kept of it for queries. */
    public record WithRows(Contribution contribution, Rows rows) {}
}
