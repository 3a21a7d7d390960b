package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.pack.Distribution;
import java.util.Optional;

/**
 * The image a statement may name.
 *
 * @param digest of its manifest, {@code sha256:…}; empty when not known, then no statement about an image by digest holds
 * @param repository without registry's tag: {@code registry.example.org/team/app}; empty when not known
 */
public record VexImage(String digest, String repository, Optional<Distribution> distribution) {}
