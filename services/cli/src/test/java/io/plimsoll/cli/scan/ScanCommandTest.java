package io.plimsoll.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on a root file system, in every form, and what it says when it cannot. */
class ScanCommandTest {

    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            return new Result(
                    Plimsoll.run(args),
                    written.toString(StandardCharsets.UTF_8),
                    said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Path root() throws IOException {
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("app"));
        Files.writeString(root.resolve("etc/os-release"), "ID=alpine\nVERSION_ID=3.19\n");
        Files.writeString(root.resolve("app/package.json"), "{\"name\":\"\\u001b[31mred\",\"version\":\"1.0.0\"}");
        // A link out of the root is not followed, whatever it leads to.
        Files.writeString(
                folder.resolve("outside.json"),
                "{\"packages\":{\"node_modules/a\":{\"version\":\"1\"},\"node_modules/b\":{\"version\":\"1\"}}}");
        Files.createSymbolicLink(root.resolve("app/package-lock.json"), Path.of("../../outside.json"));
        return root;
    }

    @Test
    void readsARootFileSystemInEveryForm() throws IOException {
        String target = "dir:" + root();
        Result table = run("scan", "--sbom-only", target);
        assertThat(table.code()).isEqualTo(ExitCode.DONE);
        assertThat(table.out()).contains("alpine-3.19", "Packages 1: 1 npm").doesNotContain("\u001b");
        assertThat(run("scan", "--sbom-only", "--format", "json", target).out())
                .contains("\"schema\" : \"plimsoll.images/v1\"", "\"complete\" : true");
        assertThat(run("scan", "--sbom-only", "--format", "spdx", target).out())
                .contains("\"spdxVersion\" : \"SPDX-2.3\"", "1970-01-01T00:00:00Z");
        Path bom = folder.resolve("bom.json");
        assertThat(run("scan", "--sbom-only", "--format", "cyclonedx", "-o", bom.toString(), target)
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(run("scan", "--sbom-only", "sbom:" + bom).out()).contains("CycloneDX 1.6 by plimsoll", "Packages 1");
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        assertThat(run("scan", "--sbom-only", "oci:nowhere"))
                .isEqualTo(new Result(ExitCode.USAGE, "", "plimsoll: no such file or folder: nowhere\n"));
        assertThat(run("scan", "--sbom-only", "$(IMAGE)").code()).isEqualTo(ExitCode.USAGE);
        Result empty = run("scan", "--sbom-only", "oci:" + folder);
        assertThat(empty.code()).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(empty.err()).contains("not an OCI layout: index.json is missing");
        Result address = run("scan", "--sbom-only", "--plain-http", "127.0.0.1:1", "127.0.0.1:1/a/b:1");
        assertThat(address.err()).contains("has an address that is not public");
    }

    @Test
    void refusesFlagsThatCannotBeMeant() throws IOException {
        String files = "dir:" + root();
        assertThat(run("scan", "--sbom-only", "--signatures", files).err()).contains("are about images in registries");
        Path none = Files.writeString(folder.resolve("none.pem"), "no key");
        Result key = run("scan", "--sbom-only", "--key", none.toString(), "registry.example.org/a:1");
        assertThat(key.code()).isEqualTo(ExitCode.USAGE);
        assertThat(key.err()).contains("no PUBLIC KEY in PEM");
        assertThat(run("scan", "--sbom-only", "--ca", none.toString(), "registry.example.org/a:1")
                        .err())
                .contains("no certificates in PEM");
        assertThat(run("scan", "--sbom-only", "--identity", "ci@example.org", "registry.example.org/a:1")
                        .err())
                .contains("need a --sigstore-root");
        assertThat(run("scan", "--sbom-only", "--sigstore-root", none.toString(), "registry.example.org/a:1")
                        .err())
                .contains("who may have signed?");
        Result root = run(
                "scan",
                "--sbom-only",
                "--sigstore-root",
                none.toString(),
                "--identity",
                "ci@example.org",
                "--issuer",
                "https://issuer.example.org",
                "registry.example.org/a:1");
        assertThat(root.code()).isEqualTo(ExitCode.USAGE);
        assertThat(root.err()).contains("none.pem: not JSON");
        assertThat(run("scan", "--sbom-only", "--registry-mirror", "docker.io=mirror", "a:1")
                        .err())
                .contains("--registry-mirror: not an address");
    }

    @Test
    void makesAnIncompleteReadingAFailureWhenStrict() throws IOException {
        Path root = root();
        Files.writeString(root.resolve("app/x.jar"), "no archive");
        assertThat(run("scan", "--sbom-only", "dir:" + root).code()).isEqualTo(ExitCode.DONE);
        Result strict = run("scan", "--sbom-only", "--strict", "dir:" + root);
        assertThat(strict.code()).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(strict.err()).contains("not read: /app/x.jar: not a ZIP archive");
    }
}
