package io.plimsoll.stagescoring.api;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the next page begins, and to which question it belongs. Opaque to callers; what it says is checked like any other input. */
final class PageToken {

    private static final int SIZE_DEFAULT = 100;
    private static final int SIZE_MAX = 500;
    private static final int CHARACTERS_MAX = 8_192;

    private PageToken() {}

    /** @throws ProblemException of {@link Problem#MALFORMED} when more is asked than a page may hold */
    static int size(int asked) {
        if (asked < 0 || asked > SIZE_MAX) {
            throw new ProblemException(
                            Problem.MALFORMED,
                            "page size " + Integer.toUnsignedString(asked) + " is more than a page holds")
                    .over(SIZE_MAX + " items");
        }
        return asked == 0 ? SIZE_DEFAULT : asked;
    }

    /** @param question all other fields of the request */
    static String of(int question, byte[]... after) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(question);
            out.writeByte(after.length);
            for (byte[] each : after) {
                out.writeShort(each.length);
                out.write(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * @return null for the first page
     * @throws ProblemException of {@link Problem#PAGE_TOKEN_INVALID} when it is not one of this question's
     */
    static @Nullable List<byte[]> read(String token, int question, int parts) {
        if (token.isEmpty()) {
            return null;
        }
        if (token.length() <= CHARACTERS_MAX) {
            try (DataInputStream in = new DataInputStream(
                    new ByteArrayInputStream(Base64.getUrlDecoder().decode(token)))) {
                if (in.readInt() == question && in.readUnsignedByte() == parts) {
                    List<byte[]> after = new ArrayList<>();
                    for (int n = 0; n < parts; n++) {
                        byte[] each = new byte[in.readUnsignedShort()];
                        in.readFully(each);
                        after.add(each);
                    }
                    return after;
                }
            } catch (IOException | IllegalArgumentException e) {
                // Told below.
            }
        }
        throw new ProblemException(
                Problem.PAGE_TOKEN_INVALID,
                "the page token is not one of this question's: ask with the same fields, or anew");
    }

    static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    static long number(byte[] bytes) {
        try {
            return Long.parseLong(text(bytes));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.PAGE_TOKEN_INVALID, "the page token was changed on its way");
        }
    }

    /** Equal for equal questions. */
    static int question(Object... fields) {
        return Arrays.hashCode(fields);
    }
}
