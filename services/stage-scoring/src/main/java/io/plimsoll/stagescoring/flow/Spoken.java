package io.plimsoll.stagescoring.flow;

import io.plimsoll.assessment.declaration.Deadlines;
import io.plimsoll.kernel.declaration.Declarations;
import java.util.List;

/**
 * What people say, at a version.
 *
 * @param records as read, never changed after
 */
public record Spoken(long number, List<byte[]> records, Declarations declarations, Deadlines deadlines) {

    /** Before anybody said anything. */
    public static final Spoken NOTHING = new Spoken(0, List.of(), Declarations.NONE);

    public Spoken {
        records = List.copyOf(records);
    }

    public Spoken(long number, List<byte[]> records, Declarations declarations) {
        this(number, records, declarations, new Deadlines(declarations));
    }
}
