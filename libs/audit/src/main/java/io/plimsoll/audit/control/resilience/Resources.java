package io.plimsoll.audit.control.resilience;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.workload.Container;
import java.util.List;

/** Requests and limits. Asked of what runs on: main containers and sidecars; ephemeral ones cannot have any. */
public final class Resources {

    private Resources() {}

    public static Judge.OfPods limit(String resource) {
        return missing(List.of(resource), "limits");
    }

    /** A limit alone is a request of the same size. */
    public static Judge.OfPods requests() {
        return missing(List.of("cpu", "memory"), "requests");
    }

    private static Judge.OfPods missing(List<String> resources, String what) {
        return (pod, asked) -> {
            for (ContainerFields container : pod.containers()) {
                if (!runsOn(container)) {
                    continue;
                }
                for (String resource : resources) {
                    Field own = container.at("resources", what, resource);
                    boolean said = own.written()
                            || pod.spec().at("resources", what, resource).written()
                            || what.equals("requests")
                                    && container
                                            .at("resources", "limits", resource)
                                            .written();
                    if (!said) {
                        return Answer.wrong(
                                container.container().name(),
                                own,
                                container.title() + " has no " + resource + " " + what.substring(0, what.length() - 1)
                                        + "; set resources." + what + "." + resource);
                    }
                }
            }
            return Answer.GOOD;
        };
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
            boolean there = asked.cluster().all(kind, "").stream()
                    .anyMatch(each -> each.namespace().equals(namespace.name()));
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
