package io.plimsoll.scanning.image;

import java.io.IOException;
import java.io.InputStream;

/** Told about the files of an image. Called by one thread. */
public interface FileVisitor {

    /**
     * A file, folder or link that the running container would see.
     *
     * @param layer index of the layer it is from, -1 without layers
     * @param content the file's bytes, good until this returns; need not be read
     */
    void visit(FileEntry entry, int layer, InputStream content) throws IOException;

    /** As {@link #visit}, for a file that a higher layer replaced: history, not content. Removed files are not told. */
    void replaced(FileEntry entry, int layer, InputStream content) throws IOException;

    /** Everything told of this layer is void: its content does not have its digest. */
    void retract(int layer);
}
