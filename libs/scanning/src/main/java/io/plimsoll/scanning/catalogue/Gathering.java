package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.catalogue.Cataloguer.Reading;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From what files say to packages: one per purl, attributed to layers and to the packages that own their files. */
final class Gathering {

    private final Map<String, Reading> readings;
    private final Map<String, Map<Integer, Set<String>>> history;
    private final Optional<Distribution> distribution;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<String>> licences = new HashMap<>();
    private final List<Incompleteness> incomplete = new ArrayList<>();

    /** The occurrences of one purl while they are collected. */
    private static final class Gathered {
        private final Found first;
        private final Map<String, Occurrence> occurrences = new TreeMap<>();
        private final List<String> licences = new ArrayList<>();

        Gathered(Found first) {
            this.first = first;
        }
    }

    Gathering(Map<String, Reading> readings, Map<String, Map<Integer, Set<String>>> history) {
        this.readings = readings;
        this.history = history;
        // /etc/os-release is usually a link to /usr/lib's; where both are files the first is what tools read.
        this.distribution = readings.values().stream()
                .flatMap(reading -> reading.findings().distribution.stream())
                .findFirst();
        readings.values().forEach(reading -> {
            owners.putAll(reading.findings().owners);
            licences.putAll(reading.findings().licences);
        });
    }

    Catalogue catalogue(int files, List<Remnant> remnants, List<Incompleteness> unread) {
        incomplete.addAll(unread);
        Map<Purl, Gathered> gathered = new TreeMap<>();
        int archives = 0;
        for (Map.Entry<String, Reading> entry : readings.entrySet()) {
            Reading reading = entry.getValue();
            archives += reading.findings().archives;
            reading.findings().problems.forEach(problem -> incomplete.add(new Incompleteness(entry.getKey(), problem)));
            for (Found found : reading.findings().packages) {
                purl(found).ifPresent(purl -> {
                    Gathered into = gathered.computeIfAbsent(purl, key -> new Gathered(found));
                    into.licences.addAll(found.licences());
                    into.occurrences.merge(found.path(), occurrence(found, reading), Gathering::surer);
                });
            }
        }
        List<Package> packages = new ArrayList<>();
        gathered.forEach((purl, found) -> {
            if (found.first.kind() == PackageKind.DEB) {
                found.licences.addAll(licences.getOrDefault(found.first.name(), List.of()));
            }
        });
        gathered.forEach((purl, found) -> packages.add(new Package(
                purl,
                found.first.kind(),
                found.first.source(),
                found.licences,
                List.copyOf(found.occurrences.values()),
                owner(found))));
        return new Catalogue(distribution, packages, archives, files, remnants, incomplete);
    }

    private Optional<Purl> purl(Found found) {
        Map<String, String> qualifiers = new TreeMap<>(found.qualifiers());
        String namespace = found.namespace();
        if (found.kind().isDistribution()) {
            namespace = distribution.map(Distribution::id).orElse("");
            distribution.ifPresent(said -> qualifiers.put("distro", said.qualifier()));
        }
        try {
            return Optional.of(Purl.of(found.kind().purlType(), namespace, found.name(), found.version(), qualifiers));
        } catch (IllegalArgumentException e) {
            incomplete.add(new Incompleteness(found.path(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Occurrence occurrence(Found found, Reading reading) {
        int layer = found.kind().isDistribution() ? firstLayer(found, reading) : reading.layer();
        return new Occurrence(found.path(), layer, found.evidence(), found.confidence(), found.development());
    }

    /** The lowest layer from which on, up to the file that stands, the database always had the package. */
    private int firstLayer(Found found, Reading reading) {
        int layer = reading.layer();
        Map<Integer, Set<String>> before = history.getOrDefault(found.path(), Map.of());
        for (int lower = layer - 1; lower >= 0; lower--) {
            Set<String> had = before.get(lower);
            if (had == null) {
                continue;
            }
            if (!had.contains(Cataloguer.identity(found))) {
                break;
            }
            layer = lower;
        }
        return layer;
    }

    private static Occurrence surer(Occurrence one, Occurrence other) {
        return other.confidence().compareTo(one.confidence()) < 0 ? other : one;
    }

    /** The package that owns every file the package was seen in; a copy elsewhere is nobody's to patch. */
    private Optional<String> owner(Gathered found) {
        if (found.first.kind().isDistribution()) {
            return Optional.empty();
        }
        Optional<String> owner = Optional.empty();
        for (String path : found.occurrences.keySet()) {
            int within = path.indexOf("!/");
            String file = within < 0 ? path : path.substring(0, within);
            Optional<String> its = Optional.ofNullable(owners.get(Owners.plain(file)));
            if (its.isEmpty()) {
                return Optional.empty();
            }
            owner = its;
        }
        return owner;
    }
}
