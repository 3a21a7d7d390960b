package io.plimsoll.scanning.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Named files that somebody else opens: a folder on disk, the entries of a tar archive. Names are relative, separated by
 * {@code /}, and hold no {@code ..}; an implementation never follows a link out of itself.
 */
public interface Folder {
    /** Opens a file from its first byte; empty when there is none. The caller closes the stream. */
    Optional<InputStream> open(String name) throws IOException;
}
