package io.plimsoll.assessment.declaration;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.ApprovedRegistry;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Framework;
import io.plimsoll.kernel.declaration.Validity;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What declarations are evidence of by themselves: a standard acknowledged (S3.std), registries approved (S2.registry). */
public final class DeclaredEvidence {

    /** An acknowledgement older than this no longer shows awareness (stage-gates 4, S3.std). */
    private static final Duration ACKNOWLEDGED_FOR = Duration.ofDays(90);

    public static final Control STANDARD_ACKNOWLEDGED = new Control(
            "standard-acknowledged",
            "A standard in force is acknowledged by a person",
            SubjectKind.ORGANISATION,
            EvidenceClass.EXTERNAL,
            Severity.MEDIUM,
            "Declare a framework, and who acknowledged its report within the last 90 days.",
            List.of("L27.4"));
    public static final Control APPROVED_REGISTRY = new Control(
            "image-approved-registry",
            "An image comes from an approved private registry",
            SubjectKind.IMAGE,
            EvidenceClass.EXTERNAL,
            Severity.MEDIUM,
            "Take the image from an approved private registry, or declare its registry.",
            List.of("L25.4"));
    /** The finding behind the gate: a gate about registries never fails from manifests alone. */
    public static final Control DECLARED_REGISTRY_RULE = new Control(
            "image-declared-registry-rule",
            "An image obeys the declared list of registries",
            SubjectKind.IMAGE,
            EvidenceClass.INTRINSIC,
            Severity.MEDIUM,
            "Take the image from a declared registry, or declare its registry.",
            List.of("L25.4"));

    private DeclaredEvidence() {}

    public static List<Control> all() {
        return List.of(STANDARD_ACKNOWLEDGED, APPROVED_REGISTRY, DECLARED_REGISTRY_RULE);
    }

    /** @param asOf null when no time is given: what depends on it is UNKNOWN(no-clock) */
    public static List<Evidence> evidence(Declarations declarations, List<Inventory> estate, @Nullable Instant asOf) {
        List<Evidence> evidence = new ArrayList<>();
        if (!declarations.frameworks().isEmpty()) {
            evidence.add(acknowledged(declarations.frameworks(), asOf));
        }
        if (!declarations.registries().isEmpty()) {
            for (Inventory inventory : estate) {
                for (InventoriedWorkload workload : inventory.workloads()) {
                    evidence.addAll(images(workload, declarations.registries(), asOf));
                }
            }
        }
        return evidence;
    }

    private static Evidence acknowledged(List<Framework> frameworks, @Nullable Instant asOf) {
        String control = STANDARD_ACKNOWLEDGED.id();
        SubjectId organisation = SubjectId.organisation();
        Framework latest = null;
        Instant when = Instant.MIN;
        for (Framework framework : frameworks) {
            Instant acknowledged = framework.acknowledged();
            // An acknowledgement of tomorrow has not happened.
            if (acknowledged != null && acknowledged.isAfter(when) && (asOf == null || !acknowledged.isAfter(asOf))) {
                latest = framework;
                when = acknowledged;
            }
        }
        if (latest == null) {
            return Evidence.unknown(
                    control,
                    organisation,
                    Reason.NEEDS_CONNECTOR,
                    "a framework is declared, but nobody acknowledged its report",
                    frameworks.getFirst().source());
        }
        if (asOf == null) {
            return Evidence.unknown(
                    control, organisation, Reason.NO_CLOCK, "acknowledged, but no time is given", latest.source());
        }
        if (when.plus(ACKNOWLEDGED_FOR).isBefore(asOf)) {
            return Evidence.unknown(
                    control,
                    organisation,
                    Reason.DECLARATION_EXPIRED,
                    latest.title() + " was acknowledged more than " + ACKNOWLEDGED_FOR.toDays() + " days ago",
                    latest.source());
        }
        return Evidence.pass(
                control,
                organisation,
                latest.title() + " was acknowledged by " + latest.acknowledgedBy() + " at " + when,
                latest.source());
    }

    private static List<Evidence> images(
            InventoriedWorkload workload, List<ApprovedRegistry> registries, @Nullable Instant asOf) {
        List<Evidence> evidence = new ArrayList<>();
        SubjectId of = workload.subject().id();
        for (PodTemplate template : workload.workload().templates()) {
            for (Container container : template.containers()) {
                SubjectId id = new SubjectId(
                        SubjectKind.IMAGE, of.cluster(), of.namespace(), of.object(), of.name(), container.name());
                Source source = template.sourceOf(container.body());
                ImageReference image = ImageReference.of(container.image());
                List<ApprovedRegistry> holding = registries.stream()
                        .filter(registry -> registry.holds(image))
                        .toList();
                evidence.add(approved(id, holding, asOf, source));
                if (holding.isEmpty()) {
                    evidence.add(Evidence.fail(
                            DECLARED_REGISTRY_RULE.id(),
                            id,
                            Reason.SEEN_AND_WRONG,
                            container.path() + ".image",
                            container.image(),
                            "container " + container.name() + " runs an image of none of the declared registries: "
                                    + registries.stream()
                                            .map(ApprovedRegistry::prefix)
                                            .collect(Collectors.joining(", ")),
                            source));
                }
            }
        }
        return evidence;
    }

    /** Approved and private is attested; whether pulling really needs a credential only a connector measures. */
    private static Evidence approved(
            SubjectId id, List<ApprovedRegistry> holding, @Nullable Instant asOf, Source source) {
        String control = APPROVED_REGISTRY.id();
        Evidence best = Evidence.unknown(
                control, id, Reason.NEEDS_CONNECTOR, "of no registry that is declared private", source);
        for (ApprovedRegistry registry : holding) {
            if (!registry.isPrivate()) {
                continue;
            }
            switch (registry.validity().at(asOf)) {
                case IN_FORCE -> {
                    return new Evidence(
                            control,
                            id,
                            EvidenceState.WAIVED,
                            Reason.ATTESTED,
                            "",
                            "",
                            registry.prefix() + " is approved and private, " + registry.author() + " states",
                            source);
                }
                case NO_CLOCK ->
                    best = Evidence.unknown(control, id, Reason.NO_CLOCK, "approved, but no time is given", source);
                case EXPIRED, NOT_YET ->
                    best = best.reason() == Reason.NO_CLOCK
                            ? best
                            : Evidence.unknown(
                                    control,
                                    id,
                                    Validity.At.EXPIRED == registry.validity().at(asOf)
                                            ? Reason.DECLARATION_EXPIRED
                                            : Reason.NEEDS_CONNECTOR,
                                    "the approval of " + registry.prefix() + " is not in force",
                                    source);
            }
        }
        return best;
    }
}
