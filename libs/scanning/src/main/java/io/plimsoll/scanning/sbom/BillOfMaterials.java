package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import java.util.List;
import java.util.Optional;

/**
 * Somebody else's word on what an image contains.
 *
 * @param format {@code CycloneDX 1.6}, {@code SPDX-2.3}: its origin, shown wherever its packages are
 * @param tools who made it, as written; empty when not said
 * @param subject the image it speaks of, empty when not said
 * @param packages sorted, one per purl
 * @param problems what was left out and why, a sentence each, at most 100
 */
public record BillOfMaterials(
        String format,
        String tools,
        String subject,
        Optional<Distribution> distribution,
        List<Package> packages,
        List<String> problems) {
    public BillOfMaterials {
        packages = List.copyOf(packages);
        problems = List.copyOf(problems);
    }
}
