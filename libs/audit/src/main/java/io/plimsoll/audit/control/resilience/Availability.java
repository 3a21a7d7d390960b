package io.plimsoll.audit.control.resilience;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.workload.ProbeCommand;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Probes that prove something, and budgets that let a node be drained. */
public final class Availability {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe");
    private static final List<String> CALLS = List.of("httpGet", "tcpSocket", "grpc", "exec");
    private static final Set<String> ENDS = Set.of("Job", "CronJob");

    private Availability() {}

    public static Judge.OfPods probes() {
        return (pod, asked) -> {
            if (ENDS.contains(asked.target().id().kind())) {
                return new Answer.NotAsked("it ends by itself");
            }
            for (ContainerFields container : pod.mainContainers()) {
                List<String> missing = PROBES.stream()
                        .filter(key -> CALLS.stream()
                                .noneMatch(call -> container.at(key).at(call).written()))
                        .toList();
                if (!missing.isEmpty()) {
                    return Answer.wrong(
                            container.container().name(),
                            container.at(missing.getFirst()),
                            container.title() + " has no " + String.join(" and no ", missing) + "; add it");
                }
                for (String key : PROBES) {
                    Field command = container.at(key, "exec", "command");
                    List<String> words = command.value().texts();
                    if (!words.isEmpty() && new ProbeCommand(words).trivial()) {
                        return Answer.wrong(
                                container.container().name(),
                                command,
                                container.title() + " has a " + key + " that says yes whatever the program does;"
                                        + " ask the program");
                    }
                }
            }
            return Answer.GOOD;
        };
    }

    /** More than one replica wants a budget that keeps some of them during a drain. */
    public static Judge.OfPods budget() {
        return (pod, asked) -> {
            Resource object = Asked.object(pod);
            long replicas = object.spec().at("replicas").integer().orElse(1);
            if (replicas < 2) {
                return new Answer.NotAsked("it has one replica, which no budget can keep");
            }
            for (Resource budget : asked.cluster().in(object.namespace(), "PodDisruptionBudget")) {
                if (selects(budget, pod.template().labels())) {
                    return Answer.GOOD;
                }
            }
            return Answer.absent(
                    object, "no PodDisruptionBudget selects its " + replicas + " replicas among the objects given");
        };
    }

    private static boolean selects(Resource budget, Map<String, String> labels) {
        Value selector = budget.spec().at("selector");
        return selector.present() && LabelSelector.matches(selector, labels);
    }

    /** A budget that lets nothing go blocks every drain. */
    public static Judge.OfObjects blocking() {
        return (budget, asked) -> {
            Field spec = Field.of(budget).at("spec");
            Field unavailable = spec.at("maxUnavailable");
            if (percentOrNumber(unavailable, 0)) {
                return Answer.wrong(
                        unavailable, "the budget lets no pod go, so its node cannot be drained; allow at least one");
            }
            Field available = spec.at("minAvailable");
            if (percent(available).orElse(0) == 100) {
                return Answer.wrong(available, "the budget keeps every pod, so its node cannot be drained; keep fewer");
            }
            for (Workload workload : asked.cluster().workloads(budget.namespace())) {
                long replicas = replicas(workload, asked);
                long keeps = keeps(available, replicas);
                if (keeps > 0 && replicas > 0 && keeps >= replicas && selects(budget, labels(workload))) {
                    return Answer.wrong(
                            available,
                            "the budget keeps " + keeps + " of the " + replicas + " pods of " + workload.kind() + "/"
                                    + workload.name() + ", so its node cannot be drained; keep fewer");
                }
            }
            return Answer.GOOD;
        };
    }

    /** A percentage is rounded up, as the disruption controller rounds. */
    private static long keeps(Field available, long replicas) {
        OptionalLong percent = percent(available);
        return percent.isPresent()
                ? Math.ceilDiv(percent.getAsLong() * replicas, 100L)
                : available.value().integer().orElse(0);
    }

    private static OptionalLong percent(Field field) {
        String text = field.text().orElse("");
        return text.matches("\\d{1,4}%")
                ? OptionalLong.of(Long.parseLong(text.substring(0, text.length() - 1)))
                : OptionalLong.empty();
    }

    /** Of its pods; where the template has none, those the owner selects by. */
    private static Map<String, String> labels(Workload workload) {
        Map<String, String> labels = workload.template().labels();
        return labels.isEmpty()
                ? workload.template()
                        .resource()
                        .spec()
                        .at("selector", "matchLabels")
                        .textMap()
                : labels;
    }

    /** As declared, or as few as the autoscaler may go down to; 0 when nothing says. */
    private static long replicas(Workload workload, Asked asked) {
        for (Resource scaler : asked.cluster().in(workload.namespace(), "HorizontalPodAutoscaler")) {
            Value target = scaler.spec().at("scaleTargetRef");
            if (target.text("kind").equals(workload.kind())
                    && target.text("name").equals(workload.name())) {
                return scaler.spec().at("minReplicas").integer().orElse(1);
            }
        }
        return Set.of("Deployment", "StatefulSet").contains(workload.kind())
                ? workload.template().resource().spec().at("replicas").integer().orElse(1)
                : 0;
    }

    private static boolean percentOrNumber(Field field, long number) {
        return field.written()
                && (field.value().integer().orElse(-1) == number
                        || field.shown().equals(number + "%"));
    }
}
