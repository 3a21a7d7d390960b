package io.plimsoll.wire;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.Band;
import io.plimsoll.kernel.ClusterMode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where one scope stands and on what: the words of a stage record.
 *
 * @param measured what is
 * @param snapshot SHA-256 of the inputs in hex
 * @param asOf the instant it was judged at; null without a clock
 * @param clusters versions it stands on, in the order of cluster name
 * @param held null in one-shot assessments
 * @param provisional a cluster it stands on has moved on and is not answered for yet
 * @param sequence rises by one with each record of the scope
 * @param teams of its subjects
 */
public record ScopeStage(
        ScopeAssessment measured,
        String snapshot,
        @Nullable Instant asOf,
        List<Footing> clusters,
        @Nullable Held held,
        boolean provisional,
        long sequence,
        SortedSet<String> teams) {

    public ScopeStage {
        clusters = List.copyOf(clusters);
        teams = Collections.unmodifiableSortedSet(new TreeSet<>(teams));
    }

    /** One cluster a stage stands on. */
    public record Footing(String cluster, Version version, ClusterMode mode) {}

    /**
     * The security stage held against flapping.
     *
     * @param since when it began to be held
     * @param pending where it is going; null when it is what is measured
     */
    public record Held(
            Band security, Instant since, @Nullable Pending pending) {}

    /**
     * Where a held stage is going.
     *
     * @param security what it becomes
     * @param since since when at least that was measured
     * @param settles when it becomes so if nothing changes
     */
    public record Pending(Band security, Instant since, Instant settles) {}
}
