package io.plimsoll.audit.cel.library;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of one policy may still spend on one object: work is counted in characters and items that a function
 * reads or writes. The engine has no clock; whoever has one says through {@code late} that time is up, and is asked again and
 * again while work is done. Not safe for use by two threads at once.
 */
public final class Effort {

    /** Most work for one policy and one object: a million steps, or half a second or so of matching regular expressions. */
    public static final long WORK_MAX = 16_000_000;

    private static final long ASK_EVERY = 4_096;
    private static final ThreadLocal<@Nullable Effort> CURRENT = new ThreadLocal<>();

    private final BooleanSupplier late;
    private long left;
    private long unasked;
    private String spent = "";

    /** @param late true once the caller's time is up; asked on the evaluating thread, often, so it has to be cheap */
    public Effort(long workMax, BooleanSupplier late) {
        this.left = workMax;
        this.late = late;
    }

    /** Everything that {@code evaluation} does on this thread is charged here. */
    public <T> T during(Supplier<T> evaluation) {
        Effort before = CURRENT.get();
        CURRENT.set(this);
        try {
            return evaluation.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Why no more may be spent; empty while it may. CEL swallows failures in {@code a || b}, so this is asked afterwards. */
    public String spent() {
        return spent;
    }

    /** As {@link #spend}, for what is not called by an expression. */
    public void charge(long work) {
        left -= work;
        unasked += work;
        if (left < 0 && spent.isEmpty()) {
            spent = "budget: too much work for one object";
        }
        if (unasked >= ASK_EVERY && spent.isEmpty()) {
            unasked = 0;
            if (late.getAsBoolean()) {
                spent = "budget: the time for it is up";
            }
        }
        if (!spent.isEmpty()) {
            throw new Spent(spent);
        }
    }

    /** Counts work of a function; free where nobody counts. */
    static void spend(long work) {
        Effort current = CURRENT.get();
        if (current != null) {
            current.charge(work);
        }
    }

    /** For what has a bound here and none in the API server: the outcome is unknown. */
    static RuntimeException tooMuch(String what) {
        Effort current = CURRENT.get();
        String why = "budget: " + what;
        if (current != null && current.spent.isEmpty()) {
            current.spent = why;
        }
        return new Spent(why);
    }

    /** Stops the evaluation. */
    public static final class Spent extends RuntimeException {
        private Spent(String message) {
            super(message, null, false, false);
        }
    }
}
