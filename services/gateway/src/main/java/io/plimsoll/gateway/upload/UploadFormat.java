package io.plimsoll.gateway.upload;

import java.util.Locale;
import java.util.Optional;

/** How a body of manifests is written. */
public enum UploadFormat {
    /** One file of YAML or JSON documents. */
    FILE,
    /** A tar archive. */
    TAR,
    /** A tar archive in gzip (RFC 1952). */
    TAR_GZIP;

    /** By media type, parameters aside; empty for one that is not read. */
    public static Optional<UploadFormat> ofMediaType(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String type = (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/yaml", "application/x-yaml", "text/yaml", "application/json" -> Optional.of(FILE);
            case "application/x-tar", "application/tar" -> Optional.of(TAR);
            case "application/gzip", "application/x-gzip", "application/x-tar+gzip", "application/tar+gzip" ->
                Optional.of(TAR_GZIP);
            default -> Optional.empty();
        };
    }
}
