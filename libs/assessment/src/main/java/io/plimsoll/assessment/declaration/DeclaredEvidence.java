package io.plimsoll.assessment.declaration;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Framework;
import io.plimsoll.kernel.declaration.NewDevelopment;
import io.plimsoll.maturity.adoption.AdoptionFacts.NewDevelopmentSaid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What declarations are evidence of by themselves: a standard acknowledged (S3.std); for registries approved see {@link RegistryEvidence}. */
public final class DeclaredEvidence {

    /** An acknowledgement older than this no longer shows awareness (stage-gates 4, S3.std). */
    static final Duration ACKNOWLEDGED_FOR = Duration.ofDays(90);

    private static final double NEW_DEVELOPMENT_MIN = 0.9;

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

    /**
     * Of the organisation.
     *
     * @param asOf null when no time is given: what depends on it is UNKNOWN(no-clock)
     */
    public static List<Evidence> ofOrganisation(Declarations declarations, @Nullable Instant asOf) {
        return declarations.frameworks().isEmpty() ? List.of() : List.of(acknowledged(declarations.frameworks(), asOf));
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

    /** What is declared of the organisation's new development (stage-gates 5: at least 90 % in containers shows stage 5). */
    public static NewDevelopmentSaid newDevelopment(Declarations declarations, @Nullable Instant asOf) {
        NewDevelopment declared = declarations.newDevelopment();
        if (declared == null || declared.ratio() < NEW_DEVELOPMENT_MIN) {
            return NewDevelopmentSaid.NOTHING;
        }
        return switch (declared.validity().at(asOf)) {
            case IN_FORCE -> NewDevelopmentSaid.ATTESTED;
            case NO_CLOCK -> NewDevelopmentSaid.UNDATED;
            case EXPIRED, NOT_YET -> NewDevelopmentSaid.NOTHING;
        };
    }
}
