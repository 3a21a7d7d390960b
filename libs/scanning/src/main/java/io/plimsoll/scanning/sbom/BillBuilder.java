package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects the components of one bill; of two with the same purl the first stands, with the places of both. */
final class BillBuilder {

    private static final int PROBLEMS_MAX = 100;
    private static final int PLACES_MAX = 1_000;
    private static final int TEXT_MAX = 1_000;

    private final String format;
    private final String tools;
    private String subject = "";
    private Optional<Distribution> distribution = Optional.empty();
    private final Map<Purl, Package> packages = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int components;

    BillBuilder(String format, String tools) {
        this.format = format;
        this.tools = tools;
    }

    void subject(String name) {
        subject = name;
    }

    void distribution(Distribution said) {
        distribution = Optional.of(said);
    }

    void component(
            String written,
            String group,
            String name,
            String version,
            List<String> licences,
            List<String> places,
            String sourceName,
            String sourceVersion)
            throws MalformedDocument {
        if (++components > BillReader.COMPONENTS_MAX) {
            throw new MalformedDocument("more than " + BillReader.COMPONENTS_MAX + " components");
        }
        Optional<Purl> purl = Purl.parse(written);
        if (purl.isEmpty()) {
            if (!written.isEmpty()) {
                problem("component " + components + " has a malformed purl: " + shown(written));
            }
            if (name.isBlank() || name.length() > TEXT_MAX || version.length() > TEXT_MAX) {
                problem("component " + components + " has neither purl nor name");
                return;
            }
            purl = Optional.of(Purl.of("generic", "", group.isEmpty() ? name : group + "/" + name, version));
        }
        add(purl.get(), licences, places, sourceName, sourceVersion);
    }

    private void add(Purl purl, List<String> licences, List<String> places, String sourceName, String sourceVersion) {
        List<Occurrence> occurrences = new ArrayList<>();
        for (String place : places) {
            if (!place.isEmpty() && place.length() <= TEXT_MAX && occurrences.size() < PLACES_MAX) {
                occurrences.add(occurrence(place));
            }
        }
        if (occurrences.isEmpty()) {
            occurrences.add(occurrence("(SBOM)"));
        }
        Package known = packages.get(purl);
        if (known != null) {
            occurrences.addAll(known.occurrences());
        }
        // Distributors' own SBOM tools name the source package by the purl's upstream qualifier.
        String upstream = sourceName.isBlank() ? purl.qualifier("upstream") : sourceName;
        int at = upstream.lastIndexOf('@');
        Optional<SourcePackage> source = upstream.isBlank() || at == 0
                ? Optional.empty()
                : Optional.of(
                        at > 0
                                ? new SourcePackage(upstream.substring(0, at), upstream.substring(at + 1))
                                : new SourcePackage(
                                        upstream, sourceVersion.isEmpty() ? purl.version() : sourceVersion));
        packages.put(
                purl,
                new Package(
                        purl,
                        PackageKind.ofPurlType(purl.type()).orElse(PackageKind.OTHER),
                        source,
                        licences.stream().filter(licence -> !licence.isBlank()).toList(),
                        occurrences,
                        Optional.empty()));
    }

    private static Occurrence occurrence(String place) {
        return new Occurrence(place, -1, EvidenceKind.SBOM, Confidence.MEDIUM, false);
    }

    private void problem(String what) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(what);
        }
    }

    private static String shown(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    /**
     * The one distribution that the packages' purls name, {@code distro=debian-12}, where the bill names none itself; empty
     * when they name several.
     */
    private Optional<Distribution> named() {
        List<String> named = packages.keySet().stream()
                .map(purl -> purl.qualifier("distro"))
                .filter(distro -> distro.indexOf('-') > 0)
                .distinct()
                .limit(2)
                .toList();
        if (named.size() != 1) {
            return Optional.empty();
        }
        int hyphen = named.getFirst().lastIndexOf('-');
        return Optional.of(new Distribution(
                named.getFirst().substring(0, hyphen), named.getFirst().substring(hyphen + 1), "", "", ""));
    }

    BillOfMaterials finish() {
        return new BillOfMaterials(
                format, tools, subject, distribution.or(this::named), List.copyOf(packages.values()), problems);
    }
}
