package io.plimsoll.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A project of Harbor (its API 2.0, ProjectMetadata).
 *
 * @param isPublic anybody can pull
 * @param scansOnPush {@code auto_scan}
 * @param refuses {@code severity} of {@code prevent_vul}: images with a weakness of this severity or a higher one are given to nobody; empty where
 *     it is not set
 * @param demandsSignature cosign's or Notary's content trust
 * @param members empty when the client may not list them
 * @param robots that may pull or push here and are not disabled, those of the whole system included; empty when the client may not list them
 */
public record HarborProject(
        String name,
        boolean isPublic,
        boolean scansOnPush,
        Optional<String> refuses,
        boolean demandsSignature,
        Optional<List<Member>> members,
        Optional<List<Robot>> robots) {

    private static final Set<String> SEVERITIES = Set.of("none", "low", "medium", "high", "critical");

    public HarborProject {
        members = members.map(List::copyOf);
        robots = robots.map(List::copyOf);
    }

    /** Whether no image with a critical weakness is given out, nor one that was not scanned. */
    public boolean refusesCriticals() {
        return refuses.filter(SEVERITIES::contains).isPresent();
    }

    /** A person, or a group of them. */
    public record Member(String name, boolean isGroup, boolean pushes) {}

    /**
     * A robot account.
     *
     * @param elsewhere whether it may pull from or push to other projects as well
     * @param expires empty for never
     */
    public record Robot(String name, boolean pulls, boolean pushes, boolean elsewhere, Optional<Instant> expires) {

        public boolean isValid(Instant now) {
            return expires.isEmpty() || expires.get().isAfter(now);
        }
    }
}
