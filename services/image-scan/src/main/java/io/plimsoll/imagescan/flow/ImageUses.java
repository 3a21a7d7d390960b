package io.plimsoll.imagescan.flow;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which images a cluster runs. A running container's digest is in the status of its pod; where no pod was seen the registry is asked what the
 * reference leads to. Nodes of several architectures run several images of one reference. Pure.
 */
public final class ImageUses {

    /** As runtimes write it, some with a scheme in front: {@code docker-pullable://registry/name@sha256:…}. */
    private static final Pattern RUNNING =
            Pattern.compile("(?:[a-z-]+://)?([^@\\s]{1,1000})@([a-z0-9]+:[0-9a-f]{32,128})");

    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]{1,20}/[a-z0-9_]{1,20}");

    private ImageUses() {}

    /**
     * All of a cluster.
     *
     * @param platform of a cluster whose nodes say nothing
     * @param withSecrets whether to say which pull secrets workloads name
     */
    public static List<Use> of(Inventory inventory, String platform, boolean withSecrets) {
        Map<SubjectId, List<String>> secrets = withSecrets ? PullSecretNames.of(inventory) : Map.of();
        Map<SubjectId, Set<String>> running = new HashMap<>();
        for (InventoriedWorkload workload : inventory.workloads()) {
            SubjectId id = workload.subject().id();
            for (PodTemplate template : workload.workload().templates()) {
                Resource of = template.resource();
                if (of.kind().equals("Pod")) {
                    statuses(of)
                            .forEach((container, digests) -> running.computeIfAbsent(
                                            container(id, container), key -> new TreeSet<>())
                                    .addAll(digests));
                }
            }
        }
        Set<String> platforms = platforms(inventory, platform);
        List<Use> uses = new ArrayList<>();
        for (Subject subject : inventory.subjects()) {
            if (subject.id().kind() == SubjectKind.IMAGE) {
                for (String reference : references(subject, running.getOrDefault(subject.id(), Set.of()))) {
                    List<String> named = secrets.getOrDefault(workload(subject.id()), List.of());
                    platforms.forEach(each -> uses.add(new Use(subject, new Asked(reference, each), named)));
                }
            }
        }
        uses.sort(Comparator.comparing(Use::subject)
                .thenComparing(use -> use.asked().reference())
                .thenComparing(use -> use.asked().platform()));
        return uses;
    }

    /** What runs stands for what is written; where nothing was seen running, what is written. */
    private static Set<String> references(Subject subject, Set<String> running) {
        if (!running.isEmpty()) {
            return running;
        }
        Set<String> written = new TreeSet<>();
        for (String image : subject.image().split(" ", -1)) {
            if (!image.isEmpty()) {
                written.add(normal(ImageReference.of(image), image));
            }
        }
        return written;
    }

    /** Two ways of writing one reference are asked for once. */
    private static String normal(ImageReference reference, String written) {
        return switch (reference.pin()) {
            case DIGEST -> reference.name() + "@" + reference.digest();
            case TAG -> reference.name() + ":" + reference.tag();
            case FLOATING -> reference.name() + ":latest";
            case BUILT, UNREADABLE -> written;
        };
    }

    private static Map<String, Set<String>> statuses(Resource pod) {
        Map<String, Set<String>> digests = new HashMap<>();
        for (String list : new String[] {"containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"}) {
            for (Value status : pod.body().items("status", list)) {
                Matcher running = RUNNING.matcher(status.text("imageID"));
                if (running.matches()) {
                    ImageReference image = ImageReference.of(running.group(1));
                    digests.computeIfAbsent(status.text("name"), key -> new TreeSet<>())
                            .add(image.name() + "@" + running.group(2));
                }
            }
        }
        return digests;
    }

    private static SubjectId workload(SubjectId container) {
        return new SubjectId(
                SubjectKind.WORKLOAD,
                container.cluster(),
                container.namespace(),
                container.object(),
                container.name(),
                "");
    }

    private static SubjectId container(SubjectId workload, String container) {
        return new SubjectId(
                SubjectKind.IMAGE,
                workload.cluster(),
                workload.namespace(),
                workload.object(),
                workload.name(),
                container);
    }

    private static Set<String> platforms(Inventory inventory, String otherwise) {
        Set<String> platforms = new TreeSet<>();
        for (Resource node : inventory.state().all("Node", "")) {
            Value info = node.body().at("status", "nodeInfo");
            String os = either(info.text("operatingSystem"), node.labels().getOrDefault("kubernetes.io/os", ""));
            String architecture =
                    either(info.text("architecture"), node.labels().getOrDefault("kubernetes.io/arch", ""));
            String platform = (os.isEmpty() ? "linux" : os) + "/" + architecture;
            if (PLATFORM.matcher(platform).matches()) {
                platforms.add(platform);
            }
        }
        return platforms.isEmpty() ? Set.of(otherwise) : platforms;
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }
}
