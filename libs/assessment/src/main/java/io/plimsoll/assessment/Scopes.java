package io.plimsoll.assessment;

import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.model.ScopeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The scopes of an estate and which subjects belong to each: one pass over the subjects, however many scopes. */
final class Scopes {

    /**
     * @param clusters the clusters it touches
     * @param namespaces {@code cluster/namespace}, those it touches
     */
    record Scope(String id, ScopeKind kind, Set<String> clusters, Set<String> namespaces, List<Subject> subjects) {}

    private record Key(ScopeKind kind, String id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : id.compareTo(other.id);
        }
    }

    private Scopes() {}

    /** Widest first, then by id. Only scopes that hold an application workload, and the organisation, exist. */
    static List<Scope> of(Collection<Subject> subjects) {
        Map<Key, List<Subject>> members = new TreeMap<>();
        Map<String, Set<Key>> applicationsOf = new HashMap<>();
        members.put(new Key(ScopeKind.ORGANISATION, "organisation"), new ArrayList<>(subjects));
        for (Subject subject : subjects) {
            if (subject.id().kind() == SubjectKind.WORKLOAD && subject.tier() == Tier.APPLICATION) {
                for (Key key : own(subject)) {
                    members.putIfAbsent(key, new ArrayList<>());
                }
                applicationsOf
                        .computeIfAbsent(namespaceOf(subject.id()), namespace -> new TreeSet<>())
                        .add(application(subject));
            }
        }
        for (Subject subject : subjects) {
            Set<Key> keys = new TreeSet<>(own(subject));
            // What belongs to a namespace as a whole counts for each of its applications.
            if (subject.application().isEmpty() && !subject.id().namespace().isEmpty()) {
                keys.addAll(applicationsOf.getOrDefault(namespaceOf(subject.id()), Set.of()));
            }
            for (Key key : keys) {
                List<Subject> scope = members.get(key);
                if (scope != null) {
                    scope.add(subject);
                }
            }
        }
        List<Scope> scopes = new ArrayList<>(members.size());
        members.forEach((key, scope) -> scopes.add(scope(key, scope)));
        return scopes;
    }

    private static List<Key> own(Subject subject) {
        SubjectId id = subject.id();
        List<Key> keys = new ArrayList<>(4);
        if (!subject.team().isEmpty()) {
            keys.add(new Key(ScopeKind.TEAM, "team/" + subject.team()));
        }
        if (!id.cluster().isEmpty()) {
            keys.add(new Key(ScopeKind.CLUSTER, "cluster/" + id.cluster()));
            if (!id.namespace().isEmpty()) {
                keys.add(new Key(ScopeKind.NAMESPACE, "namespace/" + namespaceOf(id)));
            }
            if (!subject.application().isEmpty()) {
                keys.add(application(subject));
            }
        }
        return keys;
    }

    private static Key application(Subject subject) {
        return new Key(ScopeKind.APPLICATION, "application/" + namespaceOf(subject.id()) + "/" + subject.application());
    }

    private static String namespaceOf(SubjectId id) {
        return id.cluster() + "/" + id.namespace();
    }

    private static Scope scope(Key key, List<Subject> subjects) {
        Set<String> clusters = new TreeSet<>();
        Set<String> namespaces = new TreeSet<>();
        for (Subject subject : subjects) {
            if (!subject.id().cluster().isEmpty()) {
                clusters.add(subject.id().cluster());
            }
            if (!subject.id().namespace().isEmpty()) {
                namespaces.add(namespaceOf(subject.id()));
            }
        }
        return new Scope(key.id(), key.kind(), clusters, namespaces, subjects);
    }
}
