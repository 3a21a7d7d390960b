package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.scanning.ImageReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of images. What the caller may not see is not there. */
public interface ImageQuestions {

    /** References in use, in their order, then that of platforms; from after {@code after} on. */
    List<Row> rows(Sight sight, Optional<ScopeKey> scope, String state, Asked after, int most);

    /** The first reference that leads to a digest. */
    Optional<Row> row(Sight sight, String digest);

    /** What was read of a digest; empty before. */
    Optional<ImageReport> report(String digest);

    /** What is known against a digest; empty before it was matched. */
    Optional<Answer> answer(String digest);

    /**
     * What is known against a digest.
     *
     * @param snapshot another one for another answer
     * @param firstSeen by weakness
     */
    record Answer(String snapshot, List<Weakness> weaknesses, Map<String, Instant> firstSeen) {}

    /** What an application has or had. */
    record Had(
            String cluster,
            String namespace,
            String application,
            String vulnerability,
            Instant firstSeen,
            Optional<Instant> fixed) {}

    /** @param after where the page before ended; empty texts for the first */
    List<Had> weaknesses(Sight sight, Optional<ScopeKey> scope, boolean fixed, Had after, int most);

    /**
     * Puts a reference in front of what is not exposed.
     *
     * @return what is known of it now; empty when it is a digest that nothing leads to
     * @throws io.plimsoll.problem.ProblemException when too many were asked for
     */
    Optional<Row> ask(Sight sight, Asked asked);
}
