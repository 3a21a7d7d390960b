package io.plimsoll.scanning.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                "pkg:npm/%40angular/core@1.0.0",
                "pkg:golang/google.golang.org/genproto@v0.1.0",
                "pkg:deb/debian/libc6@2.36-9%2Bdeb12u9?arch=amd64&distro=debian-12",
                "pkg:rpm/redhat/openssl@1.1.1k-7.el8?arch=x86_64&epoch=1",
                "pkg:pypi/zope.interface@5.0",
                "pkg:generic/spring-core@5.3.17"
            })
    void writesWhatItReads(String canonical) {
        assertThat(Purl.parse(canonical).orElseThrow()).hasToString(canonical);
    }

    @Test
    void sortsQualifiersAndDropsEmptyOnes() {
        var purl =
                Purl.of("deb", "debian", "libc6", "2.36", Map.of("distro", "debian-12", "arch", "amd64", "epoch", ""));
        assertThat(purl).hasToString("pkg:deb/debian/libc6@2.36?arch=amd64&distro=debian-12");
        assertThat(purl.fullName()).isEqualTo("debian/libc6");
    }

    @Test
    void saysNothingOfMalformedOnes() {
        assertThat(Purl.parse("pkg:")).isEmpty();
        assertThat(Purl.parse("not a purl")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PackageKind.class)
    void everyKindHasPurlsWithAndWithoutANamespace(PackageKind kind) {
        // Maven's need a group; without one an archive is JAVA_ARCHIVE.
        for (String namespace : kind == PackageKind.MAVEN ? new String[] {"Some"} : new String[] {"", "Some"}) {
            var purl = Purl.of(kind.purlType(), namespace, "Name.x", "v1.0+b~1:2", Map.of("arch", "amd64"));
            assertThat(Purl.parse(purl.toString())).contains(purl);
            assertThat(purl.version()).isEqualTo("v1.0+b~1:2");
        }
    }

    @Test
    void keepsTheCaseWhereItMatters() {
        assertThat(Purl.of("maven", "com.Example", "Lib", "1").fullName()).isEqualTo("com.Example:Lib");
        assertThat(Purl.of("nuget", "", "Newtonsoft.Json", "13").name()).isEqualTo("Newtonsoft.Json");
        assertThat(Purl.of("golang", "github.com/Masterminds", "semver", "v3").fullName())
                .isEqualToIgnoringCase("github.com/Masterminds/semver");
    }
}
