package io.plimsoll.imagescan.flow;

import java.util.Set;

/**
 * Whose images are shown.
 *
 * @param all everybody's, and those nobody runs
 * @param teams else those that these teams run
 */
public record Sight(boolean all, Set<String> teams) {
    public Sight {
        teams = Set.copyOf(teams);
    }
}
