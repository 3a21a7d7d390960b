package io.plimsoll.audit.guardrail.gatekeeper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The templates of Gatekeeper's library that can be judged here, by the kind of their constraints. */
final class Library {

    private static final Map<String, Template> BY_KIND = Stream.of(
                    ImageTemplates.ALL,
                    ResourceTemplates.ALL,
                    PrivilegeTemplates.ALL,
                    HostTemplates.ALL,
                    ProfileTemplates.ALL,
                    UserTemplates.ALL,
                    ExposureTemplates.ALL,
                    IdentityTemplates.ALL,
                    MetadataTemplates.ALL,
                    AvailabilityTemplates.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Template::kind, template -> template));

    /** Kinds whose templates look at other objects of the cluster. */
    private static final Set<String> COMPARING = Set.of(
            "K8sHorizontalPodAutoscaler",
            "K8sPodDisruptionBudget",
            "K8sStorageClass",
            "K8sUniqueIngressHost",
            "K8sUniqueServiceSelector");

    private Library() {}

    static boolean compares(String kind) {
        return COMPARING.contains(kind);
    }

    static Optional<Template> template(String kind) {
        return Optional.ofNullable(BY_KIND.get(kind));
    }
}
