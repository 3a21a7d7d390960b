package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package as one file speaks of it. A distribution's namespace is not known yet: the distribution is said elsewhere.
 *
 * @param path where in the image, {@code !/} steps into archives
 */
record Found(
        PackageKind kind,
        String namespace,
        String name,
        String version,
        Map<String, String> qualifiers,
        Optional<SourcePackage> source,
        List<String> licences,
        String path,
        EvidenceKind evidence,
        Confidence confidence,
        boolean development) {}
