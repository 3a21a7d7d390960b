package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.image.ImageStanding;
import java.time.Instant;
import java.util.Optional;

/**
 * What the tables say of a reference on a platform, for one application.
 *
 * @param digest it leads to; empty while unknown
 * @param reason why the last attempt failed, {@link NotRead#PENDING} before the first; empty when it succeeded
 * @param detail in a sentence
 * @param provenance what an attached provenance says; empty when there is none
 * @param said what its registry says of it
 * @param contents what is in it; empty until it was read and matched
 */
public record Known(
        Optional<String> digest,
        String reason,
        String detail,
        ImageStanding.Answer access,
        ImageStanding.Answer signature,
        String provenance,
        ImageStanding.RegistrySays said,
        Optional<Contents> contents) {

    /**
     * What is in an image.
     *
     * @param critical the critical weakness with a fix that this application has had longest
     * @param origin what the image itself says of where it was built from; empty when it says nothing
     */
    public record Contents(
            Instant matched,
            Optional<ImageStanding.Doubt> doubt,
            Optional<ImageStanding.Critical> critical,
            String origin) {}

    /** What that means for whoever runs it. */
    public ImageStanding standing(boolean pinned) {
        if (contents.isPresent() && digest.isPresent()) {
            Contents in = contents.get();
            String origin = provenance.isEmpty() ? in.origin() : provenance;
            return new ImageStanding.Read(
                    digest.get(), in.matched(), in.doubt(), in.critical(), origin, signature, access, said);
        }
        if (reason.isEmpty() || reason.equals(NotRead.PENDING.slug())) {
            return new ImageStanding.Pending("it waits to be read");
        }
        String why = reason + ": " + detail;
        return digest.isEmpty() && !pinned ? new ImageStanding.Unresolved(why) : new ImageStanding.Failed(why);
    }
}
