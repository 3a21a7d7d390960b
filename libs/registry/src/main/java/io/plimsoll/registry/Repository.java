package io.plimsoll.registry;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.Http.Answer;
import io.plimsoll.registry.RegistryProblem.Reason;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One repository of one registry: authorises, waits when told to, follows redirects by hand. Credentials and tokens go to
 * the registry's own host, and credentials to the token realm it names only when that is the same host or was allowed.
 */
final class Repository {

    private static final int REDIRECTS_MAX = 5;
    private static final int TOKEN_BYTES_MAX = 64 << 10;
    /** No registry gives an upload this name. */
    private static final String NEVER_BEGUN = "00000000-0000-4000-8000-000000000000";

    /** The image's registry, or the mirror that stands for it: whose credentials are used. */
    private final String registry;

    private final String repository;
    private final URI base;
    private final RegistryOptions options;
    private final Http http;
    private final RegistryClient.Pause pause;
    private Optional<String> authorization = Optional.empty();

    Repository(ImageReference reference, RegistryOptions options, Http http, RegistryClient.Pause pause) {
        this.options = options;
        this.http = http;
        this.pause = pause;
        Mirror mirror = options.mirrors().get(reference.registry());
        if (mirror == null) {
            this.repository = reference.repository();
            this.registry = reference.registry();
            String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
            String scheme = options.plainHosts().contains(registry) ? "http" : "https";
            this.base = URI.create(scheme + "://" + host + "/v2/" + repository + "/");
        } else {
            this.repository = mirror.repository(reference.repository());
            this.registry = mirror.authority();
            this.base = URI.create(mirror.scheme() + "://" + registry + "/v2/" + repository + "/");
        }
    }

    int attemptsMax() {
        return options.attemptsMax();
    }

    /** A small answer, whole. */
    byte[] document(String path, String accept, int bytesMax) throws IOException {
        try (Answer answer = open(path, accept, 0)) {
            byte[] content = answer.body().readNBytes(bytesMax + 1);
            if (content.length > bytesMax) {
                throw new RegistryProblem(Reason.UNEXPECTED_ANSWER, "answer larger than " + bytesMax + " bytes");
            }
            return content;
        }
    }

    /**
     * Opens a path below the repository.
     *
     * @param from first byte wanted; the answer is 206 when the registry begins there, 200 when at the start
     */
    Answer open(String path, String accept, long from) throws IOException {
        boolean asked = false;
        for (int attempt = 1; ; attempt++) {
            Answer answer = follow(path, accept, from);
            switch (answer.status()) {
                case 200, 206 -> {
                    return answer;
                }
                case 401 -> {
                    answer.close();
                    if (asked) {
                        throw new RegistryProblem(
                                Reason.UNAUTHORIZED, registry + " does not accept the credentials for " + repository);
                    }
                    asked = true;
                    attempt--;
                    authorize(answer.header("WWW-Authenticate").orElse(""), "pull");
                }
                case 429, 502, 503, 504 -> {
                    answer.close();
                    if (attempt >= options.attemptsMax()) {
                        throw new RegistryProblem(
                                Reason.RATE_LIMITED,
                                registry + " answered " + answer.status() + " " + attempt + " times");
                    }
                    pauseAfter(attempt, answer.header("Retry-After").orElse(""));
                }
                default -> {
                    answer.close();
                    throw refusal(answer.status(), path);
                }
            }
        }
    }

    /**
     * Whether pushing is open to whoever this client is. Asked without changing anything: a part is sent to an upload that was never begun, which a
     * registry that lets one push answers with not knowing that upload (distribution 1.1, code BLOB_UPLOAD_UNKNOWN).
     *
     * @throws RegistryProblem when the answer says neither
     */
    Pushing pushing() throws IOException {
        URI at = base.resolve("blobs/uploads/" + NEVER_BEGUN);
        for (int turn = 0; ; turn++) {
            Map<String, String> headers = new HashMap<>();
            authorization.ifPresent(value -> headers.put("Authorization", value));
            try (Answer answer = http.ask("PATCH", at, headers)) {
                switch (answer.status()) {
                    case 401 -> {
                        if (turn > 0) {
                            return Pushing.REFUSED;
                        }
                        try {
                            authorize(answer.header("WWW-Authenticate").orElse(""), "pull,push");
                        } catch (RegistryProblem e) {
                            if (e.reason() == Reason.UNAUTHORIZED) {
                                return Pushing.REFUSED;
                            }
                            throw e;
                        }
                    }
                    case 403 -> {
                        return Pushing.REFUSED;
                    }
                    case 405 -> {
                        return Pushing.READ_ONLY;
                    }
                    case 404, 400 -> {
                        if (isUploadUnknown(answer.body())) {
                            return Pushing.OPEN;
                        }
                        throw refusal(answer.status(), "blobs/uploads");
                    }
                    default -> throw refusal(answer.status(), "blobs/uploads");
                }
            }
        }
    }

    private static boolean isUploadUnknown(InputStream body) throws IOException {
        try {
            return Documents.json(new ByteArrayInputStream(body.readNBytes(TOKEN_BYTES_MAX)))
                    .get("errors")
                    .items()
                    .stream()
                    .map(error -> error.text("code"))
                    .anyMatch(code -> code.equals("BLOB_UPLOAD_UNKNOWN") || code.equals("BLOB_UPLOAD_INVALID"));
        } catch (io.plimsoll.scanning.document.MalformedDocument e) {
            return false;
        }
    }

