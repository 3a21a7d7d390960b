package io.plimsoll.scanning.advisory;

import io.plimsoll.kernel.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One published record against one or more packages.
 *
 * @param id its publisher's name for it: {@code GHSA-jfh8-c2jp-5v3q}, {@code DSA-5055-1}
 * @param aliases other names of the same weakness, as published
 * @param upstream weaknesses it covers; a distributor's notice covers several
 * @param summary one line, cut to {@link #SUMMARY_MAX} characters; empty when none
 * @param severity the publisher's word, else by score; empty when neither is there
 * @param score a CVSS base score, 0.0 to 10.0 in tenths (98 is 9.8); -1 when there is none
 * @param vector the CVSS vector behind the score; empty when none
 * @param modified when it last changed; empty when not said
 * @param withdrawn it no longer stands
 * @param affected whom it concerns
 */
public record Advisory(
        String id,
        List<String> aliases,
        List<String> upstream,
        String summary,
        Optional<Severity> severity,
        int score,
        String vector,
        Optional<Instant> modified,
        boolean withdrawn,
        List<Affected> affected) {

    public static final int SUMMARY_MAX = 300;
    /** Other names of one advisory beyond which it is malformed. */
    public static final int NAMES_MAX = 2_000;

    public Advisory {
        if (id.isBlank() || id.length() > 200) {
            throw new IllegalArgumentException("an advisory has an id of at most 200 characters");
        }
        if (aliases.size() > NAMES_MAX || upstream.size() > NAMES_MAX) {
            throw new IllegalArgumentException("more than " + NAMES_MAX + " other names");
        }
        if (score < -1 || score > 100) {
            throw new IllegalArgumentException("not a CVSS score in tenths: " + score);
        }
        aliases = aliases.stream().distinct().sorted().toList();
        upstream = upstream.stream().distinct().sorted().toList();
        summary = summary.length() > SUMMARY_MAX ? summary.substring(0, SUMMARY_MAX) : summary;
        affected = List.copyOf(affected);
    }
}
