package io.plimsoll.scanning.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What an order must be, on random texts that look like versions and on random texts that do not. Maven, Conan and Packagist
 * have texts on which their own tools are intransitive (pinned in {@link VersionSchemeTest}); those are kept out here.
 */
class VersionOrderProperties {

    record Sample(VersionScheme scheme, List<Version> versions) {}

    @Property(tries = 3_000)
    void isAntisymmetric(@ForAll("samples") Sample sample) {
        for (Version first : sample.versions()) {
            for (Version second : sample.versions()) {
                assertThat(first.compareTo(second))
                        .as("%s: %s and %s", sample.scheme(), first, second)
                        .isEqualTo(-second.compareTo(first));
            }
        }
    }

    @Property(tries = 5_000)
    void isTransitive(@ForAll("samples") Sample sample) {
        for (Version a : sample.versions()) {
            for (Version b : sample.versions()) {
                for (Version c : sample.versions()) {
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                        assertThat(a.compareTo(c))
                                .as("%s: %s <= %s <= %s", sample.scheme(), a, b, c)
                                .isLessThanOrEqualTo(0);
                    }
                }
            }
        }
    }

    @Property
    void holdsEveryVersionEqualToItself(@ForAll("samples") Sample sample) {
        for (Version version : sample.versions()) {
            assertThat(version.compareTo((Version) sample.scheme().read(version.text())))
                    .isZero();
        }
    }

    @Property
    void answersAnyTextAtAll(@ForAll String text, @ForAll VersionScheme scheme) {
        switch (scheme.read(text)) {
            case Version version ->
                assertThat(version.compareTo((Version) scheme.read(text))).isZero();
            case NotAVersion not -> assertThat(not.why()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.of(VersionScheme.class)
                .flatMap(
                        scheme -> texts(scheme).list().ofMinSize(3).ofMaxSize(7).map(texts -> sample(scheme, texts)));
    }

    private static Sample sample(VersionScheme scheme, List<String> texts) {
        List<Version> versions = new ArrayList<>();
        for (String text : texts) {
            if (scheme.read(text) instanceof Version version) {
                versions.add(version);
            }
        }
        return new Sample(scheme, versions);
    }

    private static Arbitrary<String> texts(VersionScheme scheme) {
        return switch (scheme) {
            case MAVEN ->
                pieces(
                        "1 2 9 10 11",
                        ".",
                        "1-alpha 1-beta 2-a1 2-b2 1-m3 1-rc 2cr 2-snapshot 1-sp 1-foo 2xyz 1-2",
                        "-1 -rc1");
            case CONAN -> pieces("0 1 2 9 10", ".", "", "-1 -2 -1.1 +1 +2 -1+2");
            case PACKAGIST -> pieces("0 1 2 9 10", ". - _ +", "dev alpha a beta b RC rc pl p foo", "");
            case DEBIAN, RPM -> pieces("0 1 02 9 10", ". - ~ + ^", "a b rc z", "-1 -1~bpo1 ~ ^git1");
            case ALPINE -> pieces("0 1 02 9 10", ".", "a b", "_alpha _beta2 _p _p1 _git3 -r0 -r10 ~abc -x _foo");
            case PYTHON ->
                pieces("0 1 2 9 10", ".", "a1 b2 rc1", ".dev1 .post1 .post2.dev3 -1 +abc +1 -foo charmander");
            case SEMVER, GO, NUGET, PUB ->
                pieces("0 1 2 9 10", ".", "", "-alpha -alpha.1 -1 -10 -beta -rc.1+b +1 +a -A");
            case RUBYGEMS -> pieces("0 1 2 9 10", ".", "a b pre rc gamma", "-1 -x");
            case CRAN, HACKAGE -> pieces("0 1 02 9 10", ". -", "", "");
        };
    }

    /** A number, then up to four times a separator with a number or a word, then perhaps a tail. */
    private static Arbitrary<String> pieces(String numbers, String separators, String words, String tails) {
        Arbitrary<String> number = Arbitraries.of(numbers.split(" "));
        Arbitrary<String> either =
                words.isEmpty() ? number : Arbitraries.oneOf(number, Arbitraries.of(words.split(" ")));
        Arbitrary<String> more = Combinators.combine(Arbitraries.of(separators.split(" ")), either)
                .as((separator, piece) -> separator + piece)
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list));
        Arbitrary<String> tail = tails.isEmpty()
                ? Arbitraries.just("")
                : Arbitraries.oneOf(Arbitraries.just(""), Arbitraries.of(tails.split(" ")));
        return Combinators.combine(number, more, tail).as((first, middle, end) -> first + middle + end);
    }
}
