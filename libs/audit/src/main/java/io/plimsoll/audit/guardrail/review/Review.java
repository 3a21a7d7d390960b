package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object as admission would be handed it, with the defaults of the API server written in. The pods of controllers are not
 * in files: each template is reviewed as the pod it makes.
 *
 * @param shown the object of the input it stands for: the Deployment whose pod this is
 * @param declared what the shown object was made from, before defaults
 */
public record Review(
        String group,
        String version,
        String kind,
        String namespace,
        String name,
        Value body,
        ResourceId shown,
        Resource declared,
        @Nullable PodTemplate template) {

    static Review of(Resource resource) {
        return new Review(
                resource.group(),
                resource.version(),
                resource.kind(),
                resource.namespace(),
                resource.name(),
                AdmissionDefaults.of(resource.group(), resource.kind(), resource.body()),
                resource.id(),
                resource,
                null);
    }

    /** The same object with another body. */
    public Review with(Value changed) {
        PodTemplate pod = template == null
                ? null
                : new PodTemplate(template.resource(), template.path(), changed.at("metadata"), changed.at("spec"));
        return new Review(group, version, kind, namespace, name, changed, shown, declared, pod);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public Map<String, String> labels() {
        return body.at("metadata", "labels").textMap();
    }

    public Map<String, String> annotations() {
        return body.at("metadata", "annotations").textMap();
    }

    public Value spec() {
        return body.at("spec");
    }

    public boolean isPod() {
        return kind.equals("Pod") && group.isEmpty();
    }

    public boolean is(String wantedKind, String... groups) {
        return kind.equals(wantedKind) && (groups.length == 0 || List.of(groups).contains(group));
    }

    /** Init, main and ephemeral containers of a pod; none for every other kind. */
    public List<Container> containers() {
        return template == null ? List.of() : template.containers();
    }

    /** The pod as a template with defaults; empty for every other kind. */
    public Optional<PodTemplate> pod() {
        return Optional.ofNullable(template);
    }
}
