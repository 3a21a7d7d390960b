package io.plimsoll.audit.version;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long upstream mends each release. Immutable, any thread. */
public final class SupportWindows {

    private final Map<String, LocalDate> ends = new HashMap<>();
    private KubernetesVersion oldest = KubernetesVersion.of("999.0");
    private KubernetesVersion newest = KubernetesVersion.of("0.0");

    private SupportWindows() {
        for (String[] row : Table.rows("support-windows.tsv", 2)) {
            KubernetesVersion version = KubernetesVersion.of(row[0]);
            ends.put(version.release(), LocalDate.parse(row[1]));
            oldest = version.compareTo(oldest) < 0 ? version : oldest;
            newest = version.compareTo(newest) > 0 ? version : newest;
        }
    }

    static SupportWindows builtin() {
        return new SupportWindows();
    }

    /** Last day of support; empty for a release that is not listed. */
    public Optional<LocalDate> end(KubernetesVersion version) {
        return Optional.ofNullable(ends.get(version.release()));
    }

    /** Older than every release listed, all of which have ended. */
    public boolean beforeAll(KubernetesVersion version) {
        return version.compareTo(oldest) < 0;
    }

    /** The newest release listed: what an audit assumes that is told nothing. */
    public KubernetesVersion newest() {
        return newest;
    }
}
