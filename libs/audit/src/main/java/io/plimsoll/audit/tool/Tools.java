package io.plimsoll.audit.tool;

import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.estate.Delivery;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the security tools of a cluster and what they do. Pure, any thread. */
public final class Tools {

    /** How one demand is met. All of a signature's must be, so the weakest decides; of several signatures, the best. */
    private record Met(Effect effect, String why, Source source) {}

    private final Cluster cluster;
    private final ToolCatalogue catalogue;
    private final @Nullable Instant asOf;

    private Tools(Cluster cluster, ToolCatalogue catalogue, @Nullable Instant asOf) {
        this.cluster = cluster;
        this.catalogue = catalogue;
        this.asOf = asOf;
    }

    /**
     * The tools that run, by add-on id.
     *
     * @param asOf what the age of results is held against; null when no time is given
     */
    public static List<Tool> of(Cluster cluster, ToolCatalogue catalogue, @Nullable Instant asOf) {
        Map<String, AddOn> found = new TreeMap<>();
        Map<String, List<Workload>> workloads = new TreeMap<>();
        for (Workload workload : cluster.workloads()) {
            for (AddOn addOn : AddOnCatalogue.builtin().of(workload)) {
                if (ToolCatalogue.ROLES.contains(addOn.role())) {
                    found.put(addOn.id(), addOn);
                    workloads
                            .computeIfAbsent(addOn.id(), id -> new ArrayList<>())
                            .add(workload);
                }
            }
        }
        Tools tools = new Tools(cluster, catalogue, asOf);
        return found.values().stream()
                .map(addOn -> tools.tool(addOn, workloads.getOrDefault(addOn.id(), List.of())))
                .toList();
    }

    private Tool tool(AddOn addOn, List<Workload> workloads) {
        Workload first = workloads.getFirst();
        Met best = null;
        for (Signature signature : catalogue.of(addOn)) {
            Met met = met(signature, workloads);
            best = best == null || met.effect().compareTo(best.effect()) < 0 ? met : best;
        }
        if (best == null) {
            best = new Met(
                    Effect.UNKNOWN, "the catalogue does not say what would show that it has effect", first.source());
        }
        return new Tool(addOn, first.id(), best.effect(), best.why(), best.source());
    }

    private Met met(Signature signature, List<Workload> workloads) {
        List<Met> all = new ArrayList<>();
        if (!signature.rules().isEmpty()) {
            all.add(some(signature.rules(), "is a rule for it", "no rule for it among the objects given"));
        }
        if (!signature.results().isEmpty()) {
            all.add(results(signature));
        }
        if (!signature.reports().isEmpty()) {
            all.add(reports(signature));
        }
        if (signature.guardrails() != null) {
            all.add(guardrails(signature));
        }
        if (!signature.delivers().isEmpty()) {
            all.add(deliveries(signature.delivers()));
        }
        if (!signature.labels().isEmpty()) {
            all.add(labelled(signature.labels()));
        }
        if (signature.config()) {
            all.add(configured(workloads));
        }
        return all.stream()
                .reduce((a, b) -> b.effect().compareTo(a.effect()) > 0 ? b : a)
                .orElseThrow();
    }

    private static Met nothing(String why) {
        return new Met(Effect.PRESENT_ONLY, why, Source.NONE);
    }

    private Optional<Resource> first(Predicate<Resource> which) {
        return cluster.state().resources().stream().filter(which).findFirst();
    }

    private static boolean isOf(Resource resource, Set<String> kinds) {
        return kinds.contains(resource.kind() + "." + resource.group()) || kinds.contains("*." + resource.group());
    }

    private Met some(Set<String> kinds, String yes, String no) {
        return first(each -> isOf(each, kinds))
                .map(each -> new Met(Effect.EFFECTIVE, each.id() + " " + yes, each.source()))
                .orElseGet(() -> nothing(no));
    }

    private Met results(Signature signature) {
        String[] path = signature.time().toArray(String[]::new);
        Newest newest = new Newest();
        for (Resource each : cluster.state().resources()) {
            if (isOf(each, signature.results())) {
                newest.add(
                        each,
                        path.length == 0 ? null : Newest.instant(each.body().at(path)));
            }
        }
        return aged(newest, signature.daysMax(), "no result of it among the objects given");
    }

