package io.plimsoll.scanning;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Tars;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** From layers to packages: who brought what, who owns what, what is gone. */
class ImageScanTest {

    private static final String STATUS = "var/lib/dpkg/status";

    private static String deb(String name, String version) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: " + version
                + "\nArchitecture: amd64\nSource: src-" + name + " (1:" + version + ")\n\n";
    }

    private static List<String> seen(ImageReport report) {
        return report.catalogue().packages().stream()
                .map(found -> found.purl() + " @"
                        + found.occurrences().stream()
                                .map(place -> place.path() + ":" + place.layer())
                                .collect(Collectors.joining(","))
                        + found.ownedBy().map(owner -> " of " + owner).orElse(""))
                .toList();
    }

    @Test
    void attributesPackagesToTheLayerThatBroughtThem() {
        byte[] base = new Tars()
                .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                .file(STATUS, deb("libc6", "2.36") + deb("curl", "7.88"))
                .bytes();
        byte[] install = new Tars()
                .file(STATUS, deb("libc6", "2.36") + deb("curl", "7.88") + deb("git", "2.39"))
                .bytes();
        byte[] upgrade = new Tars()
                .file(STATUS, deb("libc6", "2.36") + deb("curl", "8.0") + deb("git", "2.39"))
                .bytes();
        assertThat(seen(Images.scan(base, install, upgrade)))
                .containsExactly(
                        "pkg:deb/debian/curl@8.0?arch=amd64&distro=debian-12 @/var/lib/dpkg/status:2",
                        "pkg:deb/debian/git@2.39?arch=amd64&distro=debian-12 @/var/lib/dpkg/status:1",
                        "pkg:deb/debian/libc6@2.36?arch=amd64&distro=debian-12 @/var/lib/dpkg/status:0");
    }

    @Test
    void forgetsWhatAHigherLayerRemoved() {
        byte[] base = new Tars()
                .file("app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1\"}")
                .file("app/node_modules/b/package.json", "{\"name\":\"b\",\"version\":\"1\"}")
                .bytes();
        byte[] top = new Tars()
                .file("app/node_modules/.wh.a", "")
                .file("app/node_modules/b/package.json", "{\"name\":\"b\",\"version\":\"2\"}")
                .bytes();
        assertThat(seen(Images.scan(base, top))).containsExactly("pkg:npm/b@2 @/app/node_modules/b/package.json:1");
    }

    @Test
    void leavesFilesOfADistributionPackageToIt() {
        String metadata = "Metadata-Version: 2.1\nName: PyYAML\nVersion: 6.0\n";
        byte[] layer = new Tars()
                .file(STATUS, deb("python3-yaml", "6.0-3"))
                .file(
                        "var/lib/dpkg/info/python3-yaml:amd64.list",
                        "/.\n/usr\n/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO\n")
                .file("usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO", metadata)
                .file("opt/venv/site-packages/requests-2.0.dist-info/METADATA", "Name: requests\nVersion: 2.0\n")
                .bytes();
        assertThat(seen(Images.scan(layer)))
                .contains("pkg:pypi/pyyaml@6.0 @/usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO:0"
                        + " of python3-yaml")
                .contains("pkg:pypi/requests@2.0 @/opt/venv/site-packages/requests-2.0.dist-info/METADATA:0");
        // A second copy that pip put elsewhere is not the distributor's to patch.
        byte[] copy =
                new Tars().file("opt/x/PyYAML-6.0.egg-info/PKG-INFO", metadata).bytes();
        assertThat(seen(Images.scan(layer, copy))).noneMatch(line -> line.contains(" of python3-yaml"));
    }

    @Test
    void takesLicencesFromCopyrightFilesThatMachinesCanRead() {
        byte[] layer = new Tars()
                .file(STATUS, deb("curl", "7.88") + deb("bash", "5.2"))
                .file(
                        "usr/share/doc/curl/copyright",
                        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\n"
                                + "License: curl\n\nFiles: a\nLicense: BSD-3-Clause or ISC\n\nLicense: curl\n words of it\n")
                .file("usr/share/doc/bash/copyright", "This is free software.\nLicense: GPL\n")
                .file("usr/share/doc/other/sub/copyright", "Format: copyright-format/1.0\nLicense: X\n")
                .bytes();
        ImageReport report = Images.scan(layer);
        assertThat(report.catalogue().packages())
                .extracting(Package::name, Package::licences)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("bash", List.of()),
                        org.assertj.core.groups.Tuple.tuple("curl", List.of("BSD-3-Clause or ISC", "curl")));
        assertThat(report.catalogue().isComplete()).isTrue();
    }

    @Test
    void readsHardLinksAsTheFileTheyAre() throws IOException {
        byte[] layer = new Tars()
                .file("a/package.json", "{\"name\":\"a\",\"version\":\"1\"}")
                .link("b/package.json", '1', "a/package.json")
                .bytes();
        assertThat(seen(Images.scan(layer))).containsExactly("pkg:npm/a@1 @/a/package.json:0,/b/package.json:0");
    }

    @Test
    void saysThatADatabaseBehindALinkWasNotRead() {
        String status = "Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 8.1\n";
        ImageReport elsewhere = Images.scan(new Tars()
                .link("var/lib/dpkg", '2', "../../opt/dpkg")
                .file("opt/dpkg/status", status)
                .bytes());
        assertThat(elsewhere.catalogue().incomplete().toString())
                .contains("/var/lib/dpkg: a link to /opt/dpkg, where no package database was read");
        ImageReport moved = Images.scan(new Tars()
                .link("var/lib/dpkg", '2', "../../usr/lib/dpkg")
                .file("usr/lib/dpkg/status", status)
                .bytes());
        assertThat(moved.catalogue().isComplete()).isTrue();
        assertThat(moved.catalogue().packages()).extracting(Package::name).containsExactly("curl");
    }

    @Test
    void saysWhatItCouldNotRead() {
        byte[] layer = new Tars()
                .file("app/broken.jar", "no zip")
                .file("app/package-lock.json", "{")
                .file("app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1\"}")
                .bytes();
        ImageReport report = Images.scan(layer);
        assertThat(report.catalogue().incomplete().toString())
                .contains("/app/broken.jar: not a ZIP archive")
                .contains("/app/package-lock.json: not JSON at line 1");
        assertThat(seen(report)).hasSize(1);
    }

    @Test
    void judgesConfigurationAndShowsSecretsMasked() throws IOException {
        ImageConfig config = ImageConfig.of(("{\"config\":{\"Env\":[\"PATH=/bin\",\"DB_PASSWORD=hunter2\","
                        + "\"SECRET_FILE=/run/secrets/x\",\"API_KEY=$KEY\"],\"ExposedPorts\":{\"22/tcp\":{}}},"
                        + "\"history\":[{\"created_by\":\"ADD https://example.org/x.tgz /\"},"
                        + "{\"created_by\":\"RUN apt-get update\"},"
                        + "{\"created_by\":\"RUN apt-get update && apt-get install -y curl\"}]}")
                .getBytes(StandardCharsets.UTF_8));
        byte[] layer = new Tars()
                .file("bin/su", new byte[] {1}, 04755)
                .file("bin/bash", new byte[] {1}, 0755)
                .file("srv/id_rsa", "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bVn9Q0123\n")
                .file("srv/app.env", "TOKEN=abcdefghij\nNAME=x\n")
                .file("srv/db.yaml", "url: postgres://app:s3cretpw@db:5432/app\n")
                .file("usr/share/doc/x", "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bVn9Q0123\n")
                .bytes();
        ImageReport report = Images.scan(config, layer);
        assertThat(report.configuration().stream().map(finding -> finding.rule()))
                .containsExactly(
                        "runs-as-root",
                        "shell",
                        "no-healthcheck",
                        "update-alone",
                        "setuid",
                        "add-remote",
                        "secret-in-configuration",
                        "exposes-ssh");
        assertThat(report.secrets().stream().map(secret -> secret.rule() + " " + secret.where() + ":" + secret.line()))
                .containsExactly(
                        "assignment /srv/app.env:1",
                        "url-password /srv/db.yaml:1",
                        "private-key /srv/id_rsa:1",
                        "assignment environment:2");
        assertThat(report.secrets().toString()).doesNotContain("hunter2").doesNotContain("s3cretpw");
    }

    @Test
    void givesTheSameReportForTheSameBytes() {
        byte[] layer = new Tars().file(STATUS, deb("b", "1") + deb("a", "1")).bytes();
        assertThat(Images.scan(layer)).isEqualTo(Images.scan(layer));
        assertThat(Images.scan(layer).catalogue().packages())
                .extracting(Package::name)
                .containsExactly("a", "b");
    }
}
