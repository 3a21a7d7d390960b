package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import java.util.List;
import java.util.Optional;

/**
 * What an image contains.
 *
 * @param distribution the operating system's; empty when the image says none
 * @param packages sorted by purl, one per purl
 * @param archives how many Java archives were met, nested ones counted
 * @param files how many files the image has
 * @param remnants what a running container rarely needs: shells, package managers, setuid files; sorted
 * @param incomplete what was not read; empty means the answer is whole
 */
public record Catalogue(
        Optional<Distribution> distribution,
        List<Package> packages,
        int archives,
        int files,
        List<Remnant> remnants,
        List<Incompleteness> incomplete) {
    public Catalogue {
        packages = List.copyOf(packages);
        remnants = List.copyOf(remnants);
        incomplete = List.copyOf(incomplete);
    }

    public boolean isComplete() {
        return incomplete.isEmpty();
    }
}
