package io.plimsoll.assessment.image;

import java.time.Instant;
import java.util.Optional;

/** What is known of one image reference on one platform. */
public sealed interface ImageStanding {

    /** Nobody is connected who could know: nothing is said, and the gate names the connector it needs. */
    record NotConnected() implements ImageStanding {}

    /** The reference leads to no digest. */
    record Unresolved(String why) implements ImageStanding {}

    /** It waits for its turn, or is being read. */
    record Pending(String why) implements ImageStanding {}

    /** It was tried and cannot be read. */
    record Failed(String why) implements ImageStanding {}

    /**
     * It was read.
     *
     * @param digest of its manifest
     * @param matched when its packages were last compared with the feeds
     * @param doubt why the comparison does not settle what is in it; empty when it does
     * @param critical the critical weakness with a fix that was known first; empty when none is known
     * @param origin where it was built from, in a few words; empty when it does not say
     */
    record Read(
            String digest,
            Instant matched,
            Optional<Doubt> doubt,
            Optional<Critical> critical,
            String origin,
            Answer signature,
            Answer access)
            implements ImageStanding {}

    /** A weakness that should be gone. */
    record Critical(String vulnerability, Instant since) {}

    /** Why nothing found is no answer. */
    sealed interface Doubt {
        String why();

        /** A feed is missing, stale, or does not reach what is in the image. */
        record Feeds(String why) implements Doubt {}

        /** A part of the image was not read. */
        record Parts(String why) implements Doubt {}
    }

    /** A yes, a no, or neither, each with a sentence. */
    sealed interface Answer {
        String how();

        record Yes(String how) implements Answer {}

        record No(String how) implements Answer {}

        /** Nobody asked, or nobody answered. */
        record Open(String how) implements Answer {}
    }
}
