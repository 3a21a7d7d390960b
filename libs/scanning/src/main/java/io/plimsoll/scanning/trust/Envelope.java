package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A DSSE envelope (secure-systems-lab/dsse 1.0): a payload, and signatures over it together with its type. */
record Envelope(String payloadType, byte[] payload, List<byte[]> signatures) {

    private static final int SIGNATURES_MAX = 50;

    static Envelope of(Node written) throws MalformedDocument {
        List<Node> listed = written.get("signatures").items();
        if (listed.size() > SIGNATURES_MAX) {
            throw new MalformedDocument("an envelope with more than " + SIGNATURES_MAX + " signatures");
        }
        List<byte[]> signatures = new ArrayList<>();
        for (Node one : listed) {
            signatures.add(base64(one.text("sig")));
        }
        return new Envelope(written.text("payloadType"), base64(written.text("payload")), signatures);
    }

    /** Standard or URL-safe, as the specification allows either. */
    static byte[] base64(String text) throws MalformedDocument {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocument("malformed base64");
        }
    }

    /** The first of the keys that signed it. */
    Optional<TrustedKey> signer(List<TrustedKey> keys) {
        byte[] encoded = encoded();
        return keys.stream()
                .filter(key -> signatures.stream().anyMatch(signature -> key.signed(encoded, signature)))
                .findFirst();
    }

    /** "Pre-Authentication Encoding": lengths in front, so that type and payload cannot run into each other. */
    byte[] encoded() {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + payload.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(payload, 0, whole, head.length, payload.length);
        return whole;
    }
}
