package io.plimsoll.scanning.image;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Where an image comes from, as far as it says: OCI image specification, "Pre-Defined Annotation Keys", of the manifest or
 * else the configuration's labels.
 *
 * @param created when it was made; empty when not said, or when a reproducible build wrote a time before there were images
 * @param source of its code, as a URL; empty when not said
 * @param revision of its code; empty when not said
 * @param base the image it was built on; empty when nothing shows one
 */
public record Lineage(Optional<Instant> created, String source, String revision, Optional<BaseImage> base) {

    /** Nothing is known. */
    public static final Lineage NONE = new Lineage(Optional.empty(), "", "", Optional.empty());

    private static final String PREFIX = "org.opencontainers.image.";
    /** The first release of Docker; earlier times are zeroes. */
    private static final Instant FIRST_IMAGES = Instant.parse("2013-03-01T00:00:00Z");

    /** @param annotations of the manifest */
    public static Lineage of(ImageConfig config, Map<String, String> annotations) {
        return new Lineage(
                time(config.created()).or(() -> time(said("created", config, annotations))),
                said("source", config, annotations),
                said("revision", config, annotations),
                BaseImage.of(config, annotations));
    }

    private static String said(String key, ImageConfig config, Map<String, String> annotations) {
        String annotated = annotations.getOrDefault(PREFIX + key, "");
        return annotated.isEmpty() ? config.labels().getOrDefault(PREFIX + key, "") : annotated;
    }

    static Optional<Instant> time(String written) {
        try {
            Instant read = OffsetDateTime.parse(written).toInstant();
            return read.isBefore(FIRST_IMAGES) ? Optional.empty() : Optional.of(read);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