    private Met reports(Signature signature) {
        Newest newest = new Newest();
        for (Resource each : cluster.state().resources()) {
            if (each.kind().equals("PolicyReport")
                    || each.kind().equals("ClusterPolicyReport")
                    || each.is("Report", "openreports.io")
                    || each.is("ClusterReport", "openreports.io")) {
                for (Value result : each.body().items("results")) {
                    if (result.text("source").toLowerCase(java.util.Locale.ROOT).startsWith(signature.reports())) {
                        newest.add(each, Newest.seconds(result.at("timestamp", "seconds")));
                    }
                }
            }
        }
        return aged(newest, signature.daysMax(), "no policy report holds a result of it");
    }

    private Met aged(Newest newest, int daysMax, String none) {
        Resource result = newest.result();
        if (result == null) {
            return nothing(none);
        }
        Instant written = newest.written();
        if (daysMax == 0) {
            return new Met(Effect.EFFECTIVE, result.id() + " is a result of it", result.source());
        }
        if (written == null) {
            return new Met(Effect.UNKNOWN, result.id() + " is a result of it and does not say when", result.source());
        }
        if (asOf == null) {
            return new Met(
                    Effect.UNKNOWN,
                    "its newest result, " + result.id() + ", is of " + written
                            + ": give the time to judge by (--as-of)",
                    result.source());
        }
        long days = Math.max(0, java.time.Duration.between(written, asOf).toDays());
        return days <= daysMax
                ? new Met(
                        Effect.EFFECTIVE,
                        "its newest result, " + result.id() + ", is " + days + " day(s) old",
                        result.source())
                : new Met(
                        Effect.PRESENT_ONLY,
                        "its newest result, " + result.id() + ", is " + days + " days old, more than " + daysMax,
                        result.source());
    }

    private Met guardrails(Signature signature) {
        Met best = nothing("no rule of it binds anything");
        for (String namespace : cluster.guardrails().namespaces()) {
            for (Guardrail each : cluster.guardrails().rules(namespace)) {
                if (each.engine() != signature.guardrails()) {
                    continue;
                }
                Met met =
                        switch (each.status()) {
                            case EFFECTIVE, CONTRADICTED, NOT_DENYING ->
                                new Met(
                                        Effect.EFFECTIVE,
                                        each.policy() + " binds in namespace " + namespace + " ("
                                                + each.action().name().toLowerCase(java.util.Locale.ROOT) + ")",
                                        each.source());
                            case NOT_EVALUATED ->
                                new Met(
                                        Effect.UNKNOWN,
                                        each.policy() + " cannot be judged outside a cluster: " + each.why(),
                                        each.source());
                            case VACUOUS, EXCLUDED, NOT_BOUND -> nothing(each.policy() + " binds nothing");
                        };
                best = met.effect().compareTo(best.effect()) < 0 ? met : best;
            }
        }
        return best;
    }

    private Met deliveries(String group) {
        return Delivery.of(cluster.state()).stream()
                .filter(each -> each.by().group().endsWith(group) && each.keeps())
                .findFirst()
                .map(each -> new Met(Effect.EFFECTIVE, each.by() + " keeps what it deploys as declared", each.source()))
                .orElseGet(() -> nothing("nothing of it keeps what it deploys as declared"));
    }

    private Met labelled(Set<String> labels) {
        return first(each -> each.is("Namespace", "")
                        && each.labels().entrySet().stream()
                                .anyMatch(label -> labels.contains(label.getKey() + "=" + label.getValue())))
                .map(each -> new Met(Effect.EFFECTIVE, each.id() + " takes part in it", each.source()))
                .orElseGet(() -> nothing("no namespace takes part in it"));
    }

    private Met configured(List<Workload> workloads) {
        for (Workload workload : workloads) {
            for (PodTemplate template : workload.templates()) {
                for (Value volume : template.spec().items("volumes")) {
                    String map = volume.at("configMap", "name").text().orElse("");
                    Resource found = map.isEmpty() ? null : cluster.find("ConfigMap", workload.namespace(), map);
                    if (found != null
                            && (found.identityOnly()
                                    || !found.body().at("data").fields().isEmpty())) {
                        return new Met(Effect.EFFECTIVE, found.id() + " configures it", found.source());
                    }
                }
            }
        }
        return nothing("no configuration of it among the objects given");
    }
}
