package io.plimsoll.scanning;

import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.catalogue.Cataloguer;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.configuration.ConfigurationChecks;
import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.image.FileVisitor;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.image.Layer;
import io.plimsoll.scanning.image.LayeredFiles;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.image.ResolvedImage;
import io.plimsoll.scanning.secret.Secret;
import io.plimsoll.scanning.secret.SecretFinder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The front door: an image's bytes in, what it contains out. Each layer is read once, as a stream; nothing is written.
 * The same bytes give the same report, unless time runs out.
 *
 * @param limits bounds of what is read
 * @param expired asked now and then; true ends the reading
 * @param archives known Java archives by checksum
 * @param secrets whether to look for credentials
 */
public record ImageScan(ImageLimits limits, BooleanSupplier expired, ArchiveIndex archives, boolean secrets) {

    /** Everything, within the default limits, without an end of time. */
    public static final ImageScan DEFAULT = new ImageScan(ImageLimits.DEFAULT, () -> false, ArchiveIndex.NONE, true);

    /** A root file system that somebody else walks. */
    @FunctionalInterface
    public interface Files {
        /**
         * Tells the visitor about every file, counting each against the budget.
         *
         * @return what was not read
         */
        List<Incompleteness> visit(Budget budget, FileVisitor visitor) throws IOException;
    }

    /** Reads an image's layers. */
    public ImageReport read(ResolvedImage image) throws IOException {
        return read(image.name(), Optional.of(image), (budget, visitor) -> LayeredFiles.read(image, budget, visitor));
    }

    /** Reads a root file system. */
    public ImageReport read(String name, Files files) throws IOException {
        return read(name, Optional.empty(), files);
    }

    private ImageReport read(String name, Optional<ResolvedImage> image, Files files) throws IOException {
        Budget budget = new Budget(limits, expired);
        SecretFinder finder = secrets ? SecretFinder.looking() : SecretFinder.idle();
        Cataloguer cataloguer = new Cataloguer(budget, archives, finder);
        Catalogue catalogue = cataloguer.finish(files.visit(budget, cataloguer));
        ImageConfig config = image.map(ResolvedImage::config).orElse(ImageConfig.NONE);
        finder.search(config);
        List<Secret> found = finder.found();
        return new ImageReport(
                "",
                name,
                image.flatMap(ResolvedImage::digest),
                config,
                image.map(one -> Lineage.of(config, one.annotations())).orElse(Lineage.NONE),
                image.map(ResolvedImage::layers).orElse(List.of()).stream()
                        .map(Layer::label)
                        .toList(),
                catalogue,
                found,
                image.isEmpty() ? List.of() : ConfigurationChecks.judge(config, catalogue.remnants(), found));
    }
}
