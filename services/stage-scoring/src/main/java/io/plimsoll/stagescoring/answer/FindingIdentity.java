package io.plimsoll.stagescoring.answer;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes a finding the same over time: which control is asked of which subject, whatever is said of it and wherever it stands. SHA-256
 * over control, kind of subject, cluster, namespace, object, name and container, each ended by a zero, which none of them holds.
 */
public final class FindingIdentity {

    private FindingIdentity() {}

    /** 32 bytes. */
    public static byte[] of(Evidence evidence) {
        SubjectId subject = evidence.subject();
        return digest(String.join(
                        "\0",
                        evidence.control(),
                        subject.kind().name(),
                        subject.cluster(),
                        subject.namespace(),
                        subject.object(),
                        subject.name(),
                        subject.container(),
                        "")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
