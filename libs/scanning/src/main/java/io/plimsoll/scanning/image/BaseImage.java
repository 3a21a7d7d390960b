package io.plimsoll.scanning.image;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The image this one was built on.
 *
 * @param name as the builder wrote it ({@code org.opencontainers.image.base.name}); empty when not said
 * @param digest of its manifest ({@code org.opencontainers.image.base.digest}); empty when not said
 * @param layers how many of the lowest layers are its, by the history; -1 when the history does not show it
 * @param created when its last instruction was run, by the history; empty when not shown
 * @param evidence the strongest there is
 */
public record BaseImage(String name, String digest, int layers, Optional<Instant> created, Evidence evidence) {

    /** What says so, the surest first. */
    public enum Evidence {
        /** The manifest's annotations, written by the builder. */
        ANNOTATION,
        /** Labels, which a later build may have inherited. */
        LABEL,
        /** An instruction that ends images, with further layers above it: there was an image, whose name is not known. */
        HISTORY
    }

    private static final String NAME = "org.opencontainers.image.base.name";
    private static final String DIGEST = "org.opencontainers.image.base.digest";
    private static final Pattern ENDS =
            Pattern.compile("^(?:/bin/sh -c )?(?:#\\(nop\\)\\s+)?(?:CMD|ENTRYPOINT)\\b", Pattern.CASE_INSENSITIVE);

    /** Empty when nothing says that there was one. */
    static Optional<BaseImage> of(ImageConfig config, java.util.Map<String, String> annotations) {
        int end = end(config.history());
        int layers = 0;
        for (int i = 0; i <= end; i++) {
            layers += config.history().get(i).emptyLayer() ? 0 : 1;
        }
        Optional<Instant> created = end < 0
                ? Optional.empty()
                : Lineage.time(config.history().get(end).created());
        int shown = end < 0 ? -1 : layers;
        if (annotations.containsKey(NAME) || annotations.containsKey(DIGEST)) {
            return Optional.of(named(
                    annotations.getOrDefault(NAME, ""),
                    annotations.getOrDefault(DIGEST, ""),
                    shown,
                    created,
                    Evidence.ANNOTATION));
        }
        if (config.labels().containsKey(NAME) || config.labels().containsKey(DIGEST)) {
            return Optional.of(named(
                    config.labels().getOrDefault(NAME, ""),
                    config.labels().getOrDefault(DIGEST, ""),
                    shown,
                    created,
                    Evidence.LABEL));
        }
        return end < 0 ? Optional.empty() : Optional.of(named("", "", shown, created, Evidence.HISTORY));
    }

    private static BaseImage named(
            String name, String digest, int layers, Optional<Instant> created, Evidence evidence) {
        return new BaseImage(name, digest, layers, created, evidence);
    }

    /** The last CMD or ENTRYPOINT that a layer follows: an image ended there and another was built on it; -1 for none. */
    private static int end(List<ImageConfig.Step> history) {
        boolean layerAbove = false;
        for (int i = history.size() - 1; i >= 0; i--) {
            ImageConfig.Step step = history.get(i);
            if (!step.emptyLayer()) {
                layerAbove = true;
            } else if (layerAbove && ENDS.matcher(step.createdBy()).find()) {
                return i;
            }
        }
        return -1;
    }
}
