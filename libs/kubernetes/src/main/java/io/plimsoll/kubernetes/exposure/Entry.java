package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.Set;

/**
 * A way in: an Ingress, a route, a gateway's virtual service, or a Service with a door of its own.
 *
 * @param resource the object that opens it
 * @param backends the workloads it leads to
 * @param shown a fact rather than a request (stage-gates 3)
 * @param tls whether encryption is declared
 * @param decisive the field that decided about TLS; missing when none did
 */
public record Entry(Resource resource, Set<ResourceId> backends, boolean shown, Tls tls, Value decisive) {

    /** What the object says of encryption, the strongest first. */
    public enum Tls {
        DECLARED,
        /** The object cannot say: a load balancer forwards bytes, or its gateway is not among the objects given. */
        UNSAID,
        /** A plain listener; TLS may still end in front of it. */
        PLAIN;

        /** What remains of two statements that both hold. */
        Tls and(Tls other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    public Entry {
        backends = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(backends));
    }

    /** The same way in, declared twice: it leads wherever either says, and the weaker statement about TLS decides. */
    Entry and(Entry other) {
        Set<ResourceId> all = new java.util.TreeSet<>(backends);
        all.addAll(other.backends);
        Entry weaker = tls.and(other.tls) == tls ? this : other;
        return new Entry(weaker.resource, all, shown || other.shown, weaker.tls, weaker.decisive);
    }

    public SubjectId subjectId() {
        ResourceId id = resource.id();
        return new SubjectId(SubjectKind.ENTRY, id.cluster(), id.namespace(), id.kind(), id.name(), "");
    }
}
