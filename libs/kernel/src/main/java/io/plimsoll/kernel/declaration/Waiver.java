package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import java.time.Instant;

/**
 * A governed exception: a reason, two people, an end. What it covers stays in the denominator.
 *
 * @param expires first instant it no longer counts
 */
public record Waiver(
        String id,
        String control,
        Selector selector,
        String reason,
        String ticket,
        String requestedBy,
        String approvedBy,
        Instant expires,
        Source source) {

    public Waiver {
        if (requestedBy.strip().equalsIgnoreCase(approvedBy.strip())) {
            throw new IllegalArgumentException(
                    "approvedBy must be another person than requestedBy (" + requestedBy + ")");
        }
    }

    public Validity validity() {
        return new Validity(Instant.MIN, expires);
    }

    /**
     * Whom it covers: every part given must fit, an empty one fits all.
     *
     * @param kind of the Kubernetes object behind the subject
     * @param name of that object; a {@code *} at its end stands for any rest
     */
    public record Selector(String cluster, String namespace, String kind, String name) {

        public Selector {
            if (cluster.isEmpty() && namespace.isEmpty() && kind.isEmpty() && name.isEmpty()) {
                throw new IllegalArgumentException("a selector needs at least one part");
            }
        }

        public boolean covers(SubjectId subject) {
            return (cluster.isEmpty() || cluster.equals(subject.cluster()))
                    && (namespace.isEmpty() || namespace.equals(subject.namespace()))
                    && (kind.isEmpty() || kind.equals(subject.object()))
                    && (name.isEmpty() || named(subject.name()));
        }

        private boolean named(String candidate) {
            return name.endsWith("*")
                    ? candidate.startsWith(name.substring(0, name.length() - 1))
                    : candidate.equals(name);
        }
    }
}
