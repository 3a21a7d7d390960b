package io.plimsoll.maturity.adoption;

import io.plimsoll.kernel.Band;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The adoption stage: shown by facts, possible where a fact is only requested or suggested (stage-gates 5).
 *
 * @param reasons what showed, or would make possible, each stage; lowest first
 */
public record Adoption(Band band, List<Reasoned> reasons) {

    private static final int NAMED_MAX = 4;

    /** Kinds that open an application to the outside. */
    private static final Set<String> OPENING =
            Set.of("Service", "Ingress.networking.k8s.io", "Gateway.gateway.networking.k8s.io");

    /** Kinds that tell of adoption: where a cluster does not show one, more is possible than was seen. */
    public static final Set<String> TELLING = Set.of(
            "Namespace",
            "Node",
            "ResourceQuota",
            "RoleBinding.rbac.authorization.k8s.io",
            "ClusterRoleBinding.rbac.authorization.k8s.io",
            "Service",
            "Ingress.networking.k8s.io",
            "Gateway.gateway.networking.k8s.io");

    /** @param shown a fact; otherwise a possibility */
    public record Reasoned(int stage, boolean shown, String text) {}

    public Adoption {
        reasons = reasons.stream()
                .sorted(Comparator.comparingInt(Reasoned::stage))
                .toList();
    }

    public static Adoption of(AdoptionFacts facts) {
        List<Reasoned> reasons = new ArrayList<>();
        List<String> signs = signsOfAProject(facts);
        int shown = signs.size() >= 2 ? 2 : 1;
        int possible = signs.isEmpty() ? 1 : 2;
        if (!facts.live().personal().isEmpty()) {
            reasons.add(new Reasoned(
                    1,
                    true,
                    "on a machine of one person's own: " + listed(facts.live().personal())
                            + "; nodes and add-ons there are no sign of a project"));
        }
        if (!signs.isEmpty()) {
            reasons.add(new Reasoned(2, shown == 2, String.join(", ", signs)));
        }
        boolean production =
                facts.exposedShown() >= 2 || facts.productionApplications() >= 2 || facts.productionClusters() >= 2;
        int reached = facts.live().reached().size();
        // Whoever serves the public from a running cluster is in production, with or without signs of a project
        // (stage-model 1.3).
        if (facts.exposedShown() > 0 && (shown == 2 || reached > 0)) {
            shown = production ? 4 : 3;
            reasons.add(new Reasoned(
                    3,
                    true,
                    facts.exposedShown() + " application(s) exposed"
                            + (reached == 0 ? "" : ", " + reached + " of them in live clusters")));
            if (production) {
                reasons.add(new Reasoned(
                        4,
                        true,
                        facts.exposedShown() + " exposed, " + facts.productionApplications() + " in production, "
                                + facts.productionClusters() + " production cluster(s)"));
            }
        }
        int anyExposure = facts.exposedShown() + facts.exposedRequested();
        if (anyExposure > 0) {
            possible = 3;
            if (facts.exposedRequested() > 0) {
                reasons.add(new Reasoned(
                        3,
                        false,
                        facts.exposedRequested() + " application(s) ask to be exposed; no public address seen"));
            }
        }
        int unseen = possibleUnseen(facts.live().unseen());
        if (unseen > possible) {
            possible = unseen;
            reasons.add(new Reasoned(
                    unseen,
                    false,
                    "not shown by a cluster, which may tell of more: "
                            + listed(facts.live().unseen())));
        }
        if (shown == 4 || facts.exposedRequested() >= 2) {
            possible = 4;
        }
        if (possible == 4 && facts.clusters() >= 3 && facts.owners() >= 5) {
            possible = 5;
            reasons.add(new Reasoned(
                    5,
                    false,
                    facts.clusters() + " clusters and " + facts.owners() + " owners; manifests never show stage 5"));
        }
        switch (facts.newDevelopment()) {
            case ATTESTED -> {
                shown = 5;
                reasons.add(new Reasoned(5, true, "attested: new development is in containers"));
            }
            case UNDATED -> {
                possible = 5;
                reasons.add(new Reasoned(
                        5, false, "attested: new development is in containers; no time is given to judge by"));
            }
            case NOTHING -> {}
        }
        possible = Math.max(shown, possible);
        return new Adoption(new Band(shown, possible), reasons);
    }

    /** What kinds that are not shown could tell of, at most. */
    private static int possibleUnseen(Collection<String> unseen) {
        if (unseen.isEmpty()) {
            return 1;
        }
        return Collections.disjoint(unseen, OPENING) ? 2 : 3;
    }

    /** At most four of them by name. */
    private static String listed(SortedSet<String> names) {
        String first = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return names.size() <= NAMED_MAX ? first : first + " and " + (names.size() - NAMED_MAX) + " more";
    }

    private static List<String> signsOfAProject(AdoptionFacts facts) {
        List<String> signs = new ArrayList<>();
        if (facts.labelledNamespaces() > 0) {
            signs.add(facts.labelledNamespaces() + " labelled namespace(s)");
        }
        if (facts.nodes() >= 2) {
            signs.add(facts.nodes() + " nodes");
        }
        if (facts.addOns() >= 2) {
            signs.add(facts.addOns() + " add-ons");
        }
        if (facts.quotas() > 0) {
            signs.add(facts.quotas() + " quota(s)");
        }
        if (facts.deliveryObjects() > 0) {
            signs.add(facts.deliveryObjects() + " delivery object(s)");
        }
        int people = facts.live().people().size();
        if (people >= 2) {
            signs.add(people + " people or groups with rights");
        }
        return signs;
    }
}
