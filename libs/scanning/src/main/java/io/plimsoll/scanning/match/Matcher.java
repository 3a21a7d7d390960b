package io.plimsoll.scanning.match;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The front door: packages in, what is known against them out. Made once for an index and a moment, asked by any number of
 * threads; an image is re-matched without being read again.
 */
public final class Matcher {
    private final AdvisoryIndex index;
    private final Freshness freshness;
    private final DistributionLife lives;
    private final Coverage coverage;
    private final Lookup lookup;
    private final Optional<Gap> noCatalogue;

    /**
     * @param freshness when it is asked, and how old feeds may be
     * @param lives until when distributions are mended
     */
    public Matcher(AdvisoryIndex index, Freshness freshness, DistributionLife lives) {
        this.index = index;
        this.freshness = freshness;
        this.lives = lives;
        this.coverage = new Coverage(index.feeds(), freshness);
        this.lookup = new Lookup(index);
        this.noCatalogue =
                coverage.gaps(FeedState.Kind.KNOWN_EXPLOITED).stream().findFirst();
    }

    /**
     * Answers for an image.
     *
     * @param distribution as its os-release says; empty when it has none
     * @throws IOException when the index cannot be read
     */
    public ImageAnswer match(List<Package> packages, Optional<Distribution> distribution) throws IOException {
        List<PackageAnswer> answers = new ArrayList<>(packages.size());
        for (Package pack : packages) {
            answers.add(match(pack, distribution));
        }
        List<Gap> enrichment = new ArrayList<>(coverage.gaps(FeedState.Kind.KNOWN_EXPLOITED));
        enrichment.addAll(coverage.gaps(FeedState.Kind.EXPLOIT_LIKELIHOOD));
        return new ImageAnswer(
                answers, distribution.flatMap(this::endOfLife).map(List::of).orElse(List.of()), enrichment);
    }

    /** Answers for one package of an image. */
    public PackageAnswer match(Package pack, Optional<Distribution> distribution) throws IOException {
        if (pack.ownedBy().isPresent() && !pack.kind().isDistribution()) {
            // Its files are the distribution's, mended by the distributor in a version upstream never had.
            return new PackageAnswer(pack, List.of(), List.of(), List.of(), pack.ownedBy());
        }
        return switch (Subjects.of(pack, distribution)) {
            case Subjects.Unknown unknown ->
                new PackageAnswer(pack, List.of(), List.of(), List.of(unknown.gap()), Optional.empty());
            case Subjects.Known known -> match(pack, known.subject(), distribution);
        };
    }

    private PackageAnswer match(Package pack, Subject subject, Optional<Distribution> distribution) throws IOException {
        List<Gap> gaps = new ArrayList<>(coverage.gaps(subject.ecosystem()));
        if (pack.kind().isDistribution()) {
            distribution.flatMap(this::endOfLife).ifPresent(gaps::add);
        }
        Tally tally = new Tally(subject, subject.scheme().read(subject.version()));
        for (String name : subject.names()) {
            for (Lookup.Said said : lookup.of(subject.ecosystem(), name, subject.scheme())) {
                tally.add(said, false);
            }
            for (Ecosystem stream : subject.streams()) {
                for (Lookup.Said said : lookup.of(stream, name, subject.scheme())) {
                    tally.add(said, true);
                }
            }
        }
        gaps.addAll(tally.gaps());
        List<Finding> findings = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        for (Hits.Group group : Hits.grouped(tally.hits())) {
            Finding finding = finding(group, subject);
            Optional<SetAside> aside = tally.setAside(group, finding);
            aside.ifPresentOrElse(setAside::add, () -> findings.add(finding));
        }
        return new PackageAnswer(pack, findings, setAside, gaps, Optional.empty());
    }

    private Optional<Gap> endOfLife(Distribution distribution) {
        String release = ReleaseNames.lifeRelease(distribution);
        LocalDate today = freshness.asOf().atOffset(ZoneOffset.UTC).toLocalDate();
        return lives.of(distribution.id(), release)
                .filter(life -> today.isAfter(life.until()))
                .map(life -> new Gap(
                        Gap.Reason.END_OF_LIFE,
                        distribution.id() + " " + release + " was mended until " + life.until()));
    }

    private Finding finding(Hits.Group group, Subject subject) {
        String primary = group.primary();
        Optional<Severity> severity = Optional.empty();
        int score = -1;
        String summary = "";
        for (Hit hit : group.hits()) {
            Advisory advisory = hit.advisory();
            Optional<Severity> said = advisory.severity();
            if (said.isPresent() && (severity.isEmpty() || said.get().compareTo(severity.get()) < 0)) {
                severity = said;
            }
            score = Math.max(score, advisory.score());
            summary = summary.isEmpty() ? advisory.summary() : summary;
        }
        return new Finding(
                primary,
                group.aliases(),
                group.advisories(),
                severity,
                score,
                group.fixedIn(subject.scheme()),
                group.standing(),
                exploitation(group),
                likelihood(group),
                summary);
    }

    private Exploitation exploitation(Hits.Group group) {
        for (String name : group.names()) {
            var row = index.exploited(name);
            if (row.isPresent()) {
                return new Exploitation.Known(row.get());
            }
        }
        return noCatalogue.<Exploitation>map(Exploitation.Unknown::new).orElseGet(Exploitation.NotListed::new);
    }

    private Optional<ExploitLikelihood> likelihood(Hits.Group group) {
        return group.names().stream()
                .flatMap(name -> index.likelihood(name).stream())
                .findFirst();
    }
}
