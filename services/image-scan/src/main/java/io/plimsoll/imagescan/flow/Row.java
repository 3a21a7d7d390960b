package io.plimsoll.imagescan.flow;

import java.time.Instant;
import java.util.Optional;

/**
 * One image reference, as it is told.
 *
 * @param reason why it was not read, empty when it was
 * @param doubt why nothing found would be no answer; empty when it would
 * @param governed whether it is settled who may pull and push, with the registry's blocking policy, in sentences
 * @param bill the bill its packages are known from; empty when its layers were read
 * @param users how many containers that the caller may see run it
 */
public record Row(
        Asked asked,
        String digest,
        String reason,
        String detail,
        Optional<Instant> scanned,
        String missing,
        Optional<Instant> matched,
        String doubt,
        Counts counts,
        String origin,
        String access,
        String signature,
        String governed,
        String bill,
        int users) {

    /** Weaknesses by severity, each name once; all zero before the image was matched. */
    public record Counts(int critical, int high, int medium, int low, int fixable) {}
}
