package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A file of ours that holds one document: a stage model, a catalogue, an estate. Unlike manifests, it must be right. */
public final class SingleDocument {

    private SingleDocument() {}

    /**
     * @param name of the file, for messages
     * @throws IllegalArgumentException naming the place when the file is not one well-formed document
     */
    public static Value read(String name, InputStream in) throws IOException {
        List<Value> documents = new ArrayList<>();
        new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
            @Override
            public void document(Document document) {
                documents.add(document.body());
            }

            @Override
            public void problem(Problem problem) {
                throw new IllegalArgumentException(problem.toString());
            }
        });
        if (documents.size() != 1) {
            throw new IllegalArgumentException(name + ": one document is expected, not " + documents.size());
        }
        return documents.getFirst();
    }
}