    private RegistryProblem refusal(int status, String path) {
        Reason reason =
                switch (status) {
                    case 403 -> Reason.FORBIDDEN;
                    case 404 -> Reason.NOT_FOUND;
                    default -> Reason.UNEXPECTED_ANSWER;
                };
        return new RegistryProblem(reason, registry + " answered " + status + " for " + repository + "/" + path);
    }

    private void pauseAfter(int attempt, String retryAfter) throws RegistryProblem {
        long millis = 500L << Math.min(attempt, 10);
        if (retryAfter.matches("[0-9]{1,6}")) {
            millis = Long.parseLong(retryAfter) * 1000;
        }
        try {
            pause.forMillis(Math.min(millis, options.waitMax().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryProblem(Reason.UNREACHABLE, "interrupted");
        }
    }

    private Answer follow(String path, String accept, long from) throws IOException {
        URI at = base.resolve(path);
        for (int redirects = 0; ; redirects++) {
            Map<String, String> headers = new HashMap<>();
            if (!accept.isEmpty()) {
                headers.put("Accept", accept);
            }
            if (from > 0) {
                headers.put("Range", "bytes=" + from + "-");
            }
            if (isOwn(at)) {
                authorization.ifPresent(value -> headers.put("Authorization", value));
            }
            Answer answer = http.get(at, headers);
            if (answer.status() != 301
                    && answer.status() != 302
                    && answer.status() != 303
                    && answer.status() != 307
                    && answer.status() != 308) {
                return answer;
            }
            answer.close();
            if (redirects >= REDIRECTS_MAX) {
                throw new RegistryProblem(
                        Reason.REDIRECT_REFUSED, registry + " redirects more than " + REDIRECTS_MAX + " times");
            }
            at = redirected(at, answer.header("Location").orElse(""));
        }
    }

    /** Only to http or https, and never from encrypted to plain. */
    private URI redirected(URI from, String location) throws RegistryProblem {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RegistryProblem(Reason.REDIRECT_REFUSED, registry + " redirects to what is no address");
        }
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        boolean downgrade = scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http") || downgrade || to.getHost() == null) {
            throw new RegistryProblem(Reason.REDIRECT_REFUSED, registry + " redirects to another kind of address");
        }
        return to;
    }

    private boolean isOwn(URI at) {
        return base.getScheme().equalsIgnoreCase(at.getScheme())
                && base.getHost().equalsIgnoreCase(at.getHost())
                && base.getPort() == at.getPort();
    }

    private void authorize(String header, String actions) throws IOException {
        Challenge challenge = Challenge.of(header);
        Optional<Credentials.Login> login = options.credentials().at(registry);
        switch (challenge.scheme()) {
            case "basic" ->
                authorization = Optional.of(login.orElseThrow(() -> new RegistryProblem(
                                Reason.UNAUTHORIZED, registry + " asks for credentials, and there are none for it"))
                        .basic());
            case "bearer" -> authorization = Optional.of("Bearer " + token(challenge, login, actions));
            default ->
                throw new RegistryProblem(
                        Reason.UNAUTHORIZED, registry + " asks for a kind of authentication that is not spoken");
        }
    }

    /** A token for the actions (distribution's "Token Authentication Specification"). */
    private String token(Challenge challenge, Optional<Credentials.Login> login, String actions) throws IOException {
        URI realm;
        try {
            realm = URI.create(challenge.text("realm"));
        } catch (IllegalArgumentException e) {
            throw new RegistryProblem(Reason.CREDENTIALS_REFUSED, registry + " names a token realm that is no address");
        }
        boolean plain = "http".equalsIgnoreCase(realm.getScheme());
        if (realm.getHost() == null
                || !plain && !"https".equalsIgnoreCase(realm.getScheme())
                || plain && !base.getScheme().equals("http")) {
            throw new RegistryProblem(
                    Reason.CREDENTIALS_REFUSED, registry + " names a token realm that is not reached over TLS");
        }
        if (login.isPresent()
                && !isOwn(realm)
                && !authority(realm).equals(options.realms().get(registry))) {
            throw new RegistryProblem(
                    Reason.CREDENTIALS_REFUSED,
                    registry + " asks for its credentials at another host, " + authority(realm)
                            + "; allow it as its realm if that is right");
        }
        String separator = realm.getRawQuery() == null ? "?" : "&";
        URI asked = URI.create(realm + separator + "service=" + encoded(challenge.text("service")) + "&scope="
                + encoded("repository:" + repository + ":" + actions));
        Map<String, String> headers =
                login.map(known -> Map.of("Authorization", known.basic())).orElse(Map.of());
        try (Answer answer = http.get(asked, headers)) {
            if (answer.status() != 200) {
                throw new RegistryProblem(
                        Reason.UNAUTHORIZED, "the token realm of " + registry + " answered " + answer.status());
            }
            InputStream body = answer.body();
            Node written = Documents.json(new ByteArrayInputStream(body.readNBytes(TOKEN_BYTES_MAX)));
            String token = written.text("token").isEmpty() ? written.text("access_token") : written.text("token");
            if (token.isEmpty() || !token.matches("[\\x21-\\x7e]+")) {
                throw new RegistryProblem(Reason.UNAUTHORIZED, "the token realm of " + registry + " gave no token");
            }
            return token;
        } catch (io.plimsoll.scanning.document.MalformedDocument e) {
            throw new RegistryProblem(Reason.UNAUTHORIZED, "the token realm of " + registry + " gave no token");
        }
    }

    private static String authority(URI realm) {
        return realm.getPort() < 0 ? realm.getHost() : realm.getHost() + ":" + realm.getPort();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
