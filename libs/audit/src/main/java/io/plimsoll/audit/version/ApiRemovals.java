package io.plimsoll.audit.version;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which release stops serving which API. Immutable, any thread. */
public final class ApiRemovals {

    /**
     * One API that is or will be gone.
     *
     * @param removedIn empty when no release is named yet
     * @param replacement {@code apiVersion} to write instead; empty when there is none
     */
    public record Removal(
            String apiVersion,
            String kind,
            Optional<KubernetesVersion> deprecatedIn,
            Optional<KubernetesVersion> removedIn,
            String replacement) {}

    private final Map<String, Removal> removals = new HashMap<>();

    private ApiRemovals(List<String[]> rows) {
        for (String[] row : rows) {
            Removal removal = new Removal(
                    row[0], row[1], KubernetesVersion.parse(row[2]), KubernetesVersion.parse(row[3]), row[4]);
            removals.put(row[0] + " " + row[1], removal);
        }
    }

    static ApiRemovals builtin() {
        return new ApiRemovals(Table.rows("api-removals.tsv", 5));
    }

    /** Empty when nothing is known to end. */
    public Optional<Removal> of(String apiVersion, String kind) {
        return Optional.ofNullable(removals.get(apiVersion + " " + kind));
    }
}
