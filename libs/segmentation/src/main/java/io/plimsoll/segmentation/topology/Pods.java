package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.Labels;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a policy can see of a pod. */
public final class Pods {

    private Pods() {}

    /** The templates and pods of a workload that have traffic: not those that ended or are being deleted. */
    public static List<PodTemplate> alive(Workload workload) {
        List<PodTemplate> alive =
                workload.templates().stream().filter(Pods::alive).toList();
        // An owner written without a template says nothing of its pods; where others do, it is left out.
        List<PodTemplate> said =
                alive.stream().filter(template -> template.spec().present()).toList();
        return said.isEmpty() ? alive : said;
    }

    private static boolean alive(PodTemplate template) {
        if (!template.resource().kind().equals("Pod")) {
            return true;
        }
        Value pod = template.resource().body();
        String phase = pod.at("status", "phase").text().orElse("");
        return !phase.equals("Succeeded")
                && !phase.equals("Failed")
                && !pod.at("metadata", "deletionTimestamp").present();
    }

    /** The labels a selector is matched against. */
    public static Map<String, String> labels(PodTemplate template) {
        return Labels.of(template.metadata().at("labels"));
    }

    /** The names that the containers with traffic, sidecars included, give to ports; the first container to use a name has it. */
    public static NamedPorts ports(PodTemplate template) {
        Map<NamedPort, Integer> numbers = new HashMap<>();
        for (Container container : template.containers()) {
            if (container.role() == Container.Role.MAIN || container.sidecar()) {
                for (Value port : container.body().items("ports")) {
                    put(port, numbers);
                }
            }
        }
        return new NamedPorts(numbers);
    }

    private static void put(Value port, Map<NamedPort, Integer> numbers) {
        String name = port.text("name");
        OptionalLong number = port.at("containerPort").integer();
        if (name.isEmpty() || number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > PortSet.PORT_MAX) {
            return;
        }
        String written = port.at("protocol").present() ? port.text("protocol") : Protocol.TCP.name();
        Protocol.of(written)
                .ifPresent(protocol -> numbers.putIfAbsent(new NamedPort(protocol, name), (int) number.getAsLong()));
    }
}
