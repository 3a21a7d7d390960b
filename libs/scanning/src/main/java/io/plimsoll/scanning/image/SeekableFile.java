package io.plimsoll.scanning.image;

import java.io.IOException;
import java.io.InputStream;

/** A file that can be opened at any place, more than once. */
public interface SeekableFile {
    /** Its length in bytes. */
    long length() throws IOException;

    /** Opens it at a byte offset; the caller closes the stream. */
    InputStream openAt(long offset) throws IOException;
}
