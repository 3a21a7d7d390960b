package io.plimsoll.maturity.adoption;

import io.plimsoll.kernel.Band;
import java.util.ArrayList;
import java.util.List;

/**
 * The adoption stage: shown by facts, possible where a fact is only requested or suggested (stage-gates 5).
 *
 * @param reasons what showed, or would make possible, each stage; lowest first
 */
public record Adoption(Band band, List<Reasoned> reasons) {

    /** @param shown a fact; otherwise a possibility */
    public record Reasoned(int stage, boolean shown, String text) {}

    public Adoption {
        reasons = List.copyOf(reasons);
    }

    public static Adoption of(AdoptionFacts facts) {
        List<Reasoned> reasons = new ArrayList<>();
        List<String> signs = signsOfAProject(facts);
        int shown = signs.size() >= 2 ? 2 : 1;
        int possible = signs.isEmpty() ? 1 : 2;
        if (!signs.isEmpty()) {
            reasons.add(new Reasoned(2, shown == 2, String.join(", ", signs)));
        }
        boolean production =
                facts.exposedShown() >= 2 || facts.productionApplications() >= 2 || facts.productionClusters() >= 2;
        if (shown == 2 && facts.exposedShown() > 0) {
            shown = production ? 4 : 3;
            reasons.add(new Reasoned(3, true, facts.exposedShown() + " application(s) exposed"));
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
        return signs;
    }
}
