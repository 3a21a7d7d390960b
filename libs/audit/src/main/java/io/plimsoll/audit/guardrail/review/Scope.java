package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One namespace as rules meet it. Immutable, any thread.
 *
 * @param namespace empty for the scope of cluster-wide objects
 * @param labels of the namespace, its declarations united, with the one that Kubernetes writes itself
 * @param reviews the Namespace, the objects in it, and the pods of its controllers, in the order of identity
 * @param object the Namespace, where the input has it
 */
public record Scope(
        String namespace,
        Map<String, String> labels,
        List<Review> reviews,
        List<Workload> workloads,
        @Nullable Resource object) {

    public static final String POD_SECURITY = "pod-security.kubernetes.io/";

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    public Scope {
        labels = Map.copyOf(labels);
        reviews = List.copyOf(reviews);
        workloads = List.copyOf(workloads);
    }

    /** The scopes of a cluster by namespace; the cluster-wide one under the empty text. */
    public static Map<String, Scope> all(List<Resource> resources, List<Workload> workloads) {
        Map<String, Scope> scopes = new TreeMap<>();
        parts(resources, workloads).forEach((name, part) -> scopes.put(name, part.scope()));
        return Collections.unmodifiableMap(scopes);
    }

    /**
     * What a scope is made of.
     *
     * @param inside what stands in the namespace, in the order of identity
     */
    public record Part(String name, @Nullable Resource object, List<Resource> inside, List<Workload> workloads) {

        public Scope scope() {
            return scope(Memory.NONE);
        }

        /**
         * The same; pods of a workload that is none other, under the same limits and accounts, are those of before.
         *
         * @param memory of this namespace alone
         */
        public Scope scope(Memory memory) {
            return of(this, memory);
        }

        /** All of it, for telling whether it is the same as before. */
        public List<@Nullable Object> origin() {
            List<@Nullable Object> origin = new ArrayList<>(inside.size() + workloads.size() + 1);
            origin.add(object);
            origin.addAll(inside);
            origin.addAll(workloads);
            return origin;
        }
    }

    /** What the scopes of a cluster are made of, by namespace. */
    public static Map<String, Part> parts(List<Resource> resources, List<Workload> workloads) {
        Map<String, List<Resource>> inside = new HashMap<>();
        Map<String, List<Workload>> running = new HashMap<>();
        Map<String, Resource> objects = new HashMap<>();
        TreeSet<String> names = new TreeSet<>();
        names.add("");
        String last = "";
        List<Resource> here = null;
        for (Resource resource : resources) {
            if (resource.is("Namespace", "")) {
                objects.put(resource.name(), resource);
                names.add(resource.name());
            } else {
                // In the order of identity those of one namespace stand together.
                if (here == null || !resource.namespace().equals(last)) {
                    last = resource.namespace();
                    here = inside.computeIfAbsent(last, name -> new ArrayList<>());
                    names.add(last);
                }
                here.add(resource);
            }
        }
        for (Workload workload : workloads) {
            running.computeIfAbsent(workload.namespace(), name -> new ArrayList<>())
                    .add(workload);
            names.add(workload.namespace());
        }
        Map<String, Part> parts = new TreeMap<>();
        for (String name : names) {
            parts.put(
                    name,
                    new Part(
                            name,
                            objects.get(name),
                            inside.getOrDefault(name, List.of()),
                            running.getOrDefault(name, List.of())));
        }
        return Collections.unmodifiableMap(parts);
    }

    private static Scope of(Part part, Memory memory) {
        Resource object = part.object();
        List<Resource> inside = part.inside();
        List<Review> reviews = new ArrayList<>();
        if (object != null) {
            object.declared().forEach(each -> reviews.add(Review.of(each)));
        }
        for (Resource resource : inside) {
            if (!resource.is("Pod", "")) {
                resource.declared().forEach(each -> reviews.add(Review.of(each)));
            }
        }
        PodAdmission pods = memory.of(
                "pod-admission",
                "",
                () -> new PodAdmission(inside),
                inside.stream().filter(PodAdmission::reads).toArray());
        for (Workload workload : part.workloads()) {
            reviews.addAll(memory.of(
                    "pod-reviews",
                    workload.id(),
                    () -> workload.templates().stream()
                            .map(template -> pods.review(workload, template))
                            .toList(),
                    workload,
                    pods));
        }
        return new Scope(part.name(), labels(part.name(), object), reviews, part.workloads(), object);
    }

    /** The pods of the namespace. */
    public List<Review> pods() {
        return reviews.stream().filter(Review::isPod).toList();
    }

    private static Map<String, String> labels(String name, @Nullable Resource object) {
        Map<String, String> united = new HashMap<>();
        if (object != null) {
            for (Resource declared : object.declared()) {
                declared.labels().forEach((key, value) -> united.merge(key, value, (a, b) -> weaker(key, a, b)));
            }
        }
        if (!name.isEmpty()) {
            united.put(NAME_LABEL, name);
        }
        return united;
    }

    private static String weaker(String key, String a, String b) {
        if (!key.startsWith(POD_SECURITY)) {
            return a;
        }
        List<String> strongFirst = List.of("restricted", "baseline");
        int rankA = strongFirst.indexOf(a);
        int rankB = strongFirst.indexOf(b);
        if (rankA < 0 || rankB < 0) {
            return rankA < 0 ? a : b;
        }
        return rankA >= rankB ? a : b;
    }
}
