package io.plimsoll.audit.framework;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A framework's report of everything and of each namespace. Not safe for use by two threads at once. */
public final class ScopedReports {

    /** Further namespaces are in the whole only. */
    private static final int SCOPES_MAX = 10_000;

    /** @param cluster empty where one alone was given */
    public record Scope(String cluster, String namespace) implements Comparable<Scope> {
        @Override
        public int compareTo(Scope other) {
            int byCluster = cluster.compareTo(other.cluster);
            return byCluster != 0 ? byCluster : namespace.compareTo(other.namespace);
        }
    }

    private final Framework framework;
    private final List<CatalogueControl> controls;
    private final FrameworkReport whole;
    private final TreeMap<Scope, FrameworkReport> scopes = new TreeMap<>();

    public ScopedReports(Framework framework, Collection<CatalogueControl> controls) {
        this.framework = framework;
        this.controls = List.copyOf(controls);
        this.whole = new FrameworkReport(framework, controls);
    }

    /** @param cluster empty where one alone was given */
    public void count(String cluster, Finding finding) {
        whole.count(finding);
        String namespace = finding.object().namespace();
        if (finding.object().kind().equals("Namespace")) {
            namespace = finding.object().name();
        }
        Scope scope = new Scope(cluster, namespace);
        if (!namespace.isEmpty() && (scopes.containsKey(scope) || scopes.size() < SCOPES_MAX)) {
            scopes.computeIfAbsent(scope, each -> new FrameworkReport(framework, controls))
                    .count(finding);
        }
    }

    public FrameworkReport whole() {
        return whole;
    }

    /** Of each namespace, with the Namespace itself, in order. */
    public SortedMap<Scope, FrameworkReport> namespaces() {
        return new TreeMap<>(Map.copyOf(scopes));
    }
}
