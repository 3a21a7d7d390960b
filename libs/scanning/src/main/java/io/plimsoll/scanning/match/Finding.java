package io.plimsoll.scanning.match;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.Standing;
import java.util.List;
import java.util.Optional;

/**
 * One weakness of one package, whatever number of advisories speak of it.
 *
 * @param vulnerability its CVE name, else the first of its other names
 * @param aliases its other names, sorted
 * @param advisories the records it was found by, sorted
 * @param severity the highest its advisories give; empty when none does
 * @param score the highest CVSS base score in tenths, -1 when there is none
 * @param fixedIn the version that mends it in this package's release; empty when none is published
 * @param standing what the publisher says beside versions
 * @param summary one line; may be empty
 */
public record Finding(
        String vulnerability,
        List<String> aliases,
        List<String> advisories,
        Optional<Severity> severity,
        int score,
        Optional<String> fixedIn,
        Standing standing,
        Exploitation exploitation,
        Optional<ExploitLikelihood> likelihood,
        String summary)
        implements Comparable<Finding> {

    public Finding {
        aliases = List.copyOf(aliases);
        advisories = List.copyOf(advisories);
    }

    /** Whether any of its names is {@code id}. */
    public boolean isCalled(String id) {
        return vulnerability.equals(id) || aliases.contains(id) || advisories.contains(id);
    }

    /** The same with another standing. */
    public Finding standing(Standing other) {
        return new Finding(
                vulnerability, aliases, advisories, severity, score, fixedIn, other, exploitation, likelihood, summary);
    }

    @Override
    public int compareTo(Finding other) {
        return vulnerability.compareTo(other.vulnerability);
    }
}
