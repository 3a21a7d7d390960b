package io.plimsoll.cli.scan;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.registry.Credentials;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Docker's {@code config.json} with its helpers: programs named {@code docker-credential-NAME} that keep the passwords
 * (docker-credential-helpers' protocol). Only the one for the registry asked for is run.
 */
final class CredentialHelper {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,60}");
    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final long SECONDS_MAX = 20;

    private CredentialHelper() {}

    /**
     * Credentials for one registry from a configuration.
     *
     * @throws UsageProblem when the configuration cannot be read or its helper fails
     */
    static Credentials read(Path config, String registry) throws IOException {
        Node root;
        try (InputStream in = Files.newInputStream(config)) {
            root = Documents.json(in);
        } catch (MalformedDocument e) {
            throw new UsageProblem(config + ": " + e.getMessage());
        }
        // Docker Hub is known to helpers by the URL of its first version.
        String server = registry.equals("docker.io") ? "https://index.docker.io/v1/" : registry;
        String helper = root.get("credHelpers").text(server).isEmpty()
                ? root.get("credHelpers").text(registry)
                : root.get("credHelpers").text(server);
        Map<String, Credentials.Login> logins = new TreeMap<>();
        try (InputStream in = Files.newInputStream(config)) {
            logins.putAll(Credentials.dockerConfig(in).logins());
        }
        String chosen = helper.isEmpty() ? root.text("credsStore") : helper;
        if (!chosen.isEmpty()) {
            ask(chosen, server).ifPresent(login -> logins.put(registry, login));
        }
        return new Credentials(logins);
    }

    private static Optional<Credentials.Login> ask(String helper, String server) throws IOException {
        if (!NAME.matcher(helper).matches()) {
            throw new UsageProblem("not the name of a credential helper: " + helper);
        }
        Process process;
        try {
            process = new ProcessBuilder("docker-credential-" + helper, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UsageProblem("the credential helper docker-credential-" + helper + " cannot be run");
        }
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(server.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // A helper may answer without reading; what it says decides.
            }
            // Waited for before it is read: an answer fits into the pipe, and a helper that hangs is given up.
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new UsageProblem("the credential helper docker-credential-" + helper + " does not answer");
            }
            byte[] answer = process.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            // Helpers say by their exit code that they know nothing of the registry: then it is asked as nobody.
            return process.exitValue() == 0 ? login(answer) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageProblem("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Optional<Credentials.Login> login(byte[] answer) throws IOException {
        try {
            Node read = Documents.json(new ByteArrayInputStream(answer));
            String user = read.text("Username");
            String secret = read.text("Secret");
            // An identity token needs another way of asking than a password, which is not spoken.
            return user.isEmpty() || secret.isEmpty() || user.equals("<token>")
                    ? Optional.empty()
                    : Optional.of(new Credentials.Login(user, secret));
        } catch (MalformedDocument e) {
            return Optional.empty();
        }
    }
}
