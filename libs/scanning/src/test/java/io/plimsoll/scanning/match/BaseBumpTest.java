package io.plimsoll.scanning.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.match.BaseBump.Candidate;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What comes from the base, and which newer one mends most of it. */
class BaseBumpTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    private static BaseImage base(int layers) {
        return new BaseImage("debian:12", "", layers, Optional.of(MADE), BaseImage.Evidence.LABEL);
    }

    private static Package npm(String name, int... layers) {
        List<Occurrence> places = new ArrayList<>();
        for (int layer : layers) {
            places.add(new Occurrence("/" + name + layer, layer, EvidenceKind.FILE_NAME, Confidence.HIGH, false));
        }
        Package plain = Packages.of("pkg:npm/" + name + "@1.0.0");
        return new Package(plain.purl(), plain.kind(), Optional.empty(), List.of(), places, Optional.empty());
    }

    private static ImageReport report(List<String> layers, List<Package> packages) {
        return new ImageReport(
                "",
                "app",
                Optional.empty(),
                ImageConfig.NONE,
                Lineage.NONE,
                layers,
                new Catalogue(Optional.empty(), packages, 0, 0, List.of(), List.of()),
                List.of(),
                List.of());
    }

    private static String advisory(String id, String name, boolean fixed) {
        return "{\"id\":\"" + id + "\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"" + name
                + "\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"}"
                + (fixed ? ",{\"fixed\":\"2.0.0\"}" : "") + "]}]}]}";
    }

    @Test
    void whatIsSeenInTheBasesLayersAloneIsTheBases() throws IOException {
        List<Package> packages = List.of(npm("below", 0), npm("both", 1, 2), npm("above", 2), npm("open", 1));
        ImageReport report = report(List.of("a", "b", "c"), packages);
        ImageAnswer answer = Feeds.matcher(Feeds.of(Map.of(
                        "osv/npm",
                        List.of(
                                advisory("A", "below", true),
                                advisory("B", "both", true),
                                advisory("C", "above", true),
                                advisory("D", "open", false)))))
                .match(packages, Optional.empty());
        BaseShare share = BaseShare.of(report, base(2), answer);
        assertThat(share.found()).containsExactly("A", "D");
        assertThat(share.fixable()).containsExactly("A");
        assertThat(share.key()).isEqualTo(BaseShare.chain(List.of("a", "b")));
        // Another application on the same layers stands on the same base.
        assertThat(BaseShare.of(report(List.of("a", "b", "x"), List.of()), base(2), answer)
                        .key())
                .isEqualTo(share.key());
        // Where layers are not shown nothing is told apart, and name and digest are what there is.
        BaseShare untold = BaseShare.of(report, base(-1), answer);
        assertThat(untold.found()).isEmpty();
        assertThat(untold.key()).isNotEqualTo(share.key()).isNotEmpty();
    }

    @Test
    void theBaseThatLeavesFewestIsTakenAndNoneThatIsOlder() {
        Set<String> found = Set.of("A", "B", "C");
        Candidate older = new Candidate("old", "", MADE.minusSeconds(1), Set.of());
        Candidate newer = new Candidate("new", "", MADE.plusSeconds(10), Set.of("C"));
        Candidate newest = new Candidate("newest", "", MADE.plusSeconds(20), Set.of("A", "B", "C", "D"));
        assertThat(BaseBump.best(MADE, found, List.of(older, newer, newest)))
                .contains(new BaseBump("new", "", MADE.plusSeconds(10), 2, 0));
        assertThat(BaseBump.best(MADE, found, List.of(older))).isEmpty();
        assertThat(BaseBump.best(MADE, found, List.of(newest)))
                .contains(new BaseBump("newest", "", MADE.plusSeconds(20), 0, 1));
    }

    @Property(tries = 200)
    void theOrderOfCandidatesDoesNotMatter(
            @ForAll @Size(max = 8) List<Set<Character>> sets, @ForAll Set<Character> own) {
        List<Candidate> candidates = new ArrayList<>();
        for (int n = 0; n < sets.size(); n++) {
            candidates.add(new Candidate("c" + n, "", MADE.plusSeconds(n % 3), names(sets.get(n))));
        }
        Optional<BaseBump> one = BaseBump.best(MADE, names(own), candidates);
        Collections.reverse(candidates);
        assertThat(BaseBump.best(MADE, names(own), candidates)).isEqualTo(one);
        one.ifPresent(bump -> assertThat(bump.mends()).isLessThanOrEqualTo(own.size()));
    }

    private static Set<String> names(Set<Character> letters) {
        return letters.stream().map(String::valueOf).collect(java.util.stream.Collectors.toSet());
    }
}
