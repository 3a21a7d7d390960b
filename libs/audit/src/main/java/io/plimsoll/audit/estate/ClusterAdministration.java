package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who holds the keys to everything (S2.admin): anonymous subjects, stray cluster-admin, too many named people. */
final class ClusterAdministration {

    /** Named people that may stand as administrators of one cluster. */
    private static final int PEOPLE_MAX = 3;

    private static final Set<String> ANONYMOUS = Set.of("system:anonymous", "system:unauthenticated");
    /** Bindings every cluster ships with that give anonymous callers version and discovery only. */
    private static final Set<String> SHIPPED =
            Set.of("system:public-info-viewer", "kubeadm:bootstrap-signer-clusterinfo", "cluster-admin");

    private final Inventory inventory;
    private final Set<String> platformAccounts = new HashSet<>();
    private final Set<String> applicationAccounts = new HashSet<>();
    private final Set<String> people = new HashSet<>();

    private ClusterAdministration(Inventory inventory) {
        this.inventory = inventory;
        for (InventoriedWorkload workload : inventory.workloads()) {
            String account = workload.workload().namespace() + "/"
                    + workload.workload().template().serviceAccount();
            if (workload.tier() == Tier.PLATFORM) {
                platformAccounts.add(account);
            } else {
                applicationAccounts.add(account);
            }
        }
        // An account that a catalogued component ships is its own, unless an application borrowed it.
        AddOnCatalogue.builtin().addOns().forEach(addOn -> platformAccounts.addAll(addOn.serviceAccounts()));
        platformAccounts.removeAll(applicationAccounts);
    }

    static List<Evidence> evidence(Inventory inventory) {
        ClusterAdministration judge = new ClusterAdministration(inventory);
        List<Resource> bindings = new ArrayList<>();
        for (String kind : new String[] {"ClusterRoleBinding", "RoleBinding"}) {
            bindings.addAll(inventory.state().all(kind, "rbac.authorization.k8s.io"));
        }
        bindings.forEach(judge::countPeople);
        return bindings.stream().map(judge::judge).toList();
    }

    private void countPeople(Resource binding) {
        if (administers(binding)) {
            for (Value subject : binding.body().items("subjects")) {
                if (subject.text("kind").equals("User") && !subject.text("name").startsWith("system:")) {
                    people.add(subject.text("name"));
                }
            }
        }
    }

    private Evidence judge(Resource binding) {
        SubjectId id = Inventory.bindingId(binding);
        String control = EstateControls.BINDING_NOT_OVERBROAD.id();
        boolean shipped = SHIPPED.contains(binding.name());
        Evidence unknown = null;
        for (Resource declared : binding.declared()) {
            for (Value subject : declared.body().items("subjects")) {
                String name = subject.text("name");
                if (shipped && !name.equals("system:anonymous")) {
                    continue;
                }
                if (ANONYMOUS.contains(name) && !shipped) {
                    return fail(id, declared, subject, name + " is anybody at all");
                }
                if (!administers(declared)) {
                    continue;
                }
                switch (subject.text("kind")) {
                    case "ServiceAccount" -> {
                        String namespace = subject.at("namespace").text().orElse(declared.namespace());
                        if (!platformAccounts.contains(namespace + "/" + name)) {
                            return fail(
                                    id,
                                    declared,
                                    subject,
                                    "cluster-admin for ServiceAccount " + namespace + "/" + name
                                            + ", which no known platform component uses");
                        }
                    }
                    case "User" -> {
                        if (people.size() > PEOPLE_MAX) {
                            return fail(
                                    id,
                                    declared,
                                    subject,
                                    people.size() + " named people are cluster-admin; at most " + PEOPLE_MAX);
                        }
                    }
                    default ->
                        unknown = Evidence.unknown(
                                control,
                                id,
                                Reason.NEEDS_CONNECTOR,
                                "how many people group " + name + " holds is known to the identity provider only",
                                declared.at(subject));
                }
            }
        }
        return unknown != null ? unknown : Evidence.pass(control, id, "no key to everything", binding.source());
    }

    private Evidence fail(SubjectId id, Resource binding, Value subject, String message) {
        return Evidence.fail(
                EstateControls.BINDING_NOT_OVERBROAD.id(),
                id,
                Reason.SEEN_AND_WRONG,
                "subjects",
                subject.text("kind") + " " + subject.text("name"),
                message + " in cluster " + inventory.cluster(),
                binding.at(subject));
    }

    private static boolean administers(Resource binding) {
        return binding.kind().equals("ClusterRoleBinding")
                && binding.body().at("roleRef", "name").text().orElse("").equals("cluster-admin");
    }
}
