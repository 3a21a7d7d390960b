package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the pod of a template as it reaches the rules of its namespace: defaults, the limits of LimitRanges, and the token of
 * its service account mounted unless it or the account says no.
 */
final class PodAdmission {

    static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String TOKEN_VOLUME = "kube-api-access";

    private final List<Value> containerLimits = new ArrayList<>();
    private final Map<String, Boolean> automount = new HashMap<>();

    /** @param resources of the pods' namespace */
    PodAdmission(List<Resource> resources) {
        for (Resource resource : resources) {
            if (resource.is("LimitRange", "")) {
                resource.spec().items("limits").stream()
                        .filter(limit -> limit.text("type").equals("Container"))
                        .forEach(containerLimits::add);
            } else if (resource.is("ServiceAccount", "")) {
                resource.body()
                        .at("automountServiceAccountToken")
                        .bool()
                        .ifPresent(mounts -> automount.put(resource.name(), mounts));
            }
        }
    }

    /** Whether what becomes of pods hangs on it. */
    static boolean reads(Resource resource) {
        return resource.is("LimitRange", "") || resource.is("ServiceAccount", "");
    }

    Review review(Workload workload, PodTemplate template) {
        Resource resource = template.resource();
        boolean real = resource.is("Pod", "");
        Value spec = AdmissionDefaults.podSpec(limited(template.spec()));
        String account = template.serviceAccount();
        if (spec.at("automountServiceAccountToken").bool().orElse(automount.getOrDefault(account, true))) {
            spec = withToken(spec);
        }
        spec = Draft.of(spec).orElse("serviceAccountName", account).done();
        Value metadata = real ? template.metadata() : made(workload, template);
        Value body = Draft.of(real ? resource.body() : Value.MISSING)
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("metadata", metadata)
                .put("spec", spec)
                .done();
        return new Review(
                "",
                "v1",
                "Pod",
                workload.namespace(),
                real ? resource.name() : workload.name(),
                body,
                resource.id(),
                resource,
                new PodTemplate(resource, template.path(), metadata, spec));
    }

    private static Value made(Workload workload, PodTemplate template) {
        Resource owner = template.resource();
        Value reference = Draft.empty()
                .put("apiVersion", owner.body().text("apiVersion"))
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("controller", true)
                .done();
        return Draft.of(template.metadata())
                .orElse("name", workload.name())
                .put("namespace", workload.namespace())
                .put("ownerReferences", new Value.Arr(List.of(reference), 0))
                .done();
    }

    private Value limited(Value spec) {
        if (containerLimits.isEmpty()) {
            return spec;
        }
        return Draft.of(spec)
                .each("containers", this::limitedContainer)
                .each("initContainers", this::limitedContainer)
                .done();
    }

    private Value limitedContainer(Value container) {
        Draft draft = Draft.of(container);
        for (Value limit : containerLimits) {
            Map<String, Value> limits = limit.at("default").fields();
            Map<String, Value> requests = limit.at("defaultRequest").fields();
            draft.edit("resources", resources -> {
                // Requests follow limits that are written down before any range is asked.
                Draft filled = Draft.of(AdmissionDefaults.resources(resources));
                filled.edit("requests", before -> filled(filled(before, requests), limits));
                return filled.edit("limits", before -> filled(before, limits)).done();
            });
        }
        return draft.done();
    }

    private static Value filled(Value before, Map<String, Value> defaults) {
        Draft draft = Draft.of(before);
        defaults.forEach(draft::orElse);
        return draft.done();
    }

    private static Value withToken(Value spec) {
        Value projected = Draft.empty()
                .put("name", TOKEN_VOLUME)
                .put("projected", Draft.empty().done())
                .done();
        return Draft.of(spec)
                .add("volumes", projected)
                .each("containers", PodAdmission::mounted)
                .each("initContainers", PodAdmission::mounted)
                .done();
    }

    private static Value mounted(Value container) {
        boolean has = container.items("volumeMounts").stream()
                .anyMatch(mount -> mount.text("mountPath").equals(TOKEN_PATH));
        if (has) {
            return container;
        }
        Value mount = Draft.empty()
                .put("name", TOKEN_VOLUME)
                .put("mountPath", TOKEN_PATH)
                .put("readOnly", true)
                .done();
        return Draft.of(container).add("volumeMounts", mount).done();
    }
}
