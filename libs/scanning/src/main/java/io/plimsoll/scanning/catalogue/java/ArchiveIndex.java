package io.plimsoll.scanning.catalogue.java;

import io.plimsoll.scanning.pack.Purl;
import java.util.Optional;

/** Known Java archives by checksum, from a repository's index, if one is given. */
@FunctionalInterface
public interface ArchiveIndex {
    /** No index: checksums are not even computed. */
    ArchiveIndex NONE = sha1 -> Optional.empty();

    /** The artifact whose archive has this SHA-1, 40 lower-case digits. */
    Optional<Purl> artifact(String sha1);
}
