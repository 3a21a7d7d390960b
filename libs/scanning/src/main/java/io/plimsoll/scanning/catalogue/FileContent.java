package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.image.Budget;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file read whole.
 *
 * @param path absolute in the image
 * @param bytes its content up to {@code length}; the array may be longer and is not to be kept
 * @param budget what may still be spent on what is packed within
 */
public record FileContent(String path, byte[] bytes, int length, Budget budget) {

    public InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    /** As UTF-8, without a byte order mark; what is not UTF-8 becomes U+FFFD. */
    public String text() {
        int start =
                length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf ? 3 : 0;
        return new String(bytes, start, length - start, StandardCharsets.UTF_8);
    }

    public List<String> lines() {
        return text().lines().toList();
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the folder it lies in. */
    public String folder() {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
