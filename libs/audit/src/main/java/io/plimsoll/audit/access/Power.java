package io.plimsoll.audit.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a rule of a role lets its holder do that leads further than it says. */
public enum Power {
    EVERYTHING("do everything", Rule::everything),
    READ_SECRETS(
            "read every secret",
            rule -> !rule.named() && rule.gives(List.of("get", "list", "watch"), "", List.of("secrets"))),
    CREATE_WORKLOADS("create workloads", Power::createsWorkloads),
    EXEC("run commands in pods", rule -> rule.gives(List.of("create", "get"), "", List.of("pods/exec", "pods/attach"))),
    PORT_FORWARD(
            "forward ports of pods", rule -> rule.gives(List.of("create", "get"), "", List.of("pods/portforward"))),
    ESCALATE("give itself more rights", Power::escalates),
    CHANGE_BINDINGS(
            "change role bindings",
            rule -> rule.gives(
                    List.of("create", "update", "patch"), Power.RBAC, List.of("rolebindings", "clusterrolebindings"))),
    CREATE_VOLUMES(
            "create persistent volumes", rule -> rule.gives(List.of("create"), "", List.of("persistentvolumes"))),
    NODES_PROXY(
            "reach every kubelet through the API server",
            rule -> rule.gives(
                    List.of("get", "create", "update", "patch", "delete", "list", "watch"),
                    "",
                    List.of("nodes/proxy"))),
    APPROVE_CERTIFICATES("approve certificates", Power::approvesCertificates),
    CHANGE_ADMISSION(
            "change admission",
            rule -> rule.gives(
                    List.of("create", "update", "patch", "delete"),
                    "admissionregistration.k8s.io",
                    List.of(
                            "validatingwebhookconfigurations",
                            "mutatingwebhookconfigurations",
                            "validatingadmissionpolicies",
                            "validatingadmissionpolicybindings",
                            "mutatingadmissionpolicies",
                            "mutatingadmissionpolicybindings"))),
    MINT_TOKENS(
            "mint tokens of service accounts",
            rule -> rule.gives(List.of("create"), "", List.of("serviceaccounts/token"))),
    DELETE_EVENTS(
            "delete events",
            rule -> rule.gives(List.of("delete", "deletecollection"), "", List.of("events", "pods/log"))
                    || rule.gives(List.of("delete", "deletecollection"), "events.k8s.io", List.of("events"))),
    CHANGE_DNS("change the cluster's DNS", Power::changesDns),
    DELETE_MANY("delete workloads, volumes or namespaces", Power::deletes);

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final List<String> DELETE = List.of("delete", "deletecollection");

    /** Each is a way to the whole cluster, or to every credential in it. */
    public static final Set<Power> TAKEOVER = Set.copyOf(EnumSet.of(
            EVERYTHING,
            READ_SECRETS,
            EXEC,
            ESCALATE,
            CHANGE_BINDINGS,
            NODES_PROXY,
            APPROVE_CERTIFICATES,
            CHANGE_ADMISSION,
            MINT_TOKENS));

    private final String phrase;
    private final Predicate<Rule> test;

    Power(String phrase, Predicate<Rule> test) {
        this.phrase = phrase;
        this.test = test;
    }

    /** What the holder can do, after "can". */
    public String phrase() {
        return phrase;
    }

    public boolean givenBy(Rule rule) {
        return test.test(rule);
    }

    /** The first rule that gives it. */
    public Optional<Rule> in(List<Rule> rules) {
        return rules.stream().filter(test).findFirst();
    }

    /** All that the rules give. */
    public static Set<Power> of(List<Rule> rules) {
        Set<Power> powers = EnumSet.noneOf(Power.class);
        Arrays.stream(values()).filter(each -> each.in(rules).isPresent()).forEach(powers::add);
        return powers;
    }

    private static boolean createsWorkloads(Rule rule) {
        List<String> create = List.of("create");
        return rule.gives(create, "", List.of("pods", "replicationcontrollers"))
                || rule.gives(create, "apps", List.of("deployments", "daemonsets", "statefulsets", "replicasets"))
                || rule.gives(create, "batch", List.of("jobs", "cronjobs"));
    }

    private static boolean escalates(Rule rule) {
        return rule.gives(List.of("escalate", "bind"), RBAC, List.of("roles", "clusterroles"))
                || rule.gives(List.of("impersonate"), "", List.of("users", "groups", "serviceaccounts"))
                || rule.gives(List.of("impersonate"), "authentication.k8s.io", List.of("uids", "userextras"));
    }

    private static boolean approvesCertificates(Rule rule) {
        return rule.gives(
                        List.of("update", "patch"),
                        "certificates.k8s.io",
                        List.of("certificatesigningrequests/approval"))
                || rule.gives(List.of("approve"), "certificates.k8s.io", List.of("signers"));
    }

    private static boolean changesDns(Rule rule) {
        boolean reaches = !rule.named() || rule.texts("resourceNames").contains("coredns");
        return reaches && rule.gives(List.of("update", "patch"), "", List.of("configmaps"));
    }

    private static boolean deletes(Rule rule) {
        List<String> core =
                new ArrayList<>(List.of("pods", "namespaces", "persistentvolumes", "persistentvolumeclaims"));
        core.addAll(List.of("services", "secrets", "configmaps", "nodes", "serviceaccounts"));
        return rule.gives(DELETE, "", core)
                || rule.gives(DELETE, "apps", List.of("deployments", "daemonsets", "statefulsets", "replicasets"))
                || rule.gives(DELETE, "batch", List.of("jobs", "cronjobs"));
    }
}
