package io.plimsoll.networksegmentation.api;

import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.segmentation.v1.Barriers;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsRequest;
import io.plimsoll.api.segmentation.v1.Sensitive;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.flow.AskBlast;
import io.plimsoll.networksegmentation.flow.FindPaths;
import io.plimsoll.networksegmentation.flow.ListRuleFindings;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.idle.RuleFinding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is asked about how trouble spreads, read from the contract's words; whatever cannot be read is a problem that names the field. */
final class BlastQuestions {

    private static final int NAMES_MAX = 200;

    private BlastQuestions() {}

    static AskBlast.Barriers barriers(Asked asked, Barriers wire) {
        return new AskBlast.Barriers(workloads(asked, wire.getWorkloadsList(), "barriers.workloads"), wire.getHubs());
    }

    static Set<ResourceId> workloads(Asked asked, List<SubjectRef> wire, String field) {
        bounded(wire.size(), field);
        Set<ResourceId> workloads = new TreeSet<>();
        wire.forEach(each -> workloads.add(asked.workload(each, field)));
        return workloads;
    }

    /** Nothing named means what is declared. */
    static FindPaths.Sensitive sensitive(Asked asked, Sensitive wire) {
        bounded(wire.getNamespacesCount(), "sensitive.namespaces");
        bounded(wire.getLabelsCount(), "sensitive.labels");
        Map<String, Set<String>> labels = new HashMap<>();
        for (String label : wire.getLabelsList()) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                throw malformed("a label is key=value, not " + label, "sensitive.labels");
            }
            labels.computeIfAbsent(label.substring(0, equals), unused -> new HashSet<>())
                    .add(label.substring(equals + 1));
        }
        boolean nothing = wire.getWorkloadsCount() + wire.getNamespacesCount() + wire.getLabelsCount() == 0;
        return new FindPaths.Sensitive(
                workloads(asked, wire.getWorkloadsList(), "sensitive.workloads"),
                new TreeSet<>(wire.getNamespacesList()),
                labels,
                nothing || wire.getDeclared());
    }

    static ListRuleFindings.Question ruleFindings(ListRuleFindingsRequest request) {
        Optional<RuleFinding.Word> word =
                switch (request.getWord()) {
                    case RULE_WORD_UNSPECIFIED -> Optional.empty();
                    case RULE_WORD_UNREACHABLE -> Optional.of(RuleFinding.Word.UNREACHABLE);
                    case RULE_WORD_SHADOWED -> Optional.of(RuleFinding.Word.SHADOWED);
                    case RULE_WORD_INERT -> Optional.of(RuleFinding.Word.INERT);
                    case UNRECOGNIZED -> throw malformed("not a word: " + request.getWordValue(), "word");
                };
        return new ListRuleFindings.Question(word, request.getNamespace());
    }

    private static void bounded(int size, String field) {
        if (size > NAMES_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, size + " names are too many")
                    .at(field)
                    .over(NAMES_MAX + " names");
        }
    }

    private static ProblemException malformed(String detail, String field) {
        return new ProblemException(Problem.MALFORMED, detail).at(field);
    }
}
