package io.plimsoll.scanning.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionSchemeTest {

    @ParameterizedTest
    @CsvSource({
        "GO, v1.2.3, '<', v1.2.4",
        "GO, v0.0.0-20190101000000-abcdefabcdef, '<', v0.0.0-20200101000000-abcdefabcdef",
        "GO, v2.0.0+incompatible, '=', v2.0.0",
        "GO, go1.21rc2, '<', 1.21.0",
        "GO, go1.21rc2, '=', 1.21.0-rc.2",
        "GO, go1.21.5 X:boringcrypto, '=', 1.21.5",
        "CONAN, 1.0, '=', 1",
        "CONAN, 1.2-pre.1, '<', 1.2",
        "CONAN, 3.1.0+1, '>', 3.1.0",
        "CONAN, 1.1.1k, '>', 1.1.1b",
        "SEMVER, 0.0.0-0, '<', 0.0.0",
        "SEMVER, =1.2.3, '=', 1.2.3",
        "DEBIAN, 6.1.12-1~bpo11+1, '<', 6.1.12-1",
        "RPM, 1:1.0-1, '>', 2.0-1",
        "RPM, 1.0-1.el9_2, '<', 1.0-1.el9_2.1",
        "PYTHON, 1.0.dev1, '<', 1.0a1",
        "PYTHON, 1.0a1.dev1, '<', 1.0a1",
        "PYTHON, 1.0.post1.dev1, '>', 1.0",
        "PYTHON, 1!0.1, '>', 99",
        "PYTHON, 1.0, '=', 1.0.0",
        "PYTHON, 1.0-SNAPSHOT, '<', 0.1.dev0",
        "RUBYGEMS, 1.0.0, '=', 1",
        "NUGET, 1.0, '=', 1.0.0.0",
        "PACKAGIST, dev-master, '<', 0.0.1",
        "CRAN, 1.0-2, '<', 1.0-10",
    })
    void ordersAsTheEcosystemDoes(VersionScheme scheme, String first, String sign, String second) {
        Version a = (Version) scheme.read(first);
        Version b = (Version) scheme.read(second);
        assertThat(a.compareTo(b))
                .isEqualTo(
                        switch (sign) {
                            case "<" -> -1;
                            case ">" -> 1;
                            default -> 0;
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "DEBIAN, x:1.0",
        "DEBIAN, 1.0-",
        "DEBIAN, 1.0 beta",
        "ALPINE, edge",
        "RPM, 1:",
        "MAVEN, ${project.version}",
        "MAVEN, '[1.0,2.0)'",
        "SEMVER, latest",
        "SEMVER, 1.x",
        "SEMVER, 1.0.0-",
        "GO, (devel)",
        "RUBYGEMS, >= 1",
        "NUGET, 1.2.3.4.5",
        "PACKAGIST, main",
        "CONAN, a b",
        "CRAN, 1.0rc1",
        "HACKAGE, 1-2",
        "SEMVER, ''",
    })
    void saysWhatIsNoVersion(VersionScheme scheme, String text) {
        assertThat(scheme.read(text)).isInstanceOf(NotAVersion.class);
    }

    @Test
    void hasABoundOnLength() {
        assertThat(VersionScheme.SEMVER.read("1".repeat(VersionScheme.LENGTH_MAX + 1)))
                .isInstanceOfSatisfying(
                        NotAVersion.class, not -> assertThat(not.text()).hasSize(200));
    }

    @Test
    void hasNoOrderBetweenWorlds() {
        var debian = (Version) VersionScheme.DEBIAN.read("1.0");
        var maven = (Version) VersionScheme.MAVEN.read("1.0");
        assertThatThrownBy(() -> debian.compareTo(maven)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheSchemeOfAnEcosystemWithItsRelease() {
        assertThat(VersionScheme.ofEcosystem("Debian:12")).contains(VersionScheme.DEBIAN);
        assertThat(VersionScheme.ofEcosystem("Ubuntu:Pro:18.04:LTS")).contains(VersionScheme.DEBIAN);
        assertThat(VersionScheme.ofEcosystem("Red Hat:enterprise_linux:9::appstream"))
                .contains(VersionScheme.RPM);
        assertThat(VersionScheme.ofEcosystem("Klingon")).isEmpty();
    }

    @Test
    void saysWhatTheToolsOrderBeyondTheirSpecification() {
        assertThat(((Version) VersionScheme.PYTHON.read("trunk")).specified()).isFalse();
        assertThat(((Version) VersionScheme.PYTHON.read("1.0.post1")).specified())
                .isTrue();
        assertThat(((Version) VersionScheme.ALPINE.read("1.0-x")).specified()).isFalse();
        assertThat(((Version) VersionScheme.ALPINE.read("1.0_rc1-r3")).specified())
                .isTrue();
    }

    /** Maven pads the shorter version with nulls that equal a zero, which makes its own order go in a circle here. */
    @Test
    void keepsMavensCircle() {
        assertThat(order(VersionScheme.MAVEN, "1-0.1", "1")).isPositive();
        assertThat(order(VersionScheme.MAVEN, "1", "1.0.alpha")).isPositive();
        assertThat(order(VersionScheme.MAVEN, "1-0.1", "1.0.alpha")).isNegative();
    }

    /** Conan compares a number with a word as text, which makes its own order go in a circle here. */
    @Test
    void keepsConansCircle() {
        assertThat(order(VersionScheme.CONAN, "9", "10")).isNegative();
        assertThat(order(VersionScheme.CONAN, "10", "1a")).isNegative();
        assertThat(order(VersionScheme.CONAN, "1a", "9")).isNegative();
    }

    private static int order(VersionScheme scheme, String first, String second) {
        return ((Version) scheme.read(first)).compareTo((Version) scheme.read(second));
    }
}
