package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Draft;
import io.plimsoll.audit.guardrail.review.PodSpecs;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Objects made to break a rule of a known intent. A policy that names {@code privileged} in an expression that is always true
 * refuses none of them, and so earns nothing.
 */
final class Witness {

    private static final String DIGEST = "@sha256:" + "0".repeat(64);

    private static final Map<Intent, List<UnaryOperator<Value>>> BREAKING = Map.of(
            Intent.PRIVILEGED, List.of(eachContext(context -> context.put("privileged", true))),
            Intent.PRIVILEGE_ESCALATION, List.of(eachContext(context -> context.put("allowPrivilegeEscalation", true))),
            Intent.HOST_NAMESPACES,
                    List.of(spec -> Draft.of(spec)
                            .put("hostNetwork", true)
                            .put("hostPID", true)
                            .put("hostIPC", true)
                            .done()),
            Intent.HOST_PATH, List.of(Witness::hostPath),
            Intent.RUN_AS_NON_ROOT, List.of(Witness::root),
            Intent.CAPABILITIES, List.of(eachContext(Witness::allCapabilities)),
            Intent.CAPABILITIES_DROP, List.of(eachContext(Witness::allCapabilities)),
            Intent.REGISTRY_ALLOW_LIST,
                    List.of(
                            image("registry.invalid/plimsoll/witness:1.0"),
                            image("registry.invalid/plimsoll/witness:1.0" + DIGEST)),
            Intent.IMAGE_TAG_OR_DIGEST,
                    List.of(image("docker.io/library/witness:latest"), image("docker.io/library/witness")));

    private Witness() {}

    /** Some objects that a rule of this intent must refuse at least one of; empty where none can be made. */
    static List<Review> breaking(Intent intent, Review sound) {
        String[] path = PodSpecs.path(sound.group(), sound.kind()).orElse(null);
        List<UnaryOperator<Value>> changes = BREAKING.getOrDefault(intent, List.of());
        if (path == null) {
            return List.of();
        }
        List<Review> broken = new ArrayList<>(changes.size());
        for (UnaryOperator<Value> change : changes) {
            broken.add(sound.with(Draft.at(sound.body(), change, path)));
        }
        return broken;
    }

    private static UnaryOperator<Value> eachContainer(UnaryOperator<Value> change) {
        return spec -> Draft.of(spec)
                .each("containers", change)
                .each("initContainers", change)
                .done();
    }

    private static UnaryOperator<Value> eachContext(UnaryOperator<Draft> change) {
        return eachContainer(container -> Draft.of(container)
                .edit(
                        "securityContext",
                        context -> change.apply(Draft.of(context)).done())
                .done());
    }

    private static UnaryOperator<Value> image(String image) {
        return eachContainer(
                container -> Draft.of(container).put("image", image).done());
    }

    private static Value hostPath(Value spec) {
        Value volume = Draft.empty()
                .put("name", "witness")
                .put("hostPath", Draft.empty().put("path", "/").done())
                .done();
        Value mount = Draft.empty()
                .put("name", "witness")
                .put("mountPath", "/witness")
                .done();
        return Draft.of(eachContainer(container ->
                                Draft.of(container).add("volumeMounts", mount).done())
                        .apply(spec))
                .add("volumes", volume)
                .done();
    }

    private static Value root(Value spec) {
        Value inContainers = eachContext(
                        context -> context.put("runAsNonRoot", false).put("runAsUser", 0))
                .apply(spec);
        return Draft.of(inContainers)
                .edit(
                        "securityContext",
                        context -> Draft.of(context)
                                .put("runAsNonRoot", false)
                                .put("runAsUser", 0)
                                .done())
                .done();
    }

    private static Draft allCapabilities(Draft context) {
        Value added = new Value.Arr(List.of(new Value.Text("SYS_ADMIN", 0)), 0);
        return context.put("capabilities", Draft.empty().put("add", added).done());
    }
}
