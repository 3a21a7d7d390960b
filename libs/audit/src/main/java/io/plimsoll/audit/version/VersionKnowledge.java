package io.plimsoll.audit.version;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is known of Kubernetes' releases. Immutable, any thread. */
public record VersionKnowledge(ApiRemovals removals, SupportWindows windows, VulnerabilityFeed vulnerabilities) {

    private static final class Builtin {
        static final VersionKnowledge KNOWLEDGE =
                new VersionKnowledge(ApiRemovals.builtin(), SupportWindows.builtin(), VulnerabilityFeed.of(records()));

        private static List<Vulnerability> records() {
            List<Vulnerability> records = new ArrayList<>();
            for (String[] row : Table.rows("vulnerabilities.tsv", 4)) {
                List<VersionRange> ranges = new ArrayList<>();
                for (String range : row[2].split("\\|\\|")) {
                    ranges.add(VersionRange.of(range));
                }
                records.add(new Vulnerability(
                        row[0],
                        row[1].isEmpty() ? Set.of() : Set.of(row[1].split(",")),
                        ranges,
                        row[3].isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(row[3]))));
            }
            return records;
        }
    }

    /** What this build knows, read when first asked. */
    public static VersionKnowledge builtin() {
        return Builtin.KNOWLEDGE;
    }

    /** The same with other vulnerabilities. */
    public VersionKnowledge with(VulnerabilityFeed feed) {
        return new VersionKnowledge(removals, windows, feed);
    }
}
