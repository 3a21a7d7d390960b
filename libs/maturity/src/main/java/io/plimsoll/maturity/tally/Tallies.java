package io.plimsoll.maturity.tally;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts evidence over subjects. The population is subjects joined with evidence: who is not answered for is counted as silent, so
 * that denominators never move because an analyser is. Immutable after construction, any thread.
 */
public final class Tallies {

    private record Asked(Question question, Population population, Map<SubjectId, Evidence> answers) {}

    private final List<Asked> asked = new ArrayList<>();

    /** @param evidence of all subjects that will be counted */
    public Tallies(StageModel model, Collection<Evidence> evidence) {
        Map<String, Map<SubjectId, Evidence>> byControl = new HashMap<>();
        for (Evidence each : evidence) {
            byControl
                    .computeIfAbsent(each.control(), control -> new HashMap<>())
                    .merge(each.subject(), each, Tallies::weaker);
        }
        for (Question question : Question.of(model)) {
            Population population = model.populations().get(question.population());
            if (population != null) {
                asked.add(new Asked(question, population, byControl.getOrDefault(question.control(), Map.of())));
            }
        }
    }

    /** Two answers to one question: the worse one stands. */
    private static Evidence weaker(Evidence a, Evidence b) {
        int order = Integer.compare(badness(a.state()), badness(b.state()));
        return order > 0 || order == 0 && a.compareTo(b) <= 0 ? a : b;
    }

    /** Best first. */
    public static int badness(EvidenceState state) {
        return switch (state) {
            case NOT_APPLICABLE -> 0;
            case PASS -> 1;
            case WAIVED -> 2;
            case UNKNOWN -> 3;
            case FAIL -> 4;
        };
    }

    /** What is done with one answer; null where nobody answered. */
    public interface Answers {
        void answer(Question question, @Nullable Evidence answer);
    }

    /** Every question the subject is asked, in order, with the answer that counts. */
    public void each(Subject subject, Answers answers) {
        for (Asked each : asked) {
            if (each.population().holds(subject)) {
                answers.answer(each.question(), each.answers().get(subject.id()));
            }
        }
    }

    public Tally of(Collection<Subject> subjects) {
        Map<Question, ClauseTally> clauses = new HashMap<>();
        for (Asked each : asked) {
            ClauseTally.Collector collector = null;
            for (Subject subject : subjects) {
                if (!each.population().holds(subject)) {
                    continue;
                }
                collector = collector == null ? new ClauseTally.Collector() : collector;
                Evidence answer = each.answers().get(subject.id());
                if (answer == null) {
                    collector.silent();
                } else {
                    collector.add(answer.state(), answer.reason());
                }
            }
            if (collector != null) {
                clauses.put(each.question(), collector.tally());
            }
        }
        int applications = (int) subjects.stream()
                .filter(s -> s.id().kind() == SubjectKind.WORKLOAD && s.tier() == Tier.APPLICATION)
                .count();
        return new Tally(applications, clauses);
    }
}
