package io.plimsoll.audit.control.network;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.Map;
import java.util.function.Predicate;

/** Selectors, backends and targets that meet nothing among the objects given. */
public final class References {

    /** Kinds whose targets an autoscaler may scale; another kind's may be a custom resource that was not given. */
    private static final java.util.Set<String> SCALED =
            java.util.Set.of("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController");

    private References() {}

    public static Judge.OfObjects dangling() {
        return (object, asked) -> switch (object.kind()) {
            case "Service" -> service(object, asked);
            case "Ingress" -> ingress(object, asked);
            case "NetworkPolicy" -> policy(object, asked);
            case "HorizontalPodAutoscaler" -> scaler(object, asked);
            // No other kind is named by the control.
            default -> Answer.GOOD;
        };
    }

    private static Answer absent(Field field, String message) {
        return new Answer.Wrong(
                "",
                field.path(),
                field.shown(),
                message + " among the objects given",
                Reason.ABSENT_FROM_INPUT,
                field.source());
    }

    private static Answer service(Resource service, Asked asked) {
        Field selector = Field.of(service).at("spec", "selector");
        Map<String, String> wanted = selector.value().textMap();
        if (wanted.isEmpty() || service.spec().text("type").equals("ExternalName")) {
            return Answer.GOOD;
        }
        boolean found = anyPod(asked, service.namespace(), template -> Texts.includes(template.labels(), wanted));
        return found ? Answer.GOOD : absent(selector, "the service selects no pod");
    }

    private static boolean anyPod(Asked asked, String namespace, Predicate<PodTemplate> wanted) {
        for (Workload workload : asked.cluster().workloads(namespace)) {
            if (workload.templates().stream().anyMatch(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static Answer ingress(Resource ingress, Asked asked) {
        Field spec = Field.of(ingress).at("spec");
        for (String key : new String[] {"defaultBackend", "backend"}) {
            Answer answer = backend(spec.at(key), ingress, asked);
            if (answer instanceof Answer.Wrong) {
                return answer;
            }
        }
        for (Field rule : spec.at("rules").items()) {
            for (Field path : rule.at("http", "paths").items()) {
                Answer answer = backend(path.at("backend"), ingress, asked);
                if (answer instanceof Answer.Wrong) {
                    return answer;
                }
            }
        }
        return Answer.GOOD;
    }

    private static Answer backend(Field backend, Resource ingress, Asked asked) {
        Field name =
                backend.at("service", "name").written() ? backend.at("service", "name") : backend.at("serviceName");
        if (!name.written()) {
            return Answer.GOOD;
        }
        Resource service = asked.cluster().find("Service", ingress.namespace(), name.shown());
        if (service == null) {
            return absent(name, "the ingress leads to service " + name.shown() + ", which is not");
        }
        Field port =
                backend.at("service", "port").written() ? backend.at("service", "port") : backend.at("servicePort");
        return servesPort(service, port)
                ? Answer.GOOD
                : absent(port, "the ingress leads to a port that service " + name.shown() + " does not have");
    }

    private static boolean servesPort(Resource service, Field port) {
        String wanted = port.at("number").written()
                ? port.at("number").shown()
                : port.at("name").written() ? port.at("name").shown() : port.shown();
        if (!port.written() || port.value() instanceof Value.Obj && wanted.equals("a mapping")) {
            return true;
        }
        for (Resource declared : service.declared()) {
            for (Value each : declared.spec().items("ports")) {
                if (each.text("port").equals(wanted) || each.text("name").equals(wanted)) {
                    return true;
                }
            }
        }
        return service.spec().items("ports").isEmpty();
    }

    private static Answer policy(Resource policy, Asked asked) {
        Field selector = Field.of(policy).at("spec", "podSelector");
        boolean everything = selector.value().at("matchLabels").fields().isEmpty()
                && selector.value().items("matchExpressions").isEmpty();
        if (everything) {
            return Answer.GOOD;
        }
        boolean found = anyPod(
                asked, policy.namespace(), template -> LabelSelector.matches(selector.value(), template.labels()));
        return found ? Answer.GOOD : absent(selector, "the network policy selects no pod");
    }

    private static Answer scaler(Resource scaler, Asked asked) {
        Field target = Field.of(scaler).at("spec", "scaleTargetRef");
        String kind = target.value().text("kind");
        if (!SCALED.contains(kind)
                || asked.cluster().find(kind, scaler.namespace(), target.value().text("name")) != null) {
            return Answer.GOOD;
        }
        return absent(
                target.at("name"),
                "the autoscaler scales " + kind + " " + target.value().text("name") + ", which is not");
    }
}
