package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether products of statements are in an image, and are a package of it. */
final class VexScope {
    private final VexImage image;
    private final List<Package> packages;

    VexScope(VexImage image, List<Package> packages) {
        this.image = image;
        this.packages = packages;
    }

    /** Whether the products together cover every place the package was seen at. */
    boolean covers(List<VexProduct> products, Package pack) {
        List<VexProduct> about =
                products.stream().filter(product -> isAbout(product, pack)).toList();
        return pack.occurrences().stream()
                .allMatch(occurrence -> about.stream().anyMatch(product -> isAt(product.path(), occurrence)));
    }

    private boolean isAbout(VexProduct product, Package pack) {
        if (!product.within().isEmpty() && product.within().stream().noneMatch(this::isHere)) {
            return false;
        }
        if (product.isImage()) {
            return isHere(product);
        }
        boolean versioned =
                product.versions().isEmpty() || product.versions().get().holds(pack.fullVersion());
        return versioned && (product.purl().isEmpty() || isOf(product.purl().get(), pack));
    }

    private static boolean isAt(String path, Occurrence occurrence) {
        return path.isEmpty()
                || occurrence.path().equals(path)
                || occurrence.path().startsWith(path + "!/")
                || occurrence.path().startsWith(path.endsWith("/") ? path : path + "/");
    }

    private boolean isHere(VexProduct product) {
        if (product.isImage()) {
            return product.purl().filter(this::isImage).isPresent();
        }
        return packages.stream().anyMatch(pack -> isAbout(product, pack));
    }

    /** By digest where it is given, else by the repository: a name alone is any image of that name. */
    private boolean isImage(Purl purl) {
        String repository = purl.qualifier("repository_url");
        boolean digested =
                purl.version().startsWith("sha256:") || purl.version().startsWith("sha512:");
        if (digested) {
            return purl.version().equals(image.digest());
        }
        if (!purl.version().isEmpty() || image.repository().isEmpty()) {
            // A tag moves; a statement by tag cannot be held against a digest.
            return false;
        }
        return repository.isEmpty()
                ? image.repository().equals(purl.fullName())
                        || image.repository().endsWith("/" + purl.fullName())
                : image.repository().equals(repository);
    }

    private boolean isOf(Purl stated, Package pack) {
        boolean source = stated.qualifier("arch").equals("source")
                || stated.qualifier("arch").equals("src");
        Optional<SourcePackage> from = source ? pack.source() : Optional.empty();
        String name = from.map(SourcePackage::name).orElse(pack.name());
        String version = from.map(SourcePackage::version)
                .filter(found -> !found.isEmpty())
                .orElse(pack.version());
        if (!stated.type().equals(pack.purl().type())
                || !stated.namespace().equals(pack.namespace())
                || !stated.name().equals(name)) {
            return false;
        }
        if (!stated.version().isEmpty()
                && !stated.version().equals(version)
                && !stated.version().equals(pack.fullVersion())) {
            return false;
        }
        for (Map.Entry<String, String> qualifier : stated.qualifiers().entrySet()) {
            if (!(source && qualifier.getKey().equals("arch")) && !holds(qualifier, pack)) {
                return false;
            }
        }
        return true;
    }

    /** A distribution is called by codename ({@code jammy}) as often as by release ({@code ubuntu-22.04}). */
    private boolean holds(Map.Entry<String, String> qualifier, Package pack) {
        String own = pack.purl().qualifier(qualifier.getKey());
        if (qualifier.getKey().equals("distro")) {
            return own.equals(qualifier.getValue())
                    || image.distribution()
                            .filter(distribution -> distribution.codename().equals(qualifier.getValue())
                                    || distribution.qualifier().equals(qualifier.getValue()))
                            .isPresent();
        }
        return own.equals(qualifier.getValue());
    }
}
