package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.image.ImageStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What waits to be read: exposed first, then what was asked for by name, then in the order it came. One row is one reader's at a time. */
public interface ReadingQueue {

    /**
     * A turn.
     *
     * @param attempts how many there were before that failed
     */
    record Turn(Asked asked, int attempts) {}

    /** What a reference leads to, and what its registry says of it. */
    record Resolved(
            String digest,
            ImageStanding.Answer access,
            ImageStanding.Answer signature,
            String provenance,
            ImageStanding.RegistrySays said) {}

    /** Whether a digest is to be read. */
    enum Claim {
        /** By whoever asked. */
        MINE,
        /** It was read before. */
        READ,
        /** Somebody else reads it. */
        TAKEN
    }

    /** @param most how long the turn stays with who takes it; who is silent longer has lost it */
    Optional<Turn> next(Duration most);

    /** Pull secrets that those who run it name, {@code cluster/namespace/name}; at most 100. */
    List<String> secrets(Asked asked);

    /** Whether the digest is to be read now. */
    Claim claim(String digest, String platform, String name, Duration most);

    /**
     * The image was read.
     *
     * @param report as kept
     * @param missing the first part that was not read; empty when all was
     */
    void read(String digest, byte[] report, String missing, String origin, Instant when);

    /** @param again when to look at it next */
    void done(Asked asked, Resolved resolved, Instant again);

    /** @param digest what it led to as far as that was found out; empty keeps what was known */
    void failed(Asked asked, Optional<String> digest, NotRead reason, String detail, Instant again);

    /** The turn is given back, uncounted. */
    void later(Asked asked, Instant again);

    /**
     * An image to be matched.
     *
     * @param name of the repository it was first read from; empty when it was not
     */
    record Unmatched(String digest, String name, byte[] report, String missing) {}

    /**
     * Images that were matched with other feeds, or longer ago; each is the caller's until the time is over.
     *
     * @param feeds the present ones
     */
    List<Unmatched> unmatched(String feeds, Instant before, int most, Duration mine);

    /** What matching found of one image. */
    record Found(String digest, Matched matched) {}

    /** What matching found, of several images at once. */
    void matched(String feeds, Instant when, List<Found> found);

    /** How many wait for their turn now. */
    int waiting();

    /** Of which the last attempt failed. */
    int failing();
}
