package io.plimsoll.cli.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedsCommandTest {
    private static final String RECORD = "{\"id\":\"PYSEC-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{"
            + "\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"x\"},\"versions\":[\"1.0\"]}]}";

    @TempDir
    Path folder;

    private final PrintStream terminal = System.out;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Path feeds;
    private Path store;

    @BeforeEach
    void aFeedAndATerminal() throws IOException {
        feeds = folder.resolve("feeds");
        store = folder.resolve("store");
        Files.createDirectories(feeds.resolve("osv/PyPI"));
        Files.writeString(feeds.resolve("osv/PyPI/PYSEC-1.json"), RECORD);
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void theTerminalAsItWas() {
        System.setOut(terminal);
    }

    private static int run(Object... words) {
        return Plimsoll.run(Stream.concat(Stream.of("feeds"), Stream.of(words).map(Object::toString))
                .toArray(String[]::new));
    }

    private String status() {
        shown.reset();
        assertThat(run("status", "--in", store, "--as-of", "2026-01-03T00:00:00Z"))
                .isEqualTo(ExitCode.DONE);
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void importsAndSaysHowOldItIs() throws IOException {
        assertThat(run("import", feeds, "--to", store)).isEqualTo(ExitCode.DONE);
        assertThat(status()).containsPattern("osv/PyPI +1 +0 +2d +current");
        try (Stream<Path> left = Files.list(store)) {
            assertThat(left).containsExactly(store.resolve(FeedStore.INDEX));
        }
    }

    @Test
    void carriesABundleOverAnAirGap() throws IOException {
        run("import", feeds, "--to", store);
        String before = status();
        Path bundle = folder.resolve("feeds.bundle");
        assertThat(run("bundle", "--from", store, "-o", bundle)).isEqualTo(ExitCode.DONE);
        store = folder.resolve("elsewhere");
        assertThat(run("import", bundle, "--to", store)).isEqualTo(ExitCode.DONE);
        assertThat(status()).isEqualTo(before);
    }

    @Test
    void leavesTheOldIndexWhenNothingUsableIsGiven() throws IOException {
        run("import", feeds, "--to", store);
        byte[] before = Files.readAllBytes(store.resolve(FeedStore.INDEX));
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        Path damaged = folder.resolve("damaged.bundle");
        byte[] changed = before.clone();
        changed[3] ^= 1;
        Files.write(damaged, changed);
        assertThat(run("import", nothing, "--to", store)).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(run("import", damaged, "--to", store)).isNotEqualTo(ExitCode.DONE);
        assertThat(run("import", folder.resolve("missing"), "--to", store)).isEqualTo(ExitCode.USAGE);
        assertThat(Files.readAllBytes(store.resolve(FeedStore.INDEX))).isEqualTo(before);
    }

    @Test
    void checksASignatureWhenGiven() throws IOException, GeneralSecurityException {
        run("import", feeds, "--to", store);
        Path bundle = folder.resolve("feeds.bundle");
        run("bundle", "--from", store, "-o", bundle);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(pair.getPrivate());
        signing.update(Files.readAllBytes(bundle));
        Path signature = Files.write(folder.resolve("sig"), signing.sign());
        Path key = Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Path to = folder.resolve("elsewhere");
        assertThat(run("import", bundle, "--to", to, "--signature", signature, "--key", key))
                .isEqualTo(ExitCode.DONE);
        Files.write(signature, new byte[64]);
        assertThat(run("import", bundle, "--to", to, "--signature", signature, "--key", key))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("import", bundle, "--to", to, "--signature", signature)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void importsTheSharedFeed() {
        var shared = Fixtures.folder("feed");
        assumeTrue(shared.isPresent(), "shared cases are not here");
        assertThat(run("import", shared.orElseThrow(), "--to", store)).isEqualTo(ExitCode.DONE);
        assertThat(status()).contains("osv/Alpine", "osv/Maven", "osv/crates.io", "kev");
    }
}
