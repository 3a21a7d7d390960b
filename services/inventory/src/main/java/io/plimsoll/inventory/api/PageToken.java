package io.plimsoll.inventory.api;

import io.plimsoll.inventory.flow.Content;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.TopicKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a page ended. Opaque to the caller: it names the question it belongs to and the snapshot it saw, so that it is refused with another
 * question and ended by another snapshot.
 *
 * @param after what the page ended with, part by part; empty for the first page
 */
record PageToken(List<String> after) {

    static final int SIZE_DEFAULT = 100;
    static final int SIZE_MAX = 500;

    /** @throws ProblemException of {@link Problem#MALFORMED} over the bound */
    static int size(int wanted) {
        if (wanted < 0 || wanted > SIZE_MAX) {
            throw new ProblemException(
                            Problem.MALFORMED, "a page of " + Integer.toUnsignedString(wanted) + " is too long")
                    .over(SIZE_MAX + " a page");
        }
        return wanted == 0 ? SIZE_DEFAULT : wanted;
    }

    /**
     * @param question everything that was asked but the page
     * @param snapshot what the data are at
     */
    static PageToken read(String token, String question, String snapshot) {
        if (token.isEmpty()) {
            return new PageToken(List.of());
        }
        List<String> parts;
        try {
            parts = TopicKey.parts(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (parts.size() < 3 || !parts.get(0).equals(digest(question))) {
            throw invalid();
        }
        if (!parts.get(1).equals(snapshot)) {
            throw new ProblemException(Problem.SNAPSHOT_MOVED, "the data have changed since the first page");
        }
        return new PageToken(parts.subList(2, parts.size()));
    }

    private static ProblemException invalid() {
        return new ProblemException(Problem.PAGE_TOKEN_INVALID, "the page token belongs to another question");
    }

    static String of(String question, String snapshot, String... after) {
        String[] parts = new String[after.length + 2];
        parts[0] = digest(question);
        parts[1] = snapshot;
        System.arraycopy(after, 0, parts, 2, after.length);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(TopicKey.of(parts).getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String question) {
        byte[] all = new Content(question.getBytes(StandardCharsets.UTF_8)).hash();
        return HexFormat.of().formatHex(all, 0, 8);
    }

    /** The part, or empty on the first page. */
    String part(int index) {
        return index < after.size() ? after.get(index) : "";
    }
}
