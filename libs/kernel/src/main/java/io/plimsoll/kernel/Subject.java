package io.plimsoll.kernel;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a control is asked of, with everything the stage model selects by.
 *
 * @param team name of the owning team, empty when nobody is named
 * @param application the application it belongs to, empty for platform parts and cluster-wide objects
 * @param image of an image: every reference declared for it, separated by spaces; empty for all others
 * @param flags further traits the model selects by, for instance {@code long-running}; sorted
 */
public record Subject(
        SubjectId id,
        String team,
        String application,
        Tier tier,
        Exposure exposure,
        Lifecycle lifecycle,
        Set<String> flags,
        String image,
        Source source)
        implements Comparable<Subject> {

    /** Runs until told to stop: not a Job, not a CronJob. */
    public static final String LONG_RUNNING = "long-running";
    /** A namespace that holds at least one application workload. */
    public static final String APPLICATION_NAMESPACE = "application-namespace";
    /** Holds (namespace, cluster) or leads to (entry) a workload that counts as exposed. */
    public static final String HOLDS_EXPOSED = "holds-exposed";

    public Subject {
        flags = java.util.Collections.unmodifiableSet(new TreeSet<>(flags));
    }

    /** A subject that is no image. */
    public Subject(
            SubjectId id,
            String team,
            String application,
            Tier tier,
            Exposure exposure,
            Lifecycle lifecycle,
            Set<String> flags,
            Source source) {
        this(id, team, application, tier, exposure, lifecycle, flags, "", source);
    }

    /** A subject that stands in no namespace and belongs to no team: the organisation, a cluster, a policy, a node. */
    public static Subject ofEstate(SubjectId id, Set<String> flags, Source source) {
        return new Subject(id, "", "", Tier.PLATFORM, Exposure.NONE, Lifecycle.UNSTATED, flags, source);
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    @Override
    public int compareTo(Subject other) {
        return id.compareTo(other.id);
    }
}
