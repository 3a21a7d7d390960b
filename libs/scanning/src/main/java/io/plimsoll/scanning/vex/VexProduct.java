package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.pack.Purl;
import java.util.List;
import java.util.Optional;

/**
 * What a statement is about: a package, a path, or an image. All that is said must hold.
 *
 * @param purl a package, or an image by {@code pkg:oci/…@sha256:…}; without a version every version is meant
 * @param path absolute in the image; what lies inside that archive or folder is meant too; empty when not said
 * @param versions versions by constraint, {@code vers:maven/>=2.0|<2.3.1} (VERS); empty for all
 * @param within the products this one must be part of, any of them; empty for wherever it is
 */
public record VexProduct(
        Optional<Purl> purl, String path, Optional<VersionConstraint> versions, List<VexProduct> within) {
    public VexProduct {
        within = List.copyOf(within);
        if (purl.isEmpty() && path.isEmpty()) {
            throw new IllegalArgumentException("a product is a purl, a path or both");
        }
    }

    static VexProduct of(Purl purl) {
        return new VexProduct(Optional.of(purl), "", Optional.empty(), List.of());
    }

    VexProduct inside(List<VexProduct> products) {
        return new VexProduct(purl, path, versions, products);
    }

    boolean isImage() {
        return purl.isPresent()
                && (purl.get().type().equals("oci") || purl.get().type().equals("docker"));
    }
}
