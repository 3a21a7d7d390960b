package io.plimsoll.assessment;

import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.model.ScopeKind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The scopes of an estate and which subjects belong to each. */
final class Scopes {

    /**
     * @param clusters the clusters it touches
     * @param namespaces {@code cluster/namespace}, those it touches
     */
    record Scope(String id, ScopeKind kind, Set<String> clusters, Set<String> namespaces, List<Subject> subjects) {}

    private Scopes() {}

    static List<Scope> of(Collection<Subject> subjects) {
        List<Scope> scopes = new java.util.ArrayList<>();
        scopes.add(scope("organisation", ScopeKind.ORGANISATION, List.copyOf(subjects)));
        TreeMap<String, ScopeKind> ids = new TreeMap<>();
        for (Subject subject : subjects) {
            boolean application = subject.id().kind() == SubjectKind.WORKLOAD && subject.tier() == Tier.APPLICATION;
            if (!application) {
                continue;
            }
            String cluster = subject.id().cluster();
            String namespace = subject.id().namespace();
            ids.put("cluster/" + cluster, ScopeKind.CLUSTER);
            ids.put("namespace/" + cluster + "/" + namespace, ScopeKind.NAMESPACE);
            ids.put("application/" + cluster + "/" + namespace + "/" + subject.application(), ScopeKind.APPLICATION);
            if (!subject.team().isEmpty()) {
                ids.put("team/" + subject.team(), ScopeKind.TEAM);
            }
        }
        ids.entrySet().stream()
                .sorted(java.util.Map.Entry.<String, ScopeKind>comparingByValue()
                        .thenComparing(java.util.Map.Entry.comparingByKey()))
                .forEach(entry -> scopes.add(scope(
                        entry.getKey(),
                        entry.getValue(),
                        subjects.stream()
                                .filter(subject -> belongs(entry.getKey(), entry.getValue(), subject))
                                .toList())));
        return scopes;
    }

    private static boolean belongs(String id, ScopeKind kind, Subject subject) {
        String cluster = subject.id().cluster();
        String namespace = subject.id().namespace();
        return switch (kind) {
            case ORGANISATION -> true;
            case TEAM -> id.equals("team/" + subject.team());
            case CLUSTER -> id.equals("cluster/" + cluster);
            case NAMESPACE -> id.equals("namespace/" + cluster + "/" + namespace);
            case APPLICATION ->
                id.equals("application/" + cluster + "/" + namespace + "/" + subject.application())
                        || subject.application().isEmpty()
                                && !namespace.isEmpty()
                                && id.startsWith("application/" + cluster + "/" + namespace + "/");
        };
    }

    private static Scope scope(String id, ScopeKind kind, List<Subject> subjects) {
        Set<String> clusters = new TreeSet<>();
        Set<String> namespaces = new TreeSet<>();
        for (Subject subject : subjects) {
            if (!subject.id().cluster().isEmpty()) {
                clusters.add(subject.id().cluster());
            }
            if (!subject.id().namespace().isEmpty()) {
                namespaces.add(subject.id().cluster() + "/" + subject.id().namespace());
            }
        }
        return new Scope(id, kind, clusters, namespaces, subjects);
    }
}
