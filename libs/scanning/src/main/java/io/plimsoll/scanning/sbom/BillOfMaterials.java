package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.image.Layer;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.image.ResolvedImage;
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

    /** As if the image had been read, with the origin kept: of its files, layers and configuration nothing is known. */
    public ImageReport asReport() {
        return new ImageReport(
                origin(),
                subject,
                Optional.empty(),
                ImageConfig.NONE,
                Lineage.NONE,
                List.of(),
                catalogue(),
                List.of(),
                List.of());
    }

    /**
     * As the report of an image whose manifest was read and whose layers were not.
     *
     * @param how the bill came, after its format and tool
     */
    public ImageReport asReport(ResolvedImage image, String how) {
        return new ImageReport(
                origin() + ", " + how,
                image.name(),
                image.digest(),
                image.config(),
                Lineage.of(image.config(), image.annotations()),
                image.layers().stream().map(Layer::label).toList(),
                catalogue(),
                List.of(),
                List.of());
    }

    private String origin() {
        return format + (tools.isEmpty() ? "" : " by " + tools);
    }

    private Catalogue catalogue() {
        return new Catalogue(
                distribution,
                packages,
                0,
                0,
                List.of(),
                problems.stream()
                        .map(problem -> new Incompleteness("bill", problem))
                        .toList());
    }
}
