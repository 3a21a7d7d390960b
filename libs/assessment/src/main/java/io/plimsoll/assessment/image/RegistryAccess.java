package io.plimsoll.assessment.image;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.tally.Tallies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether it is governed who may pull and push (S2.access), asked of the organisation: the registries that application images come from, each as bad
 * as the worst that was measured there. Where no registry is connected nothing is said, as before.
 *
 * @param registry host, as in image references
 * @param state PASS, FAIL or UNKNOWN
 * @param message in a sentence
 */
public record RegistryAccess(String registry, EvidenceState state, String message) {

    private static final String CONTROL = "registry-access-governed";
    /** Registries of one cluster; beyond, the rest is one that is not known. */
    private static final int REGISTRIES_MAX = 200;

    /** The evidence without what was measured of registries for the organisation. */
    public static List<Evidence> without(Collection<Evidence> evidence) {
        return evidence.stream()
                .filter(each -> !each.control().equals(ImageControls.ACCESS_GOVERNED))
                .toList();
    }

    /** By registry, in their order; empty where nobody measured anything. */
    public static List<RegistryAccess> of(Collection<Subject> subjects, Collection<Evidence> evidence) {
        Map<SubjectId, Evidence> measured = new HashMap<>();
        evidence.stream()
                .filter(each -> each.control().equals(ImageControls.ACCESS_GOVERNED))
                .forEach(each -> measured.merge(each.subject(), each, RegistryAccess::worse));
        if (measured.isEmpty()) {
            return List.of();
        }
        Map<String, RegistryAccess> registries = new TreeMap<>();
        for (Subject subject : subjects) {
            if (subject.id().kind() == SubjectKind.IMAGE && subject.tier() == Tier.APPLICATION) {
                for (String registry : registries(subject)) {
                    registries.merge(
                            registry,
                            one(registry, Optional.ofNullable(measured.get(subject.id()))),
                            RegistryAccess::worse);
                }
            }
        }
        List<RegistryAccess> told = new ArrayList<>(registries.values());
        if (told.size() > REGISTRIES_MAX) {
            int more = told.size() - REGISTRIES_MAX;
            told = new ArrayList<>(told.subList(0, REGISTRIES_MAX));
            told.add(new RegistryAccess("", EvidenceState.UNKNOWN, more + " more registries are not listed"));
        }
        return told;
    }

    private static TreeSet<String> registries(Subject subject) {
        TreeSet<String> registries = new TreeSet<>();
        for (String written : subject.image().split(" ", -1)) {
            String registry = ImageReference.of(written).registry();
            if (!registry.isEmpty()) {
                registries.add(registry);
            }
        }
        return registries;
    }

    private static RegistryAccess one(String registry, Optional<Evidence> measured) {
        return measured.map(each -> new RegistryAccess(registry, each.state(), each.message()))
                .orElseGet(() ->
                        new RegistryAccess(registry, EvidenceState.UNKNOWN, "nobody is connected to " + registry));
    }

    private static Evidence worse(Evidence a, Evidence b) {
        return Tallies.badness(a.state()) >= Tallies.badness(b.state()) ? a : b;
    }

    /** Of two as bad as each other the one whose message is first, so that the order of subjects does not matter. */
    private static RegistryAccess worse(RegistryAccess a, RegistryAccess b) {
        int badness = Tallies.badness(a.state()) - Tallies.badness(b.state());
        if (badness != 0) {
            return badness > 0 ? a : b;
        }
        return a.message().compareTo(b.message()) <= 0 ? a : b;
    }

    /** Of the organisation, from the facts of all its clusters: the worst registry decides. Empty where nobody measured anything. */
    public static Optional<Evidence> ofOrganisation(Collection<RegistryAccess> told) {
        Optional<RegistryAccess> worst = told.stream().reduce((a, b) -> worse(a, b));
        return worst.map(each -> {
            long count = told.stream().map(RegistryAccess::registry).distinct().count();
            return switch (each.state()) {
                case FAIL ->
                    Evidence.fail(
                            CONTROL,
                            SubjectId.organisation(),
                            Reason.SEEN_AND_WRONG,
                            "registry",
                            each.registry(),
                            each.message(),
                            Source.NONE);
                case PASS, WAIVED, NOT_APPLICABLE ->
                    Evidence.pass(
                            CONTROL,
                            SubjectId.organisation(),
                            "of " + count + " registries in use it is settled who may pull and push",
                            Source.NONE);
                case UNKNOWN ->
                    Evidence.unknown(
                            CONTROL, SubjectId.organisation(), Reason.NEEDS_CONNECTOR, each.message(), Source.NONE);
            };
        });
    }
}
