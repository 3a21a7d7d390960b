package io.plimsoll.scanning.match;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * A newer base, and what taking it would change.
 *
 * @param name as written
 * @param digest of its manifest; empty when not said
 * @param mends how many weaknesses of the present base it does not have
 * @param adds how many it has that the present one does not
 */
public record BaseBump(String name, String digest, Instant created, int mends, int adds) {

    /**
     * A base that could be taken.
     *
     * @param found its weaknesses
     */
    public record Candidate(String name, String digest, Instant created, Set<String> found) {
        public Candidate {
            found = Set.copyOf(found);
        }
    }

    /**
     * The one that leaves the fewest; of several the newest. Empty where none is newer.
     *
     * @param created when the present one was made; what was not made later is no bump
     * @param found weaknesses of the present one
     */
    public static Optional<BaseBump> best(Instant created, Set<String> found, Collection<Candidate> candidates) {
        return candidates.stream()
                .filter(each -> each.created().isAfter(created))
                .map(each -> new BaseBump(
                        each.name(),
                        each.digest(),
                        each.created(),
                        (int) found.stream()
                                .filter(one -> !each.found().contains(one))
                                .count(),
                        (int) each.found().stream()
                                .filter(one -> !found.contains(one))
                                .count()))
                .max(Comparator.comparingInt((BaseBump bump) -> bump.mends() - bump.adds())
                        .thenComparing(BaseBump::created)
                        .thenComparing(BaseBump::name)
                        .thenComparing(BaseBump::digest));
    }
}
