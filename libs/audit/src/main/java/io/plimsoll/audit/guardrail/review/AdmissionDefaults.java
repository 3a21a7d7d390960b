package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.value.Value;
import java.util.Map;

/**
 * The defaults that the API server writes into an object before any rule sees it, as far as rules are written about them.
 * Without them a rule about {@code spec.replicas} or {@code spec.type} would seem to refuse an object that leaves it out.
 */
final class AdmissionDefaults {

    private static final Value NOTHING = new Value.Obj(Map.of(), 0);

    private AdmissionDefaults() {}

    static Value of(String group, String kind, Value body) {
        Value object = PodSpecs.path(group, kind)
                .map(path -> Draft.at(body, AdmissionDefaults::podSpec, path))
                .orElse(body);
        return switch (group + "/" + kind) {
            case "apps/Deployment", "apps/ReplicaSet", "apps/StatefulSet", "/ReplicationController" ->
                Draft.at(object, spec -> Draft.of(spec).orElse("replicas", 1).done(), "spec");
            case "/Service" -> Draft.at(object, AdmissionDefaults::service, "spec");
            case "autoscaling/HorizontalPodAutoscaler" ->
                Draft.at(object, spec -> Draft.of(spec).orElse("minReplicas", 1).done(), "spec");
            case "batch/CronJob" ->
                Draft.at(
                        object,
                        spec -> Draft.of(spec)
                                .orElse("concurrencyPolicy", "Allow")
                                .done(),
                        "spec");
            default -> object;
        };
    }

    static Value podSpec(Value spec) {
        return Draft.of(spec)
                .orElse("restartPolicy", "Always")
                .orElse("dnsPolicy", "ClusterFirst")
                .orElse("schedulerName", "default-scheduler")
                .orElse("terminationGracePeriodSeconds", 30)
                .orElse("securityContext", NOTHING)
                .each("containers", AdmissionDefaults::container)
                .each("initContainers", AdmissionDefaults::container)
                .each("ephemeralContainers", AdmissionDefaults::container)
                .each("volumes", AdmissionDefaults::volume)
                .done();
    }

    private static Value container(Value container) {
        String image = container.text("image");
        boolean floating = image.endsWith(":latest") || image.lastIndexOf(':') <= image.lastIndexOf('/');
        return Draft.of(container)
                .orElse("imagePullPolicy", floating && !image.contains("@") ? "Always" : "IfNotPresent")
                .orElse("terminationMessagePath", "/dev/termination-log")
                .orElse("terminationMessagePolicy", "File")
                .edit("resources", AdmissionDefaults::resources)
                .each("ports", AdmissionDefaults::port)
                .done();
    }

    /** What has a limit and no request asks for as much as its limit. */
    static Value resources(Value resources) {
        Draft draft = Draft.of(resources);
        Map<String, Value> limits = resources.at("limits").fields();
        if (!limits.isEmpty()) {
            draft.edit("requests", requests -> {
                Draft filled = Draft.of(requests);
                limits.forEach(filled::orElse);
                return filled.done();
            });
        }
        return draft.done();
    }

    private static Value volume(Value volume) {
        boolean hasSource = volume.fields().entrySet().stream()
                .anyMatch(field ->
                        !field.getKey().equals("name") && field.getValue().present());
        return hasSource ? volume : Draft.of(volume).put("emptyDir", NOTHING).done();
    }

    private static Value port(Value port) {
        return Draft.of(port).orElse("protocol", "TCP").done();
    }

    private static Value service(Value spec) {
        return Draft.of(spec)
                .orElse("type", "ClusterIP")
                .orElse("sessionAffinity", "None")
                .each("ports", AdmissionDefaults::port)
                .done();
    }
}
