package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.scanning.match.BaseBump;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which bases images in use stand on, and what newer ones would mend. */
public interface BaseQuestions {

    /** Bases of one answer; of more those on which fewest images stand are left out. */
    int BASES_MAX = 1_000;

    /**
     * A base in use.
     *
     * @param name as the builder wrote it, or as an image of the same layers is named; empty when neither says
     * @param isTold whether it is shown which layers are its
     * @param bump the best newer one that is known
     */
    record Base(
            String key,
            String name,
            String digest,
            Optional<Instant> created,
            int images,
            int applications,
            int weaknesses,
            int fixable,
            boolean isTold,
            Optional<BaseBump> bump) {}

    /**
     * All bases of a scope, those first of which a newer one mends most: weaknesses times applications.
     *
     * @param without images in use that say nothing of a base, or were not read yet
     */
    record Bases(List<Base> bases, int without) {}

    Bases bases(Sight sight, Optional<ScopeKey> scope);
}
