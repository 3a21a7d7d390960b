package io.plimsoll.page;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where a page begins. Opaque to callers: it names the question it belongs to and the snapshot it saw, so that it is refused with another question
 * and ended by another snapshot. It is no secret and not signed; what it says is checked like any other input, and whatever it says shows nobody
 * more than the first page of the same question would. Immutable.
 */
public final class PageToken {

    public static final int SIZE_DEFAULT = 100;
    public static final int SIZE_MAX = 500;

    private static final int CHARACTERS_MAX = 8_192;
    private static final int DIGEST_BYTES = 8;

    private final boolean first;
    private final String snapshot;
    private final List<byte[]> after;

    private PageToken(boolean first, String snapshot, List<byte[]> after) {
        this.first = first;
        this.snapshot = snapshot;
        this.after = after;
    }

    /**
     * How many items a page holds.
     *
     * @param asked 0 for the default
     * @throws ProblemException of {@link Problem#MALFORMED} over {@link #SIZE_MAX}
     */
    public static int size(int asked) {
        if (asked < 0 || asked > SIZE_MAX) {
            throw new ProblemException(
                            Problem.MALFORMED, "a page of " + Integer.toUnsignedString(asked) + " is too long")
                    .over(SIZE_MAX + " a page");
        }
        return asked == 0 ? SIZE_DEFAULT : asked;
    }

    /** All that was asked but the page, as one text: equal for equal questions. */
    public static String question(Object... fields) {
        StringBuilder text = new StringBuilder();
        for (Object field : fields) {
            String each = String.valueOf(field);
            text.append(each.length()).append(':').append(each);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #of} wrote; the first page for the empty text.
     *
     * @throws ProblemException of {@link Problem#PAGE_TOKEN_INVALID} when it is none of this question's
     */
    public static PageToken read(String token, String question) {
        if (token.isEmpty()) {
            return new PageToken(true, "", List.of());
        }
        if (token.length() > CHARACTERS_MAX) {
            throw invalid();
        }
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(token)))) {
            byte[] digest = in.readNBytes(DIGEST_BYTES);
            if (!Arrays.equals(digest, digest(question))) {
                throw invalid();
            }
            String snapshot = in.readUTF();
            List<byte[]> after = new ArrayList<>();
            int parts = in.readUnsignedByte();
            for (int n = 0; n < parts; n++) {
                byte[] each = new byte[in.readUnsignedShort()];
                in.readFully(each);
                after.add(each);
            }
            return new PageToken(false, snapshot, after);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    /**
     * A token for the next page.
     *
     * @param snapshot what the data are at; empty where pages do not depend on it
     * @param after where this page ended: texts, numbers or bytes, each at most 65,535 bytes
     */
    public static String of(String question, String snapshot, Object... after) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(digest(question));
            out.writeUTF(snapshot);
            out.writeByte(after.length);
            for (Object each : after) {
                byte[] part =
                        each instanceof byte[] raw ? raw : String.valueOf(each).getBytes(StandardCharsets.UTF_8);
                out.writeShort(part.length);
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * The same, once it is known what the data are at.
     *
     * @throws ProblemException of {@link Problem#SNAPSHOT_MOVED} when the page before was of another snapshot
     */
    public PageToken at(String now) {
        if (!first && !snapshot.equals(now)) {
            throw new ProblemException(
                    Problem.SNAPSHOT_MOVED, "the data have changed since the first page: start again");
        }
        return this;
    }

    public boolean first() {
        return first;
    }

    /** A part as a text; empty on the first page. */
    public String text(int part) {
        return new String(bytes(part), StandardCharsets.UTF_8);
    }

    /** A part as a number that is not negative; 0 on the first page. */
    public long number(int part) {
        String text = text(part);
        if (first) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw invalid();
        }
        return Long.parseLong(text);
    }

    /** A part as a number that fits an {@code int}; 0 on the first page. */
    public int index(int part) {
        long number = number(part);
        if (number > Integer.MAX_VALUE) {
            throw invalid();
        }
        return (int) number;
    }

    /** A part as it is; empty on the first page. */
    public byte[] bytes(int part) {
        if (first) {
            return new byte[0];
        }
        if (part >= after.size()) {
            throw invalid();
        }
        return after.get(part).clone();
    }

    private static ProblemException invalid() {
        return new ProblemException(
                Problem.PAGE_TOKEN_INVALID,
                "the page token is none of this question's: ask with the same fields, or anew");
    }

    private static byte[] digest(String question) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(all, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
