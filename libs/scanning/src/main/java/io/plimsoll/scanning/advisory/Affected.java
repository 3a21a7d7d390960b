package io.plimsoll.scanning.advisory;

import java.util.List;

/**
 * Whom an advisory concerns: one package of one ecosystem, and in which versions.
 *
 * @param name in the ecosystem's canonical form
 * @param ranges versions between bounds; may be empty
 * @param versions versions listed one by one, beyond what the ranges hold; may be empty
 * @param module the RPM module stream it speaks of, {@code ruby:2.5}; empty for none
 */
public record Affected(
        Ecosystem ecosystem,
        String name,
        Standing standing,
        List<VersionRange> ranges,
        List<String> versions,
        String module) {

    public Affected {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an affected package has a name");
        }
        ranges = List.copyOf(ranges);
        versions = List.copyOf(versions);
    }
}
