package io.plimsoll.stagescoring.store;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Several messages in one value: length, bytes, length, bytes. */
final class Delimited {

    private Delimited() {}

    static byte[] of(Collection<byte[]> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            for (byte[] message : messages) {
                out.writeByteArrayNoTag(message);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalStateException when it was not written by {@link #of} */
    static List<byte[]> split(byte[] all) {
        List<byte[]> messages = new ArrayList<>();
        try {
            CodedInputStream in = CodedInputStream.newInstance(all);
            while (!in.isAtEnd()) {
                messages.add(in.readByteArray());
            }
        } catch (IOException e) {
            throw new IllegalStateException("not a list of messages", e);
        }
        return messages;
    }
}
