package io.plimsoll.assessment.scope;

import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.maturity.model.ScopeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A scope by its kind and id: {@code organisation}, {@code team/NAME}, {@code cluster/NAME}, {@code namespace/CLUSTER/NAME} or
 * {@code application/CLUSTER/NAMESPACE/NAME}. Widest first, then by id.
 */
public record ScopeKey(ScopeKind kind, String id) implements Comparable<ScopeKey> {

    public static final ScopeKey ORGANISATION = new ScopeKey(ScopeKind.ORGANISATION, "organisation");

    /** @throws IllegalArgumentException when the id begins with no kind of scope */
    public static ScopeKey parse(String id) {
        String first = id.contains("/") ? id.substring(0, id.indexOf('/')) : id;
        for (ScopeKind kind : ScopeKind.values()) {
            if (kind.slug().equals(first)) {
                return new ScopeKey(kind, id);
            }
        }
        throw new IllegalArgumentException("not the id of a scope: " + id);
    }

    static ScopeKey ofCluster(String cluster) {
        return new ScopeKey(ScopeKind.CLUSTER, "cluster/" + cluster);
    }

    /** The scopes a subject belongs to by itself, the organisation included. */
    static List<ScopeKey> of(Subject subject) {
        SubjectId id = subject.id();
        List<ScopeKey> keys = new ArrayList<>(5);
        keys.add(ORGANISATION);
        if (!subject.team().isEmpty()) {
            keys.add(new ScopeKey(ScopeKind.TEAM, "team/" + subject.team()));
        }
        if (!id.cluster().isEmpty()) {
            keys.add(ofCluster(id.cluster()));
            if (!id.namespace().isEmpty()) {
                keys.add(new ScopeKey(ScopeKind.NAMESPACE, "namespace/" + id.cluster() + "/" + id.namespace()));
            }
            if (!subject.application().isEmpty()) {
                keys.add(application(subject));
            }
        }
        return keys;
    }

    static ScopeKey application(Subject subject) {
        return new ScopeKey(
                ScopeKind.APPLICATION,
                "application/" + subject.id().cluster() + "/" + subject.id().namespace() + "/" + subject.application());
    }

    @Override
    public int compareTo(ScopeKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }
}
