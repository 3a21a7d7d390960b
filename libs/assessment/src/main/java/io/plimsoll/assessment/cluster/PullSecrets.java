package io.plimsoll.assessment.cluster;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.Set;
import java.util.TreeSet;

/**
 * Secrets that images are pulled with, by namespace and name: those among the objects, and those that service accounts name. A live cluster
 * is not asked for its Secrets, so it shows only the latter.
 */
final class PullSecrets {

    private PullSecrets() {}

    /** As {@code NAMESPACE/NAME}, each once. */
    static Set<String> of(ClusterState state) {
        Set<String> names = new TreeSet<>();
        for (Resource secret : state.all("Secret", "")) {
            if (secret.body().text("type").startsWith("kubernetes.io/dockerc")) {
                names.add(secret.namespace() + "/" + secret.name());
            }
        }
        for (Resource account : state.all("ServiceAccount", "")) {
            named(account.body(), account.namespace(), names);
        }
        return names;
    }

    private static void named(Value holder, String namespace, Set<String> names) {
        for (Value reference : holder.items("imagePullSecrets")) {
            String name = reference.text("name");
            // OpenShift makes one for each account by itself.
            if (!name.isEmpty() && !name.contains("-dockercfg-")) {
                names.add(namespace + "/" + name);
            }
        }
    }
}
