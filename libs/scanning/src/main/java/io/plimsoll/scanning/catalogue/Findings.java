package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.SourcePackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one file says: packages, a distribution, who owns which files. Not thread safe. */
public final class Findings {

    /** Longest name or version that is believed; beyond, the file is not what it seems. */
    private static final int TEXT_MAX = 1_000;

    private final String path;
    private final EvidenceKind evidence;
    private final Confidence confidence;
    private final Budget budget;
    final List<Found> packages = new ArrayList<>();
    final Map<String, String> owners = new HashMap<>();
    final Map<String, List<String>> licences = new HashMap<>();
    final List<String> problems = new ArrayList<>();
    Optional<Distribution> distribution = Optional.empty();
    int archives;

    Findings(String path, EvidenceKind evidence, Confidence confidence, Budget budget) {
        this.budget = budget;
        this.path = path;
        this.evidence = evidence;
        this.confidence = confidence;
    }

    /** A package of a language: name and version as its tools write them. One without a name is left out. */
    public void add(PackageKind kind, String namespace, String name, String version) {
        add(kind, namespace, name, version, List.of(), false);
    }

    public void add(
            PackageKind kind,
            String namespace,
            String name,
            String version,
            List<String> licences,
            boolean development) {
        add(
                kind,
                namespace,
                name,
                version,
                Map.of(),
                Optional.empty(),
                licences,
                path,
                evidence,
                confidence,
                development);
    }

    /** A package of a distribution. */
    public void addInstalled(
            PackageKind kind,
            String name,
            String version,
            Map<String, String> qualifiers,
            Optional<SourcePackage> source,
            List<String> licences) {
        add(kind, "", name, version, qualifiers, source, licences, path, evidence, confidence, false);
    }

    /** A package inside an archive, at {@code within}. */
    public void addAt(
            String within,
            PackageKind kind,
            String namespace,
            String name,
            String version,
            EvidenceKind because,
            Confidence sure,
            List<String> declared) {
        add(kind, namespace, name, version, Map.of(), Optional.empty(), declared, within, because, sure, false);
    }

    private void add(
            PackageKind kind,
            String namespace,
            String name,
            String version,
            Map<String, String> qualifiers,
            Optional<SourcePackage> source,
            List<String> licences,
            String at,
            EvidenceKind because,
            Confidence sure,
            boolean development) {
        if (name.isBlank()
                || name.length() > TEXT_MAX
                || version.length() > TEXT_MAX
                || namespace.length() > TEXT_MAX) {
            return;
        }
        if (!budget.found()) {
            bound("more than " + budget.limits().packagesMax() + " packages in the image");
            return;
        }
        packages.add(new Found(
                kind,
                namespace.strip(),
                name.strip(),
                version.strip(),
                qualifiers,
                source,
                licences.stream()
                        .filter(licence -> !licence.isBlank() && licence.length() <= TEXT_MAX)
                        .toList(),
                at,
                because,
                sure,
                development));
    }

    /** A distribution's package is under these licences, said elsewhere than in its database. */
    public void licences(String name, List<String> declared) {
        if (!declared.isEmpty() && name.length() <= TEXT_MAX) {
            licences.put(name, List.copyOf(declared));
        }
    }

    /** One more Java archive was met. */
    public void countArchive() {
        archives++;
    }

    /** A distribution package says that a file is its own. */
    public void own(String owner, String file) {
        if (budget.claim()) {
            owners.put(Owners.plain(file), owner);
        } else {
            bound("more than " + budget.limits().claimsMax() + " files owned by packages");
        }
    }

    public void distribution(Distribution said) {
        distribution = Optional.of(said);
    }

    private void bound(String what) {
        if (!problems.contains(what)) {
            problem(what);
        }
    }

    boolean isEmpty() {
        return packages.isEmpty()
                && owners.isEmpty()
                && licences.isEmpty()
                && problems.isEmpty()
                && distribution.isEmpty()
                && archives == 0;
    }

    /** The same, said of a file that is the same under another name. */
    Findings at(String target, String link) {
        Findings moved = new Findings(link, evidence, confidence, budget);
        for (Found found : packages) {
            moved.packages.add(new Found(
                    found.kind(),
                    found.namespace(),
                    found.name(),
                    found.version(),
                    found.qualifiers(),
                    found.source(),
                    found.licences(),
                    link + found.path().substring(target.length()),
                    found.evidence(),
                    found.confidence(),
                    found.development()));
        }
        return moved;
    }

    /** Something of the file was left out; the rest stands. */
    public void problem(String what) {
        if (problems.size() < 20) {
            problems.add(what);
        }
    }
}
