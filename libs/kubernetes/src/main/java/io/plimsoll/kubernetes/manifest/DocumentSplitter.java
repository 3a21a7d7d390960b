package io.plimsoll.kubernetes.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of YAML at its document markers, so that one broken document costs no other and no file is held whole.
 *
 * <p>YAML 1.2 section 9.1.2: a line that begins with three dashes or three dots at column 0 is a marker wherever it stands,
 * also inside a quoted or block scalar; cutting by lines is therefore exact.
 */
final class DocumentSplitter {

    /**
     * @param text the document's bytes with its {@code ---} line; null when it was longer than the bound
     * @param firstLine one-based line of the first byte
     */
    record Part(byte @Nullable [] text, int firstLine) {}

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int bytesMax;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private int line;
    private byte @Nullable [] held;
    private int heldLine;

    DocumentSplitter(InputStream in, int bytesMax) {
        this.in = in;
        this.bytesMax = bytesMax;
    }

    /** The next document with any content, or null at the end. Comments, directives and empty documents are passed over. */
    @Nullable
    Part next() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int first = line + 1;
        boolean content = false;
        boolean tooLong = false;
        if (held != null) {
            text.writeBytes(held);
            first = heldLine;
            content = hasContent(held);
            held = null;
        }
        byte[] next;
        while ((next = readLine()) != null) {
            boolean start = isMarker(next, (byte) '-');
            if (start || isMarker(next, (byte) '.')) {
                if (content || tooLong) {
                    if (start) {
                        held = next;
                        heldLine = line;
                    }
                    return new Part(tooLong ? null : text.toByteArray(), first);
                }
                text.reset();
                if (start) {
                    text.writeBytes(next);
                    content = hasContent(next);
                }
                first = line;
                continue;
            }
            content = content || hasContent(next);
            if (!tooLong && text.size() + next.length > bytesMax) {
                tooLong = true;
                text = new ByteArrayOutputStream();
            }
            if (!tooLong) {
                text.writeBytes(next);
            }
        }
        return content || tooLong ? new Part(tooLong ? null : text.toByteArray(), first) : null;
    }

    /** One line with its end, or null at the end of the stream; a line longer than the bound comes in pieces. */
    private byte @Nullable [] readLine() throws IOException {
        ByteArrayOutputStream bytes = null;
        while (true) {
            if (position == limit) {
                limit = in.read(buffer);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    return bytes == null ? null : bytes.toByteArray();
                }
                if (bytes == null) {
                    line++;
                    bytes = new ByteArrayOutputStream(128);
                }
            } else if (bytes == null) {
                line++;
                bytes = new ByteArrayOutputStream(128);
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean complete = end < limit;
            int to = complete ? end + 1 : end;
            bytes.write(buffer, position, to - position);
            position = to;
            if (complete || bytes.size() > bytesMax) {
                return bytes.toByteArray();
            }
        }
    }

    private static boolean isMarker(byte[] line, byte mark) {
        return line.length >= 3
                && line[0] == mark
                && line[1] == mark
                && line[2] == mark
                && (line.length == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r' || line[3] == '\n');
    }

    /** True unless the line is blank, a comment, a directive or a bare marker. */
    private static boolean hasContent(byte[] line) {
        int i = isMarker(line, (byte) '-') ? 3 : 0;
        if (i == 0 && line.length > 0 && line[0] == '%') {
            return false;
        }
        for (; i < line.length; i++) {
            byte b = line[i];
            if (b == '#') {
                return false;
            }
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return true;
            }
        }
        return false;
    }
}
