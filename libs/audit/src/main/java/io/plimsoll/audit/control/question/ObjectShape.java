package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an object has lists and mappings where Kubernetes has them. Where it has not, the API server would refuse it, and what
 * a control asks for may stand where nobody looks: nothing of it passes.
 */
public final class ObjectShape {

    /** What has to stand at a path, where anything does. Keys of the path are passed by; {@code []} goes into every item. */
    private enum Form {
        MAPPING("mapping"),
        /** A list of mappings. */
        MAPPINGS("list of mappings"),
        /** A list of texts. */
        TEXTS("list of texts");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    private record Rule(String[] path, Form form) {}

    private static final List<Rule> ALL =
            List.of(mapping("metadata"), mapping("metadata.labels"), mapping("metadata.annotations"));

    private static final Map<String, List<Rule>> OF_KIND = new HashMap<>();

    static {
        List<Rule> role = List.of(
                mappings("rules"),
                texts("rules[].verbs"),
                texts("rules[].apiGroups"),
                texts("rules[].resources"),
                texts("rules[].resourceNames"),
                texts("rules[].nonResourceURLs"),
                mapping("aggregationRule"),
                mappings("aggregationRule.clusterRoleSelectors"));
        put(role, "Role", "ClusterRole");
        put(List.of(mapping("roleRef"), mappings("subjects")), "RoleBinding", "ClusterRoleBinding");
        put(
                List.of(
                        mapping("spec"),
                        mappings("spec.ports"),
                        mapping("spec.selector"),
                        texts("spec.externalIPs"),
                        texts("spec.loadBalancerSourceRanges")),
                "Service");
        put(
                List.of(
                        mapping("spec"),
                        mappings("spec.rules"),
                        mapping("spec.rules[].http"),
                        mappings("spec.rules[].http.paths"),
                        mappings("spec.tls"),
                        texts("spec.tls[].hosts")),
                "Ingress");
        put(List.of(mapping("spec"), mappings("spec.listeners")), "Gateway");
        put(
                List.of(
                        mapping("spec"),
                        mapping("spec.podSelector"),
                        texts("spec.policyTypes"),
                        mappings("spec.ingress"),
                        mappings("spec.ingress[].from"),
                        mappings("spec.egress"),
                        mappings("spec.egress[].to")),
                "NetworkPolicy");
        put(
                List.of(
                        mappings("webhooks"),
                        mapping("webhooks[].clientConfig"),
                        mapping("webhooks[].namespaceSelector"),
                        mappings("webhooks[].matchConditions")),
                "ValidatingWebhookConfiguration",
                "MutatingWebhookConfiguration");
        put(
                List.of(
                        mapping("spec"),
                        mapping("spec.matchConstraints"),
                        mappings("spec.matchConditions"),
                        mappings("spec.variables"),
                        mappings("spec.validations")),
                "ValidatingAdmissionPolicy");
        put(
                List.of(mapping("spec"), mapping("spec.matchResources"), texts("spec.validationActions")),
                "ValidatingAdmissionPolicyBinding");
        put(List.of(mapping("data"), mapping("binaryData")), "ConfigMap");
        put(List.of(mapping("data"), mapping("stringData")), "Secret");
        put(List.of(mappings("imagePullSecrets"), mappings("secrets")), "ServiceAccount");
        put(List.of(mapping("spec"), mapping("spec.selector")), "PodDisruptionBudget");
        put(List.of(mapping("spec"), mapping("spec.scaleTargetRef")), "HorizontalPodAutoscaler");
        put(List.of(mapping("spec")), "PersistentVolume", "ResourceQuota", "LimitRange");
        put(List.of(mapping("parameters")), "StorageClass");
        put(List.of(mapping("status"), mapping("status.nodeInfo")), "Node");
        put(
                List.of(mapping("authentication"), mapping("authorization"), texts("tlsCipherSuites")),
                "KubeletConfiguration");
        put(List.of(mappings("resources"), mappings("resources[].providers")), "EncryptionConfiguration");
    }

    private ObjectShape() {}

    private static Rule mapping(String path) {
        return new Rule(path.split("\\."), Form.MAPPING);
    }

    private static Rule mappings(String path) {
        return new Rule(path.split("\\."), Form.MAPPINGS);
    }

    private static Rule texts(String path) {
        return new Rule(path.split("\\."), Form.TEXTS);
    }

    private static void put(List<Rule> rules, String... kinds) {
        for (String kind : kinds) {
            OF_KIND.put(kind, rules);
        }
    }

    /** The first place of another shape than Kubernetes has there, as one clause; empty when there is none. */
    public static String fault(Resource object) {
        String fault = first(ALL, object);
        return fault.isEmpty() ? first(OF_KIND.getOrDefault(object.kind(), List.of()), object) : fault;
    }

    private static String first(List<Rule> rules, Resource object) {
        for (Rule rule : rules) {
            for (Field place : places(Field.of(object), rule.path())) {
                String fault = fault(place, rule.form());
                if (!fault.isEmpty()) {
                    return fault;
                }
            }
        }
        return "";
    }

    private static List<Field> places(Field root, String[] path) {
        List<Field> here = List.of(root);
        for (String step : path) {
            boolean into = step.endsWith("[]");
            String key = into ? step.substring(0, step.length() - 2) : step;
            List<Field> next = new ArrayList<>();
            for (Field each : here) {
                Field below = each.at(key);
                if (into) {
                    next.addAll(below.items());
                } else if (below.written()) {
                    next.add(below);
                }
            }
            here = next;
        }
        return here;
    }

    private static String fault(Field place, Form form) {
        if (form == Form.MAPPING) {
            return place.value() instanceof Value.Obj ? "" : place.path() + " is no mapping";
        }
        if (!(place.value() instanceof Value.Arr)) {
            return place.path() + " is no list";
        }
        for (Field item : place.items()) {
            boolean mapping = item.value() instanceof Value.Obj;
            boolean list = item.value() instanceof Value.Arr;
            if (form == Form.MAPPINGS ? !mapping : mapping || list) {
                return place.path() + " is no " + form.words;
            }
        }
        return "";
    }
}
