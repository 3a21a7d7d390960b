package io.plimsoll.imagescan.flow;

/**
 * An image reference on a platform: members of one index are different images.
 *
 * @param platform {@code os/architecture}
 */
public record Asked(String reference, String platform) {}
