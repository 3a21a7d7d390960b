package io.plimsoll.audit.control.namespace;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.version.KubernetesVersion;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.workload.Container;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pod Security labels, and what belongs into which namespace. */
public final class Namespaces {

    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");
    private static final List<String> MODES = List.of("enforce", "audit", "warn");

    private static final Set<String> KEPT_THERE = Set.of(
            "Service/kubernetes",
            "Endpoints/kubernetes",
            "EndpointSlice/kubernetes",
            "ServiceAccount/default",
            "ConfigMap/kube-root-ca.crt");

    private Namespaces() {}

    private static Field label(Resource namespace, String key) {
        return Field.of(namespace).at("metadata", "labels").entry(PREFIX + key);
    }

    private static boolean spared(Resource namespace, Asked asked) {
        return Cluster.system(namespace.name())
                || asked.parameters().texts("namespaces").contains(namespace.name());
    }

    /** The label, or a policy engine's rule that refuses as much. */
    public static Judge.OfObjects labelled() {
        return (namespace, asked) -> {
            if (spared(namespace, asked)) {
                return new Answer.NotAsked("it belongs to Kubernetes itself, or the parameter names it");
            }
            Field label = label(namespace, "enforce");
            if (label.written() || asked.cluster().guardrails().podBaselineEnforced(namespace.name())) {
                return Answer.GOOD;
            }
            return Answer.wrong(
                    label,
                    "nothing refuses dangerous pods in namespace " + namespace.name() + "; label it " + PREFIX
                            + "enforce: baseline");
        };
    }

    public static Judge.OfObjects strong() {
        return (namespace, asked) -> {
            Field level = label(namespace, "enforce");
            if (spared(namespace, asked) || !level.written()) {
                return new Answer.NotAsked("no level is enforced, or it is spared");
            }
            if (level.shown().equals("privileged")) {
                return Answer.wrong(level, "the level privileged refuses nothing; enforce baseline or restricted");
            }
            Field pinned = label(namespace, "enforce-version");
            Optional<KubernetesVersion> version =
                    KubernetesVersion.parse(pinned.text().orElse(""));
            if (version.isEmpty()) {
                return Answer.GOOD;
            }
            KubernetesVersion target = asked.settings().target();
            int now = (target == null ? asked.settings().versions().windows().newest() : target).minor();
            int behind = now - version.get().minor();
            return behind > asked.parameters().number("minorsBehind").intValue()
                    ? Answer.wrong(
                            pinned,
                            "the level is pinned to v" + version.get().release() + ", " + behind + " minors behind v1."
                                    + now + ", so newer checks are not made; pin it higher or to latest")
                    : Answer.GOOD;
        };
    }

    /** Values Kubernetes does not know, and warnings weaker than what is enforced. */
    public static Judge.OfObjects consistent() {
        return (namespace, asked) -> {
            for (String mode : MODES) {
                Field level = label(namespace, mode);
                if (level.written() && !LEVELS.contains(level.shown())) {
                    return Answer.wrong(
                            level, level.shown() + " is no level; write privileged, baseline or restricted");
                }
                Field version = label(namespace, mode + "-version");
                if (version.written() && !version.shown().matches("latest|v1\\.\\d{1,3}")) {
                    return Answer.wrong(
                            version, version.shown() + " is no version; write latest or for instance v1.31");
                }
            }
            int enforced = LEVELS.indexOf(label(namespace, "enforce").shown());
            for (String mode : MODES.subList(1, MODES.size())) {
                Field level = label(namespace, mode);
                if (level.written() && LEVELS.indexOf(level.shown()) < enforced) {
                    return Answer.wrong(
                            level, mode + " is weaker than what is enforced and will never speak; raise it");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfPods notDefault() {
        return (pod, asked) -> inDefault(Asked.object(pod));
    }

    /** Of other objects; those that the cluster puts there itself are good. */
    public static Judge.OfObjects notDefaultObject() {
        return (object, asked) ->
                KEPT_THERE.contains(object.kind() + "/" + object.name()) ? Answer.GOOD : inDefault(object);
    }

    private static Answer inDefault(Resource object) {
        Field namespace = Field.of(object).at("metadata", "namespace");
        return object.namespace().equals("default")
                ? Answer.wrong(
                        namespace, "it lives in the default namespace, which nobody owns; give it one of its own")
                : Answer.GOOD;
    }

    public static Judge.OfPods notInSystem() {
        return (pod, asked) -> {
            Resource object = Asked.object(pod);
            if (!object.namespace().equals("kube-system")) {
                return Answer.GOOD;
            }
            List<String> allowed = asked.parameters().texts("names");
            boolean system = allowed.stream()
                            .anyMatch(each -> asked.target().id().name().equals(each)
                                    || asked.target().id().name().startsWith(each + "-"))
                    || asked.cluster().isAddOn(asked.target().id())
                    || pod.template().containers().stream()
                            .map(Container::image)
                            .anyMatch(Namespaces::ofKubernetes);
            return system
                    ? Answer.GOOD
                    : Answer.wrong(
                            Field.of(object).at("metadata", "namespace"),
                            "it is no known part of the system and lives in kube-system, where few rules hold; move it");
        };
    }

    private static boolean ofKubernetes(String image) {
        return image.startsWith("registry.k8s.io/") || image.startsWith("k8s.gcr.io/");
    }

    public static Judge.OfObjects owned() {
        return (object, asked) -> {
            Map<String, String> labels = object.labels();
            for (String key : asked.parameters().texts("labels")) {
                boolean there = java.util.Arrays.stream(key.split("\\|")).anyMatch(labels::containsKey);
                if (!there) {
                    return new Answer.Wrong(
                            "",
                            "metadata.labels",
                            "",
                            "it has no label " + key.replace("|", " or ") + " by which its owner can be found",
                            Reason.SEEN_AND_WRONG,
                            object.source());
                }
            }
            return Answer.GOOD;
        };
    }
}
