package io.plimsoll.imagescan.flow;

import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pull secrets workloads name, by themselves or through their ServiceAccount (which Kubernetes takes where a pod names none). Names alone: what
 * a Secret holds is never looked at. Pure.
 */
public final class PullSecretNames {

    /** More of one workload are left out. */
    static final int NAMES_MAX = 20;

    private PullSecretNames() {}

    /** By workload: {@code cluster/namespace/name}, in their order. */
    public static Map<SubjectId, List<String>> of(Inventory inventory) {
        Map<String, Value> accounts = new HashMap<>();
        for (Resource account : inventory.state().all("ServiceAccount", "")) {
            accounts.put(account.namespace() + "/" + account.name(), account.body());
        }
        Map<SubjectId, List<String>> named = new HashMap<>();
        for (InventoriedWorkload workload : inventory.workloads()) {
            SubjectId id = workload.subject().id();
            Set<String> names = new TreeSet<>();
            for (PodTemplate template : workload.workload().templates()) {
                Set<String> own = names(template.spec(), id);
                Value account = accounts.get(id.namespace() + "/" + template.serviceAccount());
                names.addAll(own.isEmpty() && account != null ? names(account, id) : own);
            }
            if (!names.isEmpty()) {
                named.put(id, names.stream().limit(NAMES_MAX).toList());
            }
        }
        return named;
    }

    private static Set<String> names(Value of, SubjectId id) {
        Set<String> names = new TreeSet<>();
        for (Value secret : of.items("imagePullSecrets")) {
            String name = secret.text("name");
            if (!name.isEmpty()) {
                names.add(id.cluster() + "/" + id.namespace() + "/" + name);
            }
        }
        return names;
    }
}
