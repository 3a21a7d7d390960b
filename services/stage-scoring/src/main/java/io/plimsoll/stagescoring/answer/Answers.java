package io.plimsoll.stagescoring.answer;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Subject;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.Question;
import io.plimsoll.maturity.tally.Tallies;
import io.plimsoll.wire.KernelCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers of one subject as two bytes a question, in the order of the model's questions: the rank of its state (0 where the question is
 * not asked of it), then the number of the reason in the contract (0 for none, and where nobody answered). Immutable, any thread.
 */
public final class Answers {

    private final Map<Question, Integer> positions = new HashMap<>();

    public Answers(StageModel model) {
        List<Question> questions = Question.of(model);
        for (int i = 0; i < questions.size(); i++) {
            positions.put(questions.get(i), i);
        }
    }

    /** Byte at which the answer to a question begins; -1 for one the model does not ask. */
    public int position(Question question) {
        Integer position = positions.get(question);
        return position == null ? -1 : 2 * position;
    }

    byte[] of(Subject subject, Tallies tallies) {
        byte[] answers = new byte[2 * positions.size()];
        tallies.each(subject, (question, answer) -> {
            int at = position(question);
            answers[at] = (byte) rank(answer == null ? EvidenceState.UNKNOWN : answer.state());
            answers[at + 1] = (byte) reason(answer);
        });
        return answers;
    }

    private static int reason(@org.jspecify.annotations.Nullable Evidence answer) {
        return answer == null ? 0 : KernelCodec.toWire(answer.reason()).getNumber();
    }

    /** The order in which evidence of a gate is listed, from 1. */
    public static int rank(EvidenceState state) {
        return switch (state) {
            case FAIL -> 1;
            case UNKNOWN -> 2;
            case WAIVED -> 3;
            case PASS -> 4;
            case NOT_APPLICABLE -> 5;
        };
    }

    /** The state of a rank. */
    public static EvidenceState state(int rank) {
        for (EvidenceState state : EvidenceState.values()) {
            if (rank(state) == rank) {
                return state;
            }
        }
        throw new IllegalArgumentException("no rank of a state: " + rank);
    }
}
