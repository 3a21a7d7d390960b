package io.plimsoll.networksegmentation.flow;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.suggest.Form;
import io.plimsoll.segmentation.suggest.PolicyText;
import io.plimsoll.segmentation.suggest.Suggestions;
import java.util.List;

/** Least-privilege policies: those of {@code plimsoll suggest} for the same objects. */
public final class ListSuggestions {

    /** One policy and its YAML document. */
    public record Row(ResourceId id, String yaml) {}

    /**
     * A page.
     *
     * @param all what the page is part of
     */
    public record Suggested(Rows.Page<Row> page, Suggestions all) {}

    private ListSuggestions() {}

    /**
     * Policies in the order of namespace and workload.
     *
     * @param namespace only policies of it; empty for all
     * @param workloadsMax beyond which nothing is suggested
     * @throws ProblemException of {@link Problem#TOO_LARGE} beyond it
     */
    public static Suggested page(
            SeenCluster cluster,
            Form form,
            String namespace,
            int workloadsMax,
            Rows.Position from,
            int size,
            SharedWork shared) {
        if (cluster.peers().size() > workloadsMax) {
            throw new ProblemException(
                            Problem.TOO_LARGE,
                            "policies are suggested and proven for clusters of up to " + workloadsMax
                                    + " workloads; this one has "
                                    + cluster.peers().size() + ": plimsoll suggest does it on its own machine")
                    .over(workloadsMax + " workloads");
        }
        Suggestions all = cluster.suggestions(form, shared);
        List<Row> rows = all.policies().stream()
                .filter(policy -> namespace.isEmpty()
                        || policy.at("metadata").text("namespace").equals(namespace))
                .map(policy -> row(cluster, policy))
                .toList();
        return new Suggested(Rows.page(rows, from, size), all);
    }

    /** @param policy a manifest of apiVersion, kind and metadata at least */
    public static Row row(SeenCluster cluster, Value policy) {
        return new Row(id(cluster, policy), PolicyText.of(policy));
    }

    private static ResourceId id(SeenCluster cluster, Value policy) {
        String version = policy.text("apiVersion");
        Value metadata = policy.at("metadata");
        return new ResourceId(
                cluster.snapshot().cluster(),
                version.substring(0, Math.max(0, version.indexOf('/'))),
                policy.text("kind"),
                metadata.text("namespace"),
                metadata.text("name"));
    }
}
