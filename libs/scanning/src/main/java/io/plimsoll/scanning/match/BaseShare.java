package io.plimsoll.scanning.match;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.reference.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of an image's weaknesses comes from the image it was built on. A package is the base's when every place it was seen at is in one of the base's
 * layers; where the history does not show which layers these are, nothing is told apart.
 *
 * @param key of the base: equal for images built on the same layers, or of the same name and digest where layers are not shown
 * @param found weaknesses of the base's packages, those set aside left out; empty where layers are not shown
 * @param fixable those of them with a fix published for every package that has them: what the same base made anew would mend
 */
public record BaseShare(String key, SortedSet<String> found, SortedSet<String> fixable) {

    public BaseShare {
        found = Collections.unmodifiableSortedSet(new TreeSet<>(found));
        fixable = Collections.unmodifiableSortedSet(new TreeSet<>(fixable));
    }

    /** Of an image that says what it was built on. */
    public static BaseShare of(ImageReport report, BaseImage base, ImageAnswer answer) {
        SortedSet<String> found = new TreeSet<>();
        SortedSet<String> open = new TreeSet<>();
        for (PackageAnswer pack : answer.packages()) {
            if (!isOf(base, pack.pack())) {
                continue;
            }
            for (Finding finding : pack.findings()) {
                found.add(finding.vulnerability());
                if (finding.fixedIn().isEmpty()) {
                    open.add(finding.vulnerability());
                }
            }
        }
        SortedSet<String> fixable = new TreeSet<>(found);
        fixable.removeAll(open);
        return new BaseShare(key(report, base), found, fixable);
    }

    /** Whether the base alone brings a package. */
    public static boolean isOf(BaseImage base, Package pack) {
        return base.layers() >= 0
                && pack.occurrences().stream().allMatch(place -> place.layer() >= 0 && place.layer() < base.layers());
    }

    /** Equal for the same layers in the same order; empty for none. */
    public static String chain(List<String> layers) {
        return layers.isEmpty()
                ? ""
                : Digest.sha256(String.join("\n", layers).getBytes(StandardCharsets.UTF_8))
                        .hex();
    }

    private static String key(ImageReport report, BaseImage base) {
        boolean shown = base.layers() > 0 && base.layers() <= report.layers().size();
        return shown
                ? chain(report.layers().subList(0, base.layers()))
                : chain(List.of("named", base.name(), base.digest()));
    }
}
