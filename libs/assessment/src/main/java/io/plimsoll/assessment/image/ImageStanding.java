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
     * @param said what the registry's own policies say of it
     */
    record Read(
            String digest,
            Instant matched,
            Optional<Doubt> doubt,
            Optional<Critical> critical,
            String origin,
            Answer signature,
            Answer access,
            RegistrySays said)
            implements ImageStanding {}

    /**
     * What a registry says of an image beside giving it.
     *
     * @param governed whether it is settled who may pull and push, as far as the registry tells
     * @param report what the registry's own scanner reported last; empty when it tells of none
     * @param blocking the policy by which the registry gives out no image with a critical weakness; empty when there is none
     */
    record RegistrySays(Answer governed, Optional<Report> report, String blocking) {

        public static final RegistrySays NOTHING =
                new RegistrySays(new Answer.Open("who may pull and push is not told"), Optional.empty(), "");
    }

    /**
     * A registry's own scan.
     *
     * @param by whose it is, with whether it is done by policy
     * @param criticals how many critical weaknesses it names
     */
    record Report(Instant when, String by, int criticals) {}

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
