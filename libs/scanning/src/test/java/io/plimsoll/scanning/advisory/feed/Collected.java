package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.AdvisorySink;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.KnownExploited;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a feed holds. */
final class Collected implements AdvisorySink {
    final List<Advisory> advisories = new ArrayList<>();
    final List<KnownExploited> exploited = new ArrayList<>();
    final List<ExploitLikelihood> likelihoods = new ArrayList<>();

    @Override
    public void advisory(Advisory advisory) {
        advisories.add(advisory);
    }

    @Override
    public void exploited(KnownExploited row) {
        exploited.add(row);
    }

    @Override
    public void likelihood(ExploitLikelihood row) {
        likelihoods.add(row);
    }
}
