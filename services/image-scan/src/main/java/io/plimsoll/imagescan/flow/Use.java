package io.plimsoll.imagescan.flow;

import io.plimsoll.kernel.Subject;

/**
 * A container runs an image.
 *
 * @param subject the container, with whose it is and how it is reached
 * @param asked the reference that a registry is asked for: by the running digest where one was seen, else as written
 */
public record Use(Subject subject, Asked asked) {}
