package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.workload.Workload;

/** What one control says about one pod specification. */
sealed interface Answer {

    record Good(String message) implements Answer {}

    record Wrong(String path, String value, String message, Source source) implements Answer {}

    record Unseen(Reason reason, String message, Source source) implements Answer {}

    record NotAsked(String message) implements Answer {}

    /** A field says the wrong thing, or says nothing where its default is wrong. */
    static Answer wrong(Field field, String message) {
        return new Wrong(field.path(), field.shown(), message, field.source());
    }

    /** As {@link #wrong}, without telling what stands there. */
    static Answer wrongAndHidden(Field field, String message) {
        return new Wrong(field.path(), "(hidden)", message, field.source());
    }

    /** The weaker of two: wrong before unseen before good. A draw is the first's. */
    static Answer weaker(Answer first, Answer second) {
        return second.rank() < first.rank() ? second : first;
    }

    private int rank() {
        return switch (this) {
            case Wrong wrong -> 0;
            case Unseen unseen -> 1;
            case Good good -> 2;
            case NotAsked notAsked -> 3;
        };
    }

    default Evidence evidence(Control control, Workload workload) {
        return switch (this) {
            case Good good -> Evidence.pass(control.id(), workload.subjectId(), good.message(), workload.source());
            case Wrong wrong ->
                Evidence.fail(
                        control.id(),
                        workload.subjectId(),
                        Reason.SEEN_AND_WRONG,
                        wrong.path(),
                        wrong.value(),
                        wrong.message(),
                        wrong.source());
            case Unseen unseen ->
                Evidence.unknown(
                        control.id(), workload.subjectId(), unseen.reason(), unseen.message(), unseen.source());
            case NotAsked notAsked ->
                Evidence.notApplicable(control.id(), workload.subjectId(), notAsked.message(), workload.source());
        };
    }
}
