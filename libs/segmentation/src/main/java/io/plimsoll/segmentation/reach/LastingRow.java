package io.plimsoll.segmentation.reach;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row through the states of a cluster: columns that come later are added behind those there are, and of a column nothing else is said ever
 * after. So whoever holds it for an earlier state, and asks for columns of that state, is answered as before whatever was added since. Two of them
 * are equal only where they are one. Any thread may ask; one at a time adds.
 */
final class LastingRow {

    /** Of a pod that nobody selects. */
    static final LastingRow UNTOUCHED = new LastingRow(Row.UNTOUCHED);

    /** As it is so far; null until somebody asks. */
    private volatile @Nullable Row row;

    /** What it is made of then; null where it was made at once. */
    private final @Nullable Parts parts;

    /** @param adding held by whoever adds to any of both: what is made of two must not meet one of them wider than the other */
    private record Parts(LastingRow first, LastingRow second, Row.Merge merge, Object adding) {}

    LastingRow(Row row) {
        this.row = row;
        this.parts = null;
    }

    private LastingRow(Parts parts) {
        this.parts = parts;
    }

    /**
     * Each column's standing in both, made one when somebody asks: of a cluster that changes most rows are gone before.
     *
     * @param adding the lock that whoever adds to one of them holds until it is added to both
     */
    static LastingRow of(LastingRow first, LastingRow second, Row.Merge merge, Object adding) {
        return new LastingRow(new Parts(first, second, merge, adding));
    }

    /** As it is so far; what is handed out is immutable. */
    Row now() {
        Row known = row;
        if (known != null) {
            return known;
        }
        Parts of = Objects.requireNonNull(parts);
        synchronized (of.adding) {
            known = row;
            if (known == null) {
                known = of.first.now().with(of.second.now(), of.merge);
                row = known;
            }
            return known;
        }
    }

    /** Whether it was asked already what it says; one that was not finds all columns when it is. */
    boolean isMade() {
        return row != null;
    }

    /** @param wider the row that it is so far, with columns behind it */
    void become(Row wider) {
        row = wider;
    }
}
