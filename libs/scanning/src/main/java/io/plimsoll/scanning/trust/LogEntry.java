package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a transparency log (Rekor) says it has taken in, and its promise, signed, to show it (the signed entry timestamp).
 *
 * @param body the entry as base64, the form the promise is over
 * @param time when, in seconds since 1970
 * @param log SHA-256 of the log's key, in hex
 */
record LogEntry(String body, long time, long index, String log, byte[] promise) {

    /** Of cosign's annotation {@code dev.sigstore.cosign/bundle}. */
    static LogEntry ofCosign(String annotation) throws IOException {
        Node bundle = Documents.json(new ByteArrayInputStream(annotation.getBytes(StandardCharsets.UTF_8)));
        Node payload = bundle.get("Payload");
        return new LogEntry(
                payload.text("body"),
                payload.get("integratedTime").number(),
                payload.get("logIndex").number(),
                payload.text("logID"),
                Envelope.base64(bundle.text("SignedEntryTimestamp")));
    }

    /** Of an entry of a sigstore bundle's {@code tlogEntries}. */
    static LogEntry ofBundle(Node entry) throws MalformedDocument {
        return new LogEntry(
                entry.text("canonicalizedBody"),
                entry.get("integratedTime").number(),
                entry.get("logIndex").number(),
                HexFormat.of().formatHex(Envelope.base64(entry.get("logId").text("keyId"))),
                Envelope.base64(entry.get("inclusionPromise").text("signedEntryTimestamp")));
    }

    /** What the promise is over: the four fields as canonical JSON (RFC 8785), in the order of their names. */
    byte[] promised() {
        return ("{\"body\":\"" + body + "\",\"integratedTime\":" + time + ",\"logID\":\"" + log + "\",\"logIndex\":"
                        + index + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The entry itself. */
    Node content() throws IOException {
        return Documents.json(new ByteArrayInputStream(Envelope.base64(body)));
    }
}
