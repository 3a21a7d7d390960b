package io.plimsoll.networksegmentation.api;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a page begins. Opaque to the caller: it names the question it belongs to and the snapshot it saw, so that it is refused with another
 * question and ended by another snapshot.
 *
 * @param part 0 or more
 * @param skip 0 or more
 */
record PageToken(int part, int skip) {

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
     * Reads what {@link #text} wrote; the first page for the empty text.
     *
     * @param question everything that was asked but the page, and by whom
     * @throws ProblemException when it is another question's, or of another snapshot
     */
    static PageToken read(String token, String question, Version snapshot) {
        if (token.isEmpty()) {
            return new PageToken(0, 0);
        }
        List<String> parts;
        try {
            parts = TopicKey.parts(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (parts.size() != 4
                || !parts.get(0).equals(digest(question))
                || !isNumber(parts.get(2))
                || !isNumber(parts.get(3))) {
            throw invalid();
        }
        if (!parts.get(1).equals(snapshot.toString())) {
            throw new ProblemException(
                    Problem.SNAPSHOT_MOVED, "the cluster has changed since the first page: start again");
        }
        return new PageToken(Integer.parseInt(parts.get(2)), Integer.parseInt(parts.get(3)));
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,9}");
    }

    private static ProblemException invalid() {
        return new ProblemException(Problem.PAGE_TOKEN_INVALID, "the page token belongs to another question");
    }

    String text(String question, Version snapshot) {
        String key = TopicKey.of(digest(question), snapshot.toString(), Integer.toString(part), Integer.toString(skip));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String question) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
