package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.version.VersionScheme;
import java.util.List;

/**
 * A package as feeds speak of it.
 *
 * @param ecosystem whose advisories decide
 * @param streams side streams of the same release whose fixes count too, and paid ones whose advisories do
 * @param names all names it is spoken of by: the source package's first, then its own where feeds use it
 * @param version as {@code scheme} writes it
 * @param module the RPM module stream, {@code ruby:2.5}; empty for none
 * @param modular it is from some module, said or not
 */
record Subject(
        Ecosystem ecosystem,
        List<Ecosystem> streams,
        List<String> names,
        String version,
        VersionScheme scheme,
        String module,
        boolean modular) {

    Subject {
        streams = List.copyOf(streams);
        names = List.copyOf(names);
    }
}
