package io.plimsoll.scanning.advisory;

import io.plimsoll.scanning.advisory.VersionRange.Event;
import io.plimsoll.scanning.advisory.VersionRange.Turn;
import io.plimsoll.scanning.version.NotAVersion;
import io.plimsoll.scanning.version.Version;
import io.plimsoll.scanning.version.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A range with its versions read and its events in order, as OSV's "Evaluation" algorithm goes through them. */
final class ReadyRange {

    /** @param version null is before all others, OSV's {@code "0"} */
    private record Step(Turn turn, @Nullable Version version, String text) {
        boolean isAtOrBefore(Version other) {
            return version == null || version.compareTo(other) <= 0;
        }
    }

    private final List<Step> steps;
    private final List<Step> limits;

    private final VersionScheme scheme;

    private ReadyRange(VersionScheme scheme, List<Step> steps, List<Step> limits) {
        this.scheme = scheme;
        this.steps = steps;
        this.limits = limits;
    }

    /** Empty when one of its versions cannot be read: nothing can then be said by it. */
    static Optional<ReadyRange> of(VersionRange range, VersionScheme scheme) {
        List<Step> steps = new ArrayList<>();
        List<Step> limits = new ArrayList<>();
        for (Event event : range.events()) {
            if (event.turn() == Turn.LIMIT && event.version().equals("*")) {
                continue;
            }
            boolean first = event.version().equals("0");
            switch (scheme.read(event.version())) {
                case Version version ->
                    (event.turn() == Turn.LIMIT ? limits : steps)
                            .add(new Step(event.turn(), first ? null : version, event.version()));
                case NotAVersion not -> {
                    return Optional.empty();
                }
            }
        }
        // Stable: of two events at one version the one published first comes first.
        steps.sort(Comparator.comparing(Step::version, Comparator.nullsFirst(Comparator.naturalOrder())));
        return Optional.of(new ReadyRange(scheme, List.copyOf(steps), List.copyOf(limits)));
    }

    VersionScheme scheme() {
        return scheme;
    }

    boolean holds(Version version) {
        if (!limits.isEmpty() && limits.stream().allMatch(limit -> limit.isAtOrBefore(version))) {
            return false;
        }
        boolean affected = false;
        for (Step step : steps) {
            switch (step.turn()) {
                case INTRODUCED -> affected = affected || step.isAtOrBefore(version);
                case FIXED -> affected = affected && !step.isAtOrBefore(version);
                case LAST_AFFECTED ->
                    affected = affected
                            && (step.version() != null && step.version().compareTo(version) >= 0);
                case LIMIT -> throw new IllegalStateException("limits are kept apart");
            }
        }
        return affected;
    }

    /** The first fix above the version. */
    Optional<String> fixAfter(Version version) {
        for (Step step : steps) {
            if (step.turn() == Turn.FIXED && !step.isAtOrBefore(version)) {
                return Optional.of(step.text());
            }
        }
        return Optional.empty();
    }
}
