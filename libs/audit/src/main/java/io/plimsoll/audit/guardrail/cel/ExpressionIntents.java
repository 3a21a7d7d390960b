package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Family;
import io.plimsoll.audit.guardrail.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a rule is for, told by the fields its text touches. Words prove nothing: a rule of a known intent must also refuse an
 * object that is made to break it.
 */
public final class ExpressionIntents {

    private record Touch(Pattern field, Intent intent) {}

    private static final Pattern IMAGE = Pattern.compile("\\bimages?\\b");
    private static final Pattern TAG = Pattern.compile("latest|sha256|digest|['\"]@|['\"]:|\\*:\\*");
    private static final Pattern NOT_FROM = Pattern.compile(
            "!\\s*[\\w.?\\[\\]]*image\\s*\\.\\s*(startsWith|matches|contains)|!\\s*\\(?[\\w.]*image\\.(startsWith|matches)");
    private static final Pattern FROM = Pattern.compile(
            "startsWith|matches|contains\\(|endsWith|split|\\bin\\b|==|registr|/\\*|[\\w-]\\.[\\w.-]+/");
    private static final Pattern DROP = Pattern.compile("\\bdrop\\b");
    private static final Pattern CAPABILITIES = Pattern.compile("\\bcapabilities\\b");

    private static final List<Touch> TOUCHES = List.of(
            touch("\\bprivileged\\b", Intent.PRIVILEGED),
            touch("\\bhost(Network|PID|IPC)\\b", Intent.HOST_NAMESPACES),
            touch("\\bhostPath\\b", Intent.HOST_PATH),
            touch("\\bhostPorts?\\b", Intent.HOST_PORTS),
            touch("\\bhostProcess\\b", Intent.HOST_PROCESS),
            touch("\\brunAs(NonRoot|User)\\b", Intent.RUN_AS_NON_ROOT),
            touch("\\brunAsGroup\\b|\\bfsGroup\\b|\\bsupplementalGroups\\b", Intent.RUN_AS_GROUP),
            touch("\\ballowPrivilegeEscalation\\b", Intent.PRIVILEGE_ESCALATION),
            touch("\\breadOnlyRootFilesystem\\b", Intent.READ_ONLY_ROOT),
            touch("\\bseccompProfile\\b", Intent.SECCOMP),
            touch("\\bappArmorProfile\\b", Intent.APPARMOR),
            touch("\\bseLinuxOptions\\b", Intent.SELINUX),
            touch("\\bsysctls?\\b", Intent.SYSCTLS),
            touch("\\bprocMount\\b", Intent.PROC_MOUNT),
            touch("\\b(limits)\\b", Intent.CONTAINER_LIMITS),
            touch("\\b(requests)\\b", Intent.CONTAINER_REQUESTS),
            touch("\\b(liveness|readiness|startup)Probe\\b", Intent.PROBES),
            touch("\\breplicas\\b", Intent.REPLICAS),
            touch("\\bLoadBalancer\\b", Intent.LOAD_BALANCER),
            touch("\\bNodePort\\b", Intent.NODE_PORT),
            touch("\\bexternalIPs\\b", Intent.EXTERNAL_IPS),
            touch("\\bspec\\.\\??tls\\b", Intent.INGRESS_TLS),
            touch("\\bautomountServiceAccountToken\\b", Intent.SERVICE_ACCOUNT_TOKEN),
            touch("\\b(roleRef|subjects|verbs)\\b", Intent.ACCESS_RIGHTS));

    private static final List<Touch> LAST = List.of(
            touch("\\bmetadata\\.\\??labels\\b", Intent.LABELS),
            touch("\\bmetadata\\.\\??annotations\\b", Intent.ANNOTATIONS),
            touch("\\bspec\\.\\??rules\\b|\\bhosts?\\b", Intent.INGRESS_HOST));

    private ExpressionIntents() {}

    /**
     * The intents of a text, at least one.
     *
     * @param policy name to call a rule by whose text touches nothing known
     * @param resources what it is about, in the plural or as kinds
     */
    public static List<Intent> of(String text, String policy, List<String> resources) {
        List<Intent> intents = new ArrayList<>();
        for (Touch touch : TOUCHES) {
            if (touch.field().matcher(text).find()) {
                intents.add(touch.intent());
            }
        }
        if (CAPABILITIES.matcher(text).find()) {
            intents.add(DROP.matcher(text).find() ? Intent.CAPABILITIES_DROP : Intent.CAPABILITIES);
        }
        if (IMAGE.matcher(text).find()) {
            image(text).ifPresent(intents::add);
        }
        // Labels and the like are often asked on the way to something else, so they count only alone.
        if (intents.isEmpty()) {
            LAST.stream()
                    .filter(touch -> touch.field().matcher(text).find())
                    .map(Touch::intent)
                    .findFirst()
                    .ifPresent(intents::add);
        }
        return intents.isEmpty() ? List.of(Intent.custom(policy, family(resources))) : List.copyOf(intents);
    }

    private static java.util.Optional<Intent> image(String text) {
        if (TAG.matcher(text).find()) {
            return java.util.Optional.of(Intent.IMAGE_TAG_OR_DIGEST);
        }
        if (NOT_FROM.matcher(text).find()) {
            return java.util.Optional.of(Intent.REGISTRY_DENY_LIST);
        }
        return FROM.matcher(text).find()
                ? java.util.Optional.of(Intent.REGISTRY_ALLOW_LIST)
                : java.util.Optional.empty();
    }

    /** The family of the kinds a rule is about. */
    public static Family family(List<String> resources) {
        for (String resource : resources) {
            String name = resource.toLowerCase(Locale.ROOT);
            if ((name.startsWith("service") && !name.startsWith("serviceaccount"))
                    || name.startsWith("ingress")
                    || name.startsWith("gateway")
                    || name.startsWith("httproute")) {
                return Family.EXPOSURE;
            }
            if (name.startsWith("role") || name.startsWith("clusterrole") || name.startsWith("serviceaccount")) {
                return Family.IDENTITY;
            }
            if (name.contains("networkpolic")) {
                return Family.NETWORK;
            }
            if (name.startsWith("resourcequota")
                    || name.startsWith("limitrange")
                    || name.startsWith("persistentvolume")) {
                return Family.RESOURCE;
            }
            if (name.startsWith("poddisruptionbudget") || name.startsWith("horizontalpodautoscaler")) {
                return Family.AVAILABILITY;
            }
            if (name.startsWith("namespace")) {
                return Family.METADATA;
            }
        }
        return Family.POD;
    }

    private static Touch touch(String field, Intent intent) {
        return new Touch(Pattern.compile(field), intent);
    }
}
