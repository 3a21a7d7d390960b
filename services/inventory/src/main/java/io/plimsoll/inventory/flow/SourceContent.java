package io.plimsoll.inventory.flow;

import io.plimsoll.assessment.Coverage;
import java.util.List;

/**
 * What one source holds, read and found well-formed.
 *
 * @param objects in the order of the files, each as it is kept, see {@link StoredObject}
 * @param coverage what reading told
 * @param digest SHA-256 over all of it; equal digests say nothing changed
 */
public record SourceContent(List<byte[]> objects, List<Coverage> coverage, byte[] digest) {

    public SourceContent {
        objects = List.copyOf(objects);
        coverage = List.copyOf(coverage);
    }
}
