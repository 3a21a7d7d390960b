package io.plimsoll.networksegmentation.flow;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Pages of an answer that comes in parts: rows are made while a page is filled, never stored; a page begins where the one before ended. */
public final class Rows {

    /**
     * Where a page begins.
     *
     * @param part of the answer
     * @param skip rows of that part that earlier pages had
     */
    public record Position(int part, int skip) {
        public static final Position FIRST = new Position(0, 0);
    }

    /**
     * A page.
     *
     * @param next where the next page begins; empty on the last
     */
    public record Page<T>(List<T> rows, Optional<Position> next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    private Rows() {}

    /**
     * Fills a page.
     *
     * @param parts how many there are
     * @param rowsOf the rows of a part, the same each time
     * @param size at least 1
     * @param until when it is handed out after the part under way, full or not; one part is always done
     */
    static <T> Page<T> page(int parts, IntFunction<Stream<T>> rowsOf, Position from, int size, Until until) {
        List<T> rows = new ArrayList<>();
        for (int part = from.part(); part < parts; part++) {
            int done = part == from.part() ? from.skip() : 0;
            Iterator<T> rest = rowsOf.apply(part).skip(done).iterator();
            while (rest.hasNext()) {
                if (rows.size() == size) {
                    return new Page<>(rows, Optional.of(new Position(part, done)));
                }
                rows.add(rest.next());
                done++;
            }
            if (part + 1 < parts && until.isPassed()) {
                return new Page<>(rows, Optional.of(new Position(part + 1, 0)));
            }
        }
        return new Page<>(rows, Optional.empty());
    }

    /** A page of a list that is there already. */
    public static <T> Page<T> page(List<T> all, Position from, int size) {
        int first = Math.min(from.skip(), all.size());
        int end = Math.min(first + size, all.size());
        return new Page<>(
                all.subList(first, end), end < all.size() ? Optional.of(new Position(0, end)) : Optional.empty());
    }
}
