package io.plimsoll.gateway.api;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which page is wanted.
 *
 * @param size at most 500; 0 for the service's own choice
 * @param token of the page before; empty for the first
 */
record Page(int size, String token) {

    private static final int SIZE_MAX = 500;
    private static final int TOKEN_CHARS_MAX = 4_096;

    static Page of(@Nullable String size, @Nullable String token) {
        String written = token == null ? "" : token;
        if (written.length() > TOKEN_CHARS_MAX) {
            throw new ProblemException(Problem.PAGE_TOKEN_INVALID, "this is no page token").at("pageToken");
        }
        if (size == null || size.isEmpty()) {
            return new Page(0, written);
        }
        if (!size.matches("[0-9]{1,9}") || Integer.parseInt(size) > SIZE_MAX) {
            throw new ProblemException(Problem.MALFORMED, "pageSize is a whole number up to " + SIZE_MAX)
                    .at("pageSize")
                    .over(String.valueOf(SIZE_MAX));
        }
        return new Page(Integer.parseInt(size), written);
    }
}
