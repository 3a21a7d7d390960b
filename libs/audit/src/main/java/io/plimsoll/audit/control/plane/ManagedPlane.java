package io.plimsoll.audit.control.plane;

import io.plimsoll.audit.control.plane.Responsibilities.Area;
import io.plimsoll.audit.control.plane.Responsibilities.Provider;
import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.review.BoundedPattern;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.Optional;

/**
 * A control plane that a provider runs.
 *
 * @param sign what on which node says so, for people
 */
public record ManagedPlane(Provider provider, String sign, Source source) {

    /** Empty when no node says so, or when an API server is among the objects. */
    public static Optional<ManagedPlane> of(Cluster cluster) {
        for (Resource node : cluster.all("Node", "")) {
            Optional<ManagedPlane> found = of(node);
            if (found.isPresent()) {
                return runsApiServer(cluster) ? Optional.empty() : found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ManagedPlane> of(Resource node) {
        String version =
                node.body().at("status", "nodeInfo", "kubeletVersion").text().orElse("");
        for (Provider provider : Responsibilities.builtin().providers()) {
            for (String label : provider.labels()) {
                if (node.labels().containsKey(label)) {
                    return Optional.of(new ManagedPlane(
                            provider, "node " + node.name() + " carries the label " + label, node.source()));
                }
            }
            boolean versioned = version.length() <= 100
                    && provider.versions().stream()
                            .anyMatch(each -> BoundedPattern.find(each, version).orElse(false));
            if (versioned) {
                return Optional.of(
                        new ManagedPlane(provider, "node " + node.name() + " runs kubelet " + version, node.source()));
            }
        }
        return Optional.empty();
    }

    private static boolean runsApiServer(Cluster cluster) {
        for (Workload workload : cluster.workloads("kube-system")) {
            for (PodTemplate template : workload.templates()) {
                for (Container container : template.containers()) {
                    String repository = ImageReference.of(container.image()).repository();
                    if (repository.equals("kube-apiserver") || repository.endsWith("/kube-apiserver")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** What a control about the control plane says of the cluster: nothing, unless a provider runs it. */
    public static Judge.OfClusters answersFor(String area) {
        Area asked = Responsibilities.builtin().area(area);
        return question ->
                of(question.cluster()).map(plane -> answer(plane, asked)).orElse(Answer.ELSEWHERE);
    }

    private static Answer answer(ManagedPlane plane, Area area) {
        String who = plane.provider().title() + " runs the control plane (" + plane.sign() + "): " + area.why();
        return switch (area.by()) {
            case PROVIDER -> new Answer.NotAsked(who);
            case SHARED -> new Answer.Unseen(Reason.NEEDS_CONNECTOR, who, plane.source());
            case YOU -> Answer.ELSEWHERE;
        };
    }
}
