package io.plimsoll.scanning.advisory;

import java.io.IOException;

/** Takes what a feed holds, in the feed's order; implemented by the index writer. */
public interface AdvisorySink {

    void advisory(Advisory advisory) throws IOException;

    void exploited(KnownExploited row) throws IOException;

    void likelihood(ExploitLikelihood row) throws IOException;
}
