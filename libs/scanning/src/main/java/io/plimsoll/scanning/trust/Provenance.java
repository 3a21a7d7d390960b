package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.Node;
import java.util.Optional;

/**
 * How an image was made, by SLSA's provenance 0.2 or 1.
 *
 * @param builder who made it; empty when not said
 * @param source where its source is, as a URI; empty when not said
 * @param revision the commit; empty when not said
 */
public record Provenance(String builder, String source, String revision) {

    private static final String VCS = "https://mobyproject.org/buildkit@v1#metadata";

    /** Empty for a predicate that is no provenance. */
    static Optional<Provenance> of(String predicateType, Node predicate) {
        if (predicateType.startsWith("https://slsa.dev/provenance/v1")) {
            Node definition = predicate.get("buildDefinition");
            Node workflow = definition.get("externalParameters").get("workflow");
            Node first = definition.get("resolvedDependencies").items().stream()
                    .findFirst()
                    .orElse(Node.ABSENT);
            return Optional.of(new Provenance(
                    predicate.get("runDetails").get("builder").text("id"),
                    either(
                            workflow.text("repository"),
                            either(definition.get("externalParameters").text("source"), first.text("uri"))),
                    either(
                            first.get("digest").text("gitCommit"),
                            first.get("digest").text("sha1"))));
        }
        if (predicateType.startsWith("https://slsa.dev/provenance/v0.")) {
            Node configured = predicate.get("invocation").get("configSource");
            Node vcs = predicate.get("metadata").get(VCS).get("vcs");
            return Optional.of(new Provenance(
                    predicate.get("builder").text("id"),
                    either(vcs.text("source"), configured.text("uri")),
                    either(vcs.text("revision"), configured.get("digest").text("sha1"))));
        }
        return Optional.empty();
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }
}
