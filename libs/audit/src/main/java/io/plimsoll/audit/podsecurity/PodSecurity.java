package io.plimsoll.audit.podsecurity;

import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * The Pod Security Standards as Kubernetes' own admission applies them, field by field. Pure, any thread.
 *
 * <p>What stands in a field passes only when it is one of the allowed values: a value of the wrong type, which Kubernetes
 * would refuse, breaks the family whose field it is. A list or mapping of the wrong shape hides the fields below it and
 * breaks the family {@value #UNREADABLE}, which admission does not have. Everything else of the wrong shape is left to
 * Kubernetes.
 */
public final class PodSecurity {

    static final String UNREADABLE = "unreadable";

    /** Baseline first, and in each level what gives most away first: the first violation is the one people are shown. */
    private static final List<Family> FAMILIES = List.of(
            Family.baseline("privileged", Privileged::check),
            Family.baseline("hostnamespaces", HostNamespaces::check),
            Family.baseline("hostpathvolumes", HostPathVolumes::check),
            Family.baseline("windowshostprocess", WindowsHostProcess::check),
            Family.baseline("capabilities_baseline", Capabilities::baseline),
            Family.baseline("hostports", HostPorts::check),
            Family.baseline("hostprobesandhostlifecycle", HostProbes::check).since(34),
            Family.baseline("procmount", ProcMount::baseline),
            Family.baseline("seccompprofile_baseline", SeccompProfile::baseline),
            Family.baseline("apparmorprofile", AppArmorProfile::check),
            Family.baseline("selinuxoptions", SeLinuxOptions::check),
            Family.baseline("sysctls", Sysctls::check),
            Family.baseline(UNREADABLE, Unreadable::check),
            Family.restricted("allowprivilegeescalation", AllowPrivilegeEscalation::check)
                    .since(8),
            Family.restricted("capabilities_restricted", Capabilities::restricted)
                    .since(22),
            Family.restricted("runasnonroot", RunAsNonRoot::check),
            Family.restricted("runasuser", RunAsUser::check).since(23),
            Family.restricted("procmount_restricted", ProcMount::restricted).since(35),
            Family.restricted("restrictedvolumes", RestrictedVolumes::check),
            Family.restricted("seccompprofile_restricted", SeccompProfile::restricted)
                    .since(19));

    private PodSecurity() {}

    /**
     * Every violation of {@code level}, in the order of families, then of the file; empty when the pod is admitted. A family
     * of restricted does not hide the one of baseline it sharpens: a hostPath volume breaks both.
     */
    public static List<Violation> evaluate(PodTemplate template, Level level, Version version) {
        return evaluate(PodFields.of(template), level, version);
    }

    /** As {@link #evaluate(PodTemplate, Level, Version)}. */
    public static List<Violation> evaluate(PodFields pod, Level level, Version version) {
        List<Violation> violations = new ArrayList<>();
        for (Family family : FAMILIES) {
            if (family.asked(level, version)) {
                family.rule()
                        .check(pod, version, (field, message) -> violations.add(violation(family, field, message)));
            }
        }
        return violations;
    }

    /** What breaks one family, in whatever version it came: the danger is older than the rule. Nothing for an unknown family. */
    public static List<Violation> ofFamily(PodFields pod, String id, Version version) {
        List<Violation> violations = new ArrayList<>();
        for (Family family : FAMILIES) {
            if (family.id().equals(id)) {
                family.rule()
                        .check(pod, version, (field, message) -> violations.add(violation(family, field, message)));
            }
        }
        return violations;
    }

    /** Ids of the families that {@code level} is the first to ask, in their order. */
    public static List<String> families(Level level) {
        return FAMILIES.stream()
                .filter(family -> family.level() == level)
                .map(Family::id)
                .toList();
    }

    /** The families that a level asks in a version, in the order they are judged in. */
    public static List<String> families(Level level, Version version) {
        return FAMILIES.stream()
                .filter(family -> family.asked(level, version))
                .map(Family::id)
                .filter(id -> !id.equals(UNREADABLE))
                .toList();
    }

    /** The kernel parameters that a version takes for safe, in order. */
    public static List<String> safeSysctls(Version version) {
        return Sysctls.safe(version);
    }

    private static Violation violation(Family family, Field field, String message) {
        return new Violation(family.id(), field.path(), field.shown(), message, field.source());
    }
}
