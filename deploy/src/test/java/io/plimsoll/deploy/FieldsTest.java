package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every rendered object is one that Kubernetes has, with a value of its type: read by a typed model, nothing is left over. */
class FieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRole", ClusterRole.class),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", ClusterRoleBinding.class));

    /** Lists that a server-side apply, as Helm 4 does it, merges by a key: twice the same key is refused by the API server. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "containers", List.of("name"),
            // Of a container by one, of a Service by the other.
            "ports", List.of("containerPort", "port", "protocol"),
            "env", List.of("name"),
            "volumes", List.of("name"),
            "volumeMounts", List.of("mountPath"),
            "imagePullSecrets", List.of("name"),
            "topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"));

    /** Definitions of operators, which no model here has. */
    private static final Set<String> FOREIGN = Set.of("ServiceMonitor", "Certificate", "KafkaTopic");

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void areThoseOfKubernetes(Chart.Values values) {
        List<String> unknown = new ArrayList<>();
        for (Map<String, Object> each : Chart.objects(values.render())) {
            if (!FOREIGN.contains(Tree.text(each, "kind"))) {
                unknown.addAll(unknown(each));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void listsThatAreMergedByAKeyHaveEachKeyOnce(Chart.Values values) {
        List<String> twice = new ArrayList<>();
        Chart.objects(values.render()).forEach(each -> twice(each, Tree.text(each, "kind"), twice));
        assertThat(twice).isEmpty();
    }

    @Test
    void aKeyThatIsThereTwiceIsSeen() {
        List<String> twice = new ArrayList<>();
        twice(Map.of("env", List.of(Map.of("name", "A"), Map.of("name", "B"), Map.of("name", "A"))), "Pod", twice);
        assertThat(twice).containsExactly("Pod.env [A]");
    }

    private static void twice(Object value, String path, List<String> twice) {
        if (value instanceof List<?> list) {
            for (Object each : list) {
                twice(each, path, twice);
            }
            return;
        }
        Tree.map(value).forEach((name, each) -> {
            List<String> keys = KEYS.get(name);
            if (keys != null && each instanceof List<?> list) {
                Set<List<String>> seen = new HashSet<>();
                for (Object entry : list) {
                    List<String> key =
                            keys.stream().map(k -> Tree.text(entry, k)).toList();
                    if (!seen.add(key)) {
                        twice.add(path + "." + name + " " + key);
                    }
                }
            }
            twice(each, path + "." + name, twice);
        });
    }

    @Test
    void aFieldThatIsNoneIsSeen() {
        assertThat(unknown(Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "Deployment",
                        "spec",
                        Map.of("replicsa", 2, "template", Map.of("spec", Map.of("container", List.of()))))))
                .containsExactlyInAnyOrder("Deployment.spec.replicsa", "Deployment.spec.template.spec.container");
        assertThatThrownBy(() -> unknown(
                        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "spec", Map.of("replicas", "many"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> unknown(Map<String, Object> object) {
        String key = Tree.text(object, "apiVersion") + "/" + Tree.text(object, "kind");
        Class<?> type = TYPES.get(key);
        assertThat(type).as("a kind that Kubernetes has: " + key).isNotNull();
        Object typed = JSON.convertValue(object, type);
        List<String> unknown = new ArrayList<>();
        leftOver(typed, Tree.text(object, "kind"), unknown);
        return unknown;
    }

    /** Models keep what they do not know in a map of their own. */
    private static void leftOver(Object typed, String path, List<String> unknown) {
        if (typed instanceof List<?> list) {
            for (int n = 0; n < list.size(); n++) {
                leftOver(list.get(n), path + "[" + n + "]", unknown);
            }
            return;
        }
        if (!typed.getClass().getName().startsWith("io.fabric8.")) {
            return;
        }
        for (var method : typed.getClass().getMethods()) {
            if (!method.getName().startsWith("get") || method.getParameterCount() != 0) {
                continue;
            }
            Object value;
            try {
                value = method.invoke(typed);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(path + "." + method.getName(), e);
            }
            if (method.getName().equals("getAdditionalProperties")) {
                ((Map<?, ?>) value).keySet().forEach(name -> unknown.add(path + "." + name));
            } else if (value != null && !method.getName().equals("getClass")) {
                String name = Character.toLowerCase(method.getName().charAt(3))
                        + method.getName().substring(4);
                leftOver(value, path + "." + name, unknown);
            }
        }
    }
}
