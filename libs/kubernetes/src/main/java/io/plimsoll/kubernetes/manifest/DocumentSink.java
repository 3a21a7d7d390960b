package io.plimsoll.kubernetes.manifest;

/** Takes what a file holds, in the order of the file, on the reader's thread. */
public interface DocumentSink {

    void document(Document document);

    void problem(Problem problem);
}
