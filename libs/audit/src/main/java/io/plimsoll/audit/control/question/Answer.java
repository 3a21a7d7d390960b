package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import java.util.List;

/** What one control says about one object. The weakest of several decides: wrong before unseen before good. */
public sealed interface Answer {

    Good GOOD = new Good();

    /** The object is none of those the control is about: no answer is shown. */
    NotAsked ELSEWHERE = new NotAsked("");

    /** Nothing is wrong, and everything asked could be seen. */
    record Good() implements Answer {}

    /**
     * @param container that decided; empty when the object itself did
     * @param path of the field that decided, dotted; empty when no single field did
     * @param value what stood there; empty when nothing did
     */
    record Wrong(String container, String path, String value, String message, Reason reason, Source source)
            implements Answer {}

    record Unseen(Reason reason, String message, Source source) implements Answer {}

    /** The control does not apply, and why. */
    record NotAsked(String why) implements Answer {}

    /** A field says the wrong thing, or says nothing where its default is wrong. */
    static Answer wrong(Field field, String message) {
        return wrong("", field, message);
    }

    /** As {@link #wrong(Field, String)}, of a container. */
    static Answer wrong(String container, Field field, String message) {
        return new Wrong(container, field.path(), field.shown(), message, Reason.SEEN_AND_WRONG, field.source());
    }

    /** As {@link #wrong(String, Field, String)}, without telling what stands there. */
    static Answer wrongAndHidden(String container, Field field, String message) {
        return new Wrong(container, field.path(), "(hidden)", message, Reason.SEEN_AND_WRONG, field.source());
    }

    /** An object that should be there is not among the files given. */
    static Answer absent(Resource of, String message) {
        return new Wrong("", "", "", message, Reason.ABSENT_FROM_INPUT, of.source());
    }

    static Answer weaker(Answer first, Answer second) {
        return second.rank() < first.rank() ? second : first;
    }

    /** The weakest; good when there is none. */
    static Answer weakest(List<Answer> answers) {
        Answer weakest = null;
        for (Answer each : answers) {
            weakest = weakest == null ? each : weaker(weakest, each);
        }
        return weakest == null ? GOOD : weakest;
    }

    private int rank() {
        return switch (this) {
            case Wrong wrong -> 0;
            case Unseen unseen -> 1;
            case Good good -> 2;
            case NotAsked notAsked -> 3;
        };
    }
}
