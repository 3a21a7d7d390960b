package io.plimsoll.kubernetes.addon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The families of the Pod Security baseline a platform component may be exempt from, in the order a violation gives most
 * away. What cannot be read is no family here: nobody is exempt from being readable.
 */
public enum BaselineFamily {
    PRIVILEGED,
    HOSTNAMESPACES,
    HOSTPATHVOLUMES,
    WINDOWSHOSTPROCESS,
    CAPABILITIES_BASELINE,
    HOSTPORTS,
    HOSTPROBESANDHOSTLIFECYCLE,
    PROCMOUNT,
    SECCOMPPROFILE_BASELINE,
    APPARMORPROFILE,
    SELINUXOPTIONS,
    SYSCTLS;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** As Kubernetes' own admission and the catalogue write it. */
    public String id() {
        return id;
    }

    /** Empty for what is no family of the baseline. */
    public static Optional<BaselineFamily> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }
}
