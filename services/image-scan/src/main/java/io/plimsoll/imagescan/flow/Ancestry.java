package io.plimsoll.imagescan.flow;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.match.BaseShare;
import io.plimsoll.scanning.match.ImageAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an image was built on, and what it would be as a base of others.
 *
 * @param chain of all its layers; empty when they are not known
 * @param created when it was made
 * @param found its weaknesses, at most {@link #FOUND_MAX}
 */
public record Ancestry(String chain, Optional<Instant> created, List<String> found, Optional<Base> base) {

    /** More of one image are not compared. */
    public static final int FOUND_MAX = 20_000;

    private static final int NAME_MAX = 1_000;

    /**
     * What it was built on.
     *
     * @param repository registry and name; empty when the base is not named
     * @param layers how many are its; -1 when nothing shows it
     */
    public record Base(
            String key,
            String repository,
            String name,
            String digest,
            Optional<Instant> created,
            int layers,
            List<String> found,
            List<String> fixable) {}

    static Ancestry of(ImageReport report, ImageAnswer answer) {
        TreeSet<String> found = new TreeSet<>();
        answer.packages().forEach(pack -> pack.findings().forEach(finding -> found.add(finding.vulnerability())));
        return new Ancestry(
                BaseShare.chain(report.layers()),
                report.lineage().created(),
                found.stream().limit(FOUND_MAX).toList(),
                report.lineage().base().map(base -> base(report, base, answer)));
    }

    private static Base base(ImageReport report, BaseImage base, ImageAnswer answer) {
        BaseShare share = BaseShare.of(report, base, answer);
        String name = bounded(base.name());
        return new Base(
                share.key(),
                repository(name),
                name,
                bounded(base.digest()),
                base.created(),
                base.layers(),
                share.found().stream().limit(FOUND_MAX).toList(),
                share.fixable().stream().limit(FOUND_MAX).toList());
    }

    /** As images are named everywhere here, so that a base and its repository meet. */
    private static String repository(String written) {
        ImageReference reference = ImageReference.of(written);
        return switch (reference.pin()) {
            case DIGEST, TAG, FLOATING -> reference.name();
            case BUILT, UNREADABLE -> "";
        };
    }

    private static String bounded(String text) {
        return text.length() > NAME_MAX ? text.substring(0, NAME_MAX) : text;
    }
}
