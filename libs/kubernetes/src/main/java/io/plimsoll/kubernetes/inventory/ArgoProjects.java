package io.plimsoll.kubernetes.inventory;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose Argo CD projects deliver into which namespaces of their own cluster: {@code spec.project} of an Application names an AppProject that is
 * among the objects. The project {@code default} holds what nobody sorted and names nobody; a namespace that projects of several owners deliver into
 * is nobody's by them. What is delivered from another cluster's Argo CD is not told here.
 */
final class ArgoProjects {

    private static final String GROUP = "argoproj.io";
    private static final String UNSORTED = "default";
    /** How Argo CD writes the cluster it runs in. */
    private static final String HERE = "https://kubernetes.default.svc";

    private static final String HERE_BY_NAME = "in-cluster";

    private final Map<String, Set<String>> byNamespace = new HashMap<>();

    private ArgoProjects() {}

    static ArgoProjects of(ClusterState state) {
        Map<String, String> owners = new TreeMap<>();
        for (Resource project : state.all("AppProject", GROUP)) {
            if (!project.name().equals(UNSORTED)) {
                String labelled = Namespaces.labelled(project.labels(), project.annotations());
                // Two installations may have a project of one name: the names are then those of both, or nobody's.
                owners.merge(
                        project.name(), labelled.isEmpty() ? project.name() : labelled, (a, b) -> a.equals(b) ? a : "");
            }
        }
        ArgoProjects projects = new ArgoProjects();
        for (Resource application : state.all("Application", GROUP)) {
            for (Resource declared : application.declared()) {
                Value destination = declared.spec().at("destination");
                String owner = owners.getOrDefault(declared.spec().text("project"), "");
                String namespace = destination.text("namespace");
                if (!namespace.isEmpty() && !owner.isEmpty() && isHere(destination)) {
                    projects.byNamespace
                            .computeIfAbsent(namespace, each -> new TreeSet<>())
                            .add(owner);
                }
            }
        }
        return projects;
    }

    private static boolean isHere(Value destination) {
        return destination.text("server").equals(HERE)
                || destination.text("name").equals(HERE_BY_NAME);
    }

    /** Empty when none, or several. */
    String owner(String namespace) {
        Set<String> owners = byNamespace.getOrDefault(namespace, Set.of());
        return owners.size() == 1 ? owners.iterator().next() : "";
    }
}
