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

    /** What the object says of encryption. */
    public enum Tls {
        DECLARED,
        /** A plain listener; TLS may still end in front of it. */
        PLAIN,
        /** The object cannot say: a load balancer forwards bytes. */
        UNSAID
    }

    public Entry {
        backends = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(backends));
    }

    public SubjectId subjectId() {
        ResourceId id = resource.id();
        return new SubjectId(SubjectKind.ENTRY, id.cluster(), id.namespace(), id.kind(), id.name(), "");
    }
}
