package io.plimsoll.audit.control.resilience;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.review.Quantity;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.workload.Container;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Requests and limits. Asked of what runs on: main containers and sidecars; ephemeral ones cannot have any. */
public final class Resources {

    private Resources() {}

    /** Set, and within the bounds where the parameters lowest and highest name any. */
    public static Judge.OfPods limit(String resource) {
        return (pod, asked) -> {
            Answer missing = missing(pod, List.of(resource), "limits");
            return missing instanceof Answer.Wrong
                    ? missing
                    : outside(
                            pod,
                            resource,
                            "limits",
                            asked.parameters().text("lowest"),
                            asked.parameters().text("highest"));
        };
    }

    /** A limit alone is a request of the same size. */
    public static Judge.OfPods requests() {
        return (pod, asked) -> {
            Answer answer = missing(pod, List.of("cpu", "memory"), "requests");
            for (String resource : new String[] {"cpu", "memory"}) {
                if (answer instanceof Answer.Good) {
                    answer = outside(
                            pod,
                            resource,
                            "requests",
                            asked.parameters().text(resource + "Lowest"),
                            asked.parameters().text(resource + "Highest"));
                }
            }
            return answer;
        };
    }

    private static Answer missing(PodFields pod, List<String> resources, String what) {
        for (ContainerFields container : pod.containers()) {
            if (!runsOn(container)) {
                continue;
            }
            List<String> without = resources.stream()
                    .filter(resource -> !said(pod, container, what, resource))
                    .toList();
            if (!without.isEmpty()) {
                return Answer.wrong(
                        container.container().name(),
                        container.at("resources", what, without.getFirst()),
                        container.title() + " has no " + String.join(" and no ", without) + " " + one(what)
                                + "; set resources." + what);
            }
        }
        return Answer.GOOD;
    }

    private static String one(String what) {
        return what.substring(0, what.length() - 1);
    }

    private static boolean said(PodFields pod, ContainerFields container, String what, String resource) {
        return container.at("resources", what, resource).written()
                || pod.spec().at("resources", what, resource).written()
                || what.equals("requests")
                        && container.at("resources", "limits", resource).written();
    }

    /** @param lowest a quantity, or empty for no bound; as {@code highest} */
    private static Answer outside(PodFields pod, String resource, String what, String lowest, String highest) {
        Optional<BigDecimal> least = Quantity.of(lowest);
        Optional<BigDecimal> most = Quantity.of(highest);
        for (ContainerFields container : pod.containers()) {
            Field field = container.at("resources", what, resource);
            Optional<BigDecimal> value = Quantity.of(field.value());
            boolean low = value.isPresent() && least.isPresent() && value.get().compareTo(least.get()) < 0;
            boolean high = value.isPresent() && most.isPresent() && value.get().compareTo(most.get()) > 0;
            if (low || high) {
                return Answer.wrong(
                        container.container().name(),
                        field,
                        container.title() + " has a " + resource + " " + one(what)
                                + (low ? " below " + lowest : " above " + highest));
            }
        }
        return Answer.GOOD;
    }

    static boolean runsOn(ContainerFields container) {
        return container.container().role() == Container.Role.MAIN
                || container.container().sidecar();
    }

    /** At least one object of a kind in every namespace people work in. */
    public static Judge.OfObjects present(String kind) {
        return (namespace, asked) -> {
            if (Cluster.system(namespace.name())) {
                return new Answer.NotAsked("it belongs to Kubernetes itself");
            }
            boolean there = !asked.cluster().in(namespace.name(), kind).isEmpty();
            return there
                    ? Answer.GOOD
                    : Answer.absent(
                            namespace,
                            "no " + kind + " of namespace " + namespace.name() + " is among the objects given");
        };
    }

    /** Nothing restarts or moves it. */
    public static Judge.OfPods barePod() {
        return (pod, asked) -> {
            var object = pod.template().resource();
            if (!asked.target().id().kind().equals("Pod")) {
                return Answer.GOOD;
            }
            boolean mirror = object.annotations().containsKey("kubernetes.io/config.mirror")
                    || object.annotations().containsKey("kubernetes.io/config.source");
            if (mirror || object.namespace().equals("kube-system")) {
                return new Answer.NotAsked("a static pod: its kubelet restarts it");
            }
            return object.body().items("metadata", "ownerReferences").isEmpty()
                    ? new Answer.Wrong(
                            "",
                            "metadata.ownerReferences",
                            "",
                            "nothing restarts or moves the pod; put it into a Deployment, StatefulSet, DaemonSet or Job",
                            Reason.SEEN_AND_WRONG,
                            object.source())
                    : Answer.GOOD;
        };
    }
}
