package io.plimsoll.scanning.image;

import java.io.IOException;
import java.io.InputStream;

/** Content by descriptor: a layout's blobs, a registry. What is opened is not verified yet. */
public interface Blobs {
    /**
     * Opens a blob; the caller closes the stream and verifies the digest.
     *
     * @throws MalformedImage when it is not there
     */
    InputStream open(Descriptor descriptor) throws IOException;

    /** As {@link #open}, for a manifest or an index, which registries keep elsewhere than blobs. */
    default InputStream openManifest(Descriptor descriptor) throws IOException {
        return open(descriptor);
    }
}
