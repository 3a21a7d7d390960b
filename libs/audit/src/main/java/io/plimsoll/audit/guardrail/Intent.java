package io.plimsoll.audit.guardrail;

import java.util.Comparator;
import java.util.Locale;

/**
 * What a rule is for, whoever keeps it.
 *
 * @param bundle the intent it is counted under, empty for itself: what the Pod Security Standards say in one label earns no
 *     more when it is spelled out rule by rule, so taking the label away never raises a count
 */
public record Intent(String name, Family family, String bundle) implements Comparable<Intent> {

    private static final String HOST = "pod-security-baseline-host";
    private static final String PRIVILEGE = "pod-security-baseline-privilege";
    private static final String RESTRICTED = "pod-security-restricted";

    public static final Intent BASELINE_HOST = of(HOST, Family.POD);
    public static final Intent BASELINE_PRIVILEGE = of(PRIVILEGE, Family.POD);
    public static final Intent POD_RESTRICTED = of(RESTRICTED, Family.POD);

    public static final Intent HOST_NAMESPACES = new Intent("host-namespaces", Family.POD, HOST);
    public static final Intent HOST_PATH = new Intent("host-path", Family.POD, HOST);
    public static final Intent HOST_PORTS = new Intent("host-ports", Family.POD, HOST);
    public static final Intent HOST_PROBES = new Intent("host-probes", Family.POD, HOST);
    public static final Intent HOST_PROCESS = new Intent("host-process", Family.POD, HOST);

    public static final Intent PRIVILEGED = new Intent("privileged", Family.POD, PRIVILEGE);
    public static final Intent CAPABILITIES = new Intent("capabilities", Family.POD, PRIVILEGE);
    public static final Intent PROC_MOUNT = new Intent("proc-mount", Family.POD, PRIVILEGE);
    public static final Intent SYSCTLS = new Intent("sysctls", Family.POD, PRIVILEGE);
    public static final Intent SELINUX = new Intent("selinux", Family.POD, PRIVILEGE);
    public static final Intent APPARMOR = new Intent("apparmor", Family.POD, PRIVILEGE);
    public static final Intent SECCOMP_BASELINE = new Intent("seccomp-baseline", Family.POD, PRIVILEGE);

    public static final Intent PRIVILEGE_ESCALATION = new Intent("privilege-escalation", Family.POD, RESTRICTED);
    public static final Intent CAPABILITIES_DROP = new Intent("capabilities-drop", Family.POD, RESTRICTED);
    public static final Intent RUN_AS_NON_ROOT = new Intent("run-as-non-root", Family.POD, RESTRICTED);
    public static final Intent SECCOMP = new Intent("seccomp", Family.POD, RESTRICTED);
    public static final Intent VOLUME_TYPES = new Intent("volume-types", Family.POD, RESTRICTED);

    public static final Intent READ_ONLY_ROOT = of("read-only-root", Family.POD);
    public static final Intent INTERACTIVE_TTY = of("interactive-tty", Family.POD);
    public static final Intent FLEX_VOLUMES = of("flex-volumes", Family.POD);
    public static final Intent RUN_AS_GROUP = of("run-as-group", Family.POD);

    public static final Intent REGISTRY_ALLOW_LIST = of("registry-allow-list", Family.IMAGE);
    public static final Intent REGISTRY_DENY_LIST = of("registry-deny-list", Family.IMAGE);
    public static final Intent IMAGE_TAG_OR_DIGEST = of("image-tag-or-digest", Family.IMAGE);

    public static final Intent RESOURCE_QUOTA = of("resource-quota", Family.RESOURCE);
    public static final Intent CONTAINER_LIMITS = of("container-limits", Family.RESOURCE);
    public static final Intent CONTAINER_REQUESTS = of("container-requests", Family.RESOURCE);
    public static final Intent CONTAINER_RATIOS = of("container-ratios", Family.RESOURCE);
    public static final Intent EPHEMERAL_STORAGE = of("ephemeral-storage-limit", Family.RESOURCE);
    public static final Intent STORAGE_CLASS = of("storage-class", Family.RESOURCE);

    public static final Intent DENY_INGRESS = of("default-deny-ingress", Family.NETWORK);
    public static final Intent DENY_EGRESS = of("default-deny-egress", Family.NETWORK);

    public static final Intent LOAD_BALANCER = of("load-balancer", Family.EXPOSURE);
    public static final Intent NODE_PORT = of("node-port", Family.EXPOSURE);
    public static final Intent EXTERNAL_IPS = of("external-ips", Family.EXPOSURE);
    public static final Intent INGRESS_HOST = of("ingress-host", Family.EXPOSURE);
    public static final Intent INGRESS_TLS = of("ingress-tls", Family.EXPOSURE);
    public static final Intent SERVICE_SELECTOR = of("service-selector", Family.EXPOSURE);

    public static final Intent SERVICE_ACCOUNT_TOKEN = of("service-account-token", Family.IDENTITY);
    public static final Intent ACCESS_RIGHTS = of("access-rights", Family.IDENTITY);

    public static final Intent LABELS = of("required-labels", Family.METADATA);
    public static final Intent ANNOTATIONS = of("required-annotations", Family.METADATA);

    public static final Intent PROBES = of("probes", Family.AVAILABILITY);
    public static final Intent REPLICAS = of("replicas", Family.AVAILABILITY);
    public static final Intent DISRUPTION_BUDGET = of("disruption-budget", Family.AVAILABILITY);

    public static Intent of(String name, Family family) {
        return new Intent(name, family, "");
    }

    /** A rule whose words say nothing known. All of one family count once: twenty trivial rules are no breadth. */
    public static Intent custom(String policy, Family family) {
        return new Intent("custom:" + policy, family, "custom-" + family.name().toLowerCase(Locale.ROOT));
    }

    /** The intent it is counted under. */
    public Intent counted() {
        return bundle.isEmpty() ? this : of(bundle, family);
    }

    @Override
    public int compareTo(Intent other) {
        return Comparator.comparing(Intent::family).thenComparing(Intent::name).compare(this, other);
    }
}
