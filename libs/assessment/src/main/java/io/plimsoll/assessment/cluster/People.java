package io.plimsoll.assessment.cluster;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Users and groups that bindings give rights to, those of the platform itself left out: what is known of how many people a cluster has
 * (stage-model 1.1, 2.2). Who wrote an object is not asked: managedFields name programs.
 *
 * @param everywhere bound in the cluster as a whole, as {@code User/NAME} or {@code Group/NAME}
 * @param byNamespace bound in one namespace only
 */
record People(SortedSet<String> everywhere, Map<String, SortedSet<String>> byNamespace) {

    static final People NOBODY = new People(new TreeSet<>(), Map.of());

    /** Names kept of one place, those that sort first: two are enough to tell a team from one person. */
    static final int NAMES_MAX = 100;

    private static final String RBAC = "rbac.authorization.k8s.io";

    static People of(ClusterState state) {
        SortedSet<String> everywhere = new TreeSet<>();
        for (Resource binding : state.all("ClusterRoleBinding", RBAC)) {
            add(binding, everywhere);
        }
        Map<String, SortedSet<String>> byNamespace = new TreeMap<>();
        for (Resource binding : state.all("RoleBinding", RBAC)) {
            add(binding, byNamespace.computeIfAbsent(binding.namespace(), each -> new TreeSet<>()));
        }
        return new People(everywhere, byNamespace);
    }

    SortedSet<String> in(String namespace) {
        return byNamespace.getOrDefault(namespace, new TreeSet<>());
    }

    private static void add(Resource binding, SortedSet<String> names) {
        for (Resource declared : binding.declared()) {
            for (Value subject : declared.body().items("subjects")) {
                String kind = subject.text("kind");
                String name = subject.text("name");
                if ((kind.equals("User") || kind.equals("Group")) && !ofThePlatform(name)) {
                    names.add(kind + "/" + name);
                }
            }
        }
        while (names.size() > NAMES_MAX) {
            names.removeLast();
        }
    }

    /** Nobody's own name: what Kubernetes and its installers bind. */
    private static boolean ofThePlatform(String name) {
        return name.isEmpty()
                || name.startsWith("system:")
                || name.startsWith("kubeadm:")
                || name.startsWith("eks:")
                || name.equals("kubernetes-admin")
                || name.equals("kube-apiserver-kubelet-client")
                || name.equals("minikube-user");
    }
}
