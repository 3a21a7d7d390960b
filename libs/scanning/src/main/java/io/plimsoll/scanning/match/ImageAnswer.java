package io.plimsoll.scanning.match;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known against an image's packages.
 *
 * @param packages in the order asked
 * @param notices of the image as a whole, said out loud: a distribution past its support
 * @param gaps of feeds that only enrich: exploitation and likelihood
 */
public record ImageAnswer(List<PackageAnswer> packages, List<Gap> notices, List<Gap> gaps) {
    public ImageAnswer {
        packages = List.copyOf(packages);
        notices = List.copyOf(notices);
        gaps = List.copyOf(gaps);
    }

    /**
     * FOUND when anything is; else UNKNOWN when anything is; NOTHING_KNOWN only when every package was looked for, and there is
     * one: of an image in which none was found nothing is known.
     */
    public PackageAnswer.Outcome outcome() {
        boolean unknown = !notices.isEmpty() || packages.isEmpty();
        for (PackageAnswer answer : packages) {
            switch (answer.outcome()) {
                case FOUND -> {
                    return PackageAnswer.Outcome.FOUND;
                }
                case UNKNOWN -> unknown = true;
                case NOTHING_KNOWN, JUDGED_WITH_OWNER -> {}
            }
        }
        return unknown ? PackageAnswer.Outcome.UNKNOWN : PackageAnswer.Outcome.NOTHING_KNOWN;
    }

    /** Whether packages were not looked for, since a feed is missing, empty, stale or ends before them. */
    public boolean lacksFeeds() {
        return !notices.isEmpty()
                || packages.stream()
                        .flatMap(answer -> answer.gaps().stream())
                        .anyMatch(gap -> gap.reason().side() == Gap.Side.FEEDS);
    }

    /** Whether anything at all was left open. */
    public boolean hasGaps() {
        return !notices.isEmpty()
                || packages.stream().anyMatch(answer -> !answer.gaps().isEmpty());
    }

    /** How many packages have each gap. */
    public Map<Gap.Reason, Integer> gapCounts() {
        Map<Gap.Reason, Integer> counts = new TreeMap<>();
        for (PackageAnswer answer : packages) {
            answer.gaps().stream().map(Gap::reason).distinct().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        }
        return counts;
    }
}
