package io.plimsoll.stagescoring.store;

import io.plimsoll.store.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Digest of what a row says, the same of what is to be stored and of what the database tells of what is. One thread. */
final class RowDigest {

    private final MessageDigest row = sha256();
    private final MessageDigest bytes = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has it", e);
        }
    }

    /** @param values as they are handed to the database: texts, numbers, truth values, bytes */
    ByteBuffer of(@Nullable Object[] values) {
        for (@Nullable Object value : values) {
            switch (value) {
                case byte[] all -> add(bytes.digest(all));
                case String text -> add(Sql.storable(text).getBytes(StandardCharsets.UTF_8));
                case null, default -> add(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            }
        }
        return ByteBuffer.wrap(row.digest());
    }

    /** @param values as the database gives them, SHA-256 in place of bytes */
    ByteBuffer ofTold(@Nullable Object[] values) {
        for (@Nullable Object value : values) {
            add(value instanceof byte[] digest ? digest : String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        }
        return ByteBuffer.wrap(row.digest());
    }

    private void add(byte[] value) {
        row.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        row.update(value);
    }
}
