package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
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
    /** Groups that hold everybody who has any credentials, or every ServiceAccount. */
    private static final Set<String> EVERYBODY = Set.of("system:authenticated", "system:serviceaccounts");
    /** The break-glass group that every cluster ships bound to cluster-admin; certificates decide who is in it. */
    private static final String MASTERS = "system:masters";
    /** Roles that every cluster gives to anonymous callers: version, health and the discovery of its certificate. */
    private static final Set<String> PUBLIC_ROLES =
            Set.of("system:public-info-viewer", "kubeadm:bootstrap-signer-clusterinfo");

    private final Inventory inventory;
    private final Set<String> platformAccounts = new HashSet<>();
    private final Set<String> people = new HashSet<>();

    private ClusterAdministration(Inventory inventory, AddOnCatalogue catalogue) {
        this.inventory = inventory;
        Set<String> borrowed = new HashSet<>();
        for (InventoriedWorkload workload : inventory.workloads()) {
            String account = workload.workload().namespace() + "/"
                    + workload.workload().template().serviceAccount();
            (workload.tier() == Tier.PLATFORM ? platformAccounts : borrowed).add(account);
        }
        // An account that a catalogued component ships is its own, unless an application borrows it.
        catalogue.addOns().forEach(addOn -> platformAccounts.addAll(addOn.serviceAccounts()));
        platformAccounts.removeAll(borrowed);
    }

    static List<Evidence> evidence(Inventory inventory, AddOnCatalogue catalogue) {
        ClusterAdministration judge = new ClusterAdministration(inventory, catalogue);
        List<Resource> bindings = new ArrayList<>();
        for (String kind : new String[] {"ClusterRoleBinding", "RoleBinding"}) {
            bindings.addAll(inventory.state().all(kind, "rbac.authorization.k8s.io"));
        }
        bindings.forEach(judge::countPeople);
        boolean anyClusterWide =
                bindings.stream().anyMatch(binding -> binding.kind().equals("ClusterRoleBinding"));
        return bindings.stream()
                .map(judge::judge)
                .map(each -> anyClusterWide ? each : judge.unseen(each))
                .toList();
    }

    private void countPeople(Resource binding) {
        for (Resource declared : binding.declared()) {
            if (administers(declared)) {
                for (Value subject : declared.body().items("subjects")) {
                    if (isPerson(subject)) {
                        people.add(subject.text("name"));
                    }
                }
            }
        }
    }

    /** Who administers the cluster is said by ClusterRoleBindings alone: without one nothing is ruled out (stage-gates 2, class V). */
    private Evidence unseen(Evidence judged) {
        return judged.state() != EvidenceState.PASS
                ? judged
                : Evidence.unknown(
                        judged.control(),
                        judged.subject(),
                        Reason.NO_OBJECT_OF_KIND,
                        "no ClusterRoleBinding of cluster " + inventory.cluster() + " is among the files given",
                        judged.source());
    }

    /** The first subject that fails decides; else the first that cannot be known. */
    private Evidence judge(Resource binding) {
        SubjectId id = Inventory.bindingId(binding);
        Evidence worst =
                Evidence.pass(EstateControls.BINDING_NOT_OVERBROAD.id(), id, "no key to everything", binding.source());
        for (Resource declared : binding.declared()) {
            for (Value subject : declared.body().items("subjects")) {
                String wrong = wrongWith(declared, subject);
                if (!wrong.isEmpty()) {
                    return Evidence.fail(
                            EstateControls.BINDING_NOT_OVERBROAD.id(),
                            id,
                            Reason.SEEN_AND_WRONG,
                            "subjects",
                            subject.text("kind") + " " + subject.text("name"),
                            wrong + " in cluster " + inventory.cluster(),
                            declared.at(subject));
                }
                if (administers(declared) && isOpaqueGroup(subject)) {
                    worst = Evidence.unknown(
                            EstateControls.BINDING_NOT_OVERBROAD.id(),
                            id,
                            Reason.NEEDS_CONNECTOR,
                            "how many people group " + subject.text("name")
                                    + " holds is known to the identity provider only",
                            declared.at(subject));
                }
            }
        }
        return worst;
    }

    /** What is wrong with giving the binding's role to this subject; empty when nothing is. */
    private String wrongWith(Resource binding, Value subject) {
        String name = subject.text("name");
        if (ANONYMOUS.contains(name)) {
            return PUBLIC_ROLES.contains(role(binding)) ? "" : name + " is anybody at all";
        }
        if (!administers(binding)) {
            return "";
        }
        if (subject.text("kind").equals("ServiceAccount")) {
            String account = subject.at("namespace").text().orElse(binding.namespace()) + "/" + name;
            return platformAccounts.contains(account)
                    ? ""
                    : "cluster-admin for ServiceAccount " + account + ", which no known platform component uses";
        }
        if (EVERYBODY.contains(name) || name.startsWith("system:serviceaccounts:")) {
            return "cluster-admin for everybody in group " + name;
        }
        return isPerson(subject) && people.size() > PEOPLE_MAX
                ? people.size() + " named people are cluster-admin, at most " + PEOPLE_MAX + " should be,"
                : "";
    }

    private static boolean isPerson(Value subject) {
        return subject.text("kind").equals("User") && !subject.text("name").startsWith("system:");
    }

    private static boolean isOpaqueGroup(Value subject) {
        return subject.text("kind").equals("Group") && !subject.text("name").equals(MASTERS);
    }

    private static boolean administers(Resource binding) {
        return binding.kind().equals("ClusterRoleBinding") && role(binding).equals("cluster-admin");
    }

    private static String role(Resource binding) {
        return binding.body().at("roleRef", "name").text().orElse("");
    }
}
