package io.plimsoll.audit.control.network;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.exposure.Entry;
import java.util.List;
import java.util.Set;

/** Ways in that need no Ingress, and what should have no way in. */
public final class Exposure {

    private static final Set<String> INTERNAL = Set.of(
            "service.beta.kubernetes.io/aws-load-balancer-internal",
            "service.beta.kubernetes.io/azure-load-balancer-internal",
            "service.beta.kubernetes.io/openstack-internal-load-balancer",
            "networking.gke.io/load-balancer-type",
            "cloud.google.com/load-balancer-type",
            "networking.internal/exposed");

    private Exposure() {}

    public static Judge.OfObjects outside() {
        return (service, asked) -> {
            Field type = Field.of(service).at("spec", "type");
            boolean outside =
                    type.shown().equals("LoadBalancer") || type.shown().equals("NodePort");
            return outside && !limited(service, asked.parameters().texts("allowedByAnnotation"))
                    ? Answer.wrong(
                            type,
                            "it is reachable from outside the cluster by " + type.shown()
                                    + "; set loadBalancerSourceRanges, or reach it through an ingress")
                    : Answer.GOOD;
        };
    }

    private static boolean limited(Resource service, List<String> allowed) {
        boolean ranges = service.spec().text("type").equals("LoadBalancer")
                && !service.spec().at("loadBalancerSourceRanges").texts().isEmpty()
                && !service.spec().at("loadBalancerSourceRanges").texts().contains("0.0.0.0/0");
        return ranges
                || service.annotations().entrySet().stream()
                        .anyMatch(each -> INTERNAL.contains(each.getKey())
                                        && !each.getValue().equals("false")
                                || allowed.contains(each.getKey()));
    }

    public static Judge.OfObjects externalAddress() {
        return (service, asked) -> {
            Field addresses = Field.of(service).at("spec", "externalIPs");
            return addresses.items().isEmpty()
                    ? Answer.GOOD
                    : Answer.wrong(
                            addresses,
                            "whoever writes it draws the traffic to these addresses to itself (CVE-2020-8554); remove externalIPs");
        };
    }

    /** A console that administers, reachable from outside. */
    public static Judge.OfPods console() {
        return (pod, asked) -> {
            for (ContainerFields container : pod.containers()) {
                ImageReference image = ImageReference.of(container.at("image").shown());
                if (asked.parameters().texts("consoles").stream().noneMatch(each -> named(image, each))) {
                    continue;
                }
                for (Entry entry : asked.cluster().entries()) {
                    if (entry.backends().contains(asked.target().id())) {
                        return Answer.wrong(
                                container.container().name(),
                                container.at("image"),
                                container.title() + " is a console that administers and is reachable from outside by "
                                        + entry.resource().kind() + " "
                                        + entry.resource().name() + "; take the way in away");
                    }
                }
            }
            return Answer.GOOD;
        };
    }

    private static boolean named(ImageReference image, String console) {
        String repository = image.repository();
        return repository.equals(console)
                || repository.endsWith("/" + console)
                || repository.contains("/" + console + "/");
    }
}
