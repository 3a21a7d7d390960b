package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.idle.RuleFinding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies and rules that decide nothing: those of {@code plimsoll policies} for the same objects. */
public final class ListRuleFindings {

    /**
     * What is asked.
     *
     * @param word only this one
     * @param namespace only policies of it; empty for all
     */
    public record Question(Optional<RuleFinding.Word> word, String namespace) {}

    /**
     * A page.
     *
     * @param counts of all that was asked for, words that are never said left out
     */
    public record Found(Rows.Page<RuleFinding> page, Map<RuleFinding.Word, Long> counts) {}

    private ListRuleFindings() {}

    /**
     * Of namespaces that are the caller's, and cluster-wide ones for who may see all of the cluster.
     *
     * @param policiesMax beyond which nothing is said
     * @throws ProblemException of {@link Problem#TOO_LARGE} beyond it
     */
    public static Found page(
            SeenCluster cluster,
            Caller caller,
            Question question,
            int policiesMax,
            Rows.Position from,
            int size,
            SharedWork shared) {
        int policies = cluster.reachability().coverage().analysed();
        if (policies > policiesMax) {
            throw new ProblemException(
                            Problem.TOO_LARGE,
                            "rules are tried against each other in clusters of up to " + policiesMax
                                    + " policies; this one has " + policies
                                    + ": plimsoll policies does it on its own machine")
                    .over(policiesMax + " policies");
        }
        List<RuleFinding> rows = cluster.spreading().ruleFindings(shared).stream()
                .filter(finding -> question.word().isEmpty()
                        || question.word().get() == finding.kind().word())
                .filter(finding -> question.namespace().isEmpty()
                        || question.namespace().equals(finding.policy().namespace()))
                .filter(finding ->
                        cluster.isNamespaceSeenBy(caller, finding.policy().namespace()))
                .toList();
        Map<RuleFinding.Word, Long> counts = new EnumMap<>(RuleFinding.Word.class);
        rows.forEach(finding -> counts.merge(finding.kind().word(), 1L, Long::sum));
        return new Found(Rows.page(rows, from, size), counts);
    }
}
