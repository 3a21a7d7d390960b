package io.plimsoll.scanning.secret;

import io.plimsoll.scanning.image.FileEntry;
import io.plimsoll.scanning.image.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Looks for credentials in files that are text and small enough, and in an image's configuration. What compilers and
 * package managers install is passed over: it was published before. Not thread safe.
 */
public final class SecretFinder {

    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final int SECRETS_MAX = 1_000;
    /** Marks of one rule looked at in one file; a file full of them is data, not a secret. */
    private static final int ANCHORS_MAX = 5_000;

    private static final int BEFORE_ANCHOR = 200;
    private static final int AFTER_ANCHOR = 600;
    private static final Set<String> PASSED_OVER = Set.of(
            "jar", "war", "ear", "class", "so", "a", "o", "pyc", "gz", "xz", "zst", "bz2", "zip", "whl", "png", "jpg",
            "gif", "ico", "woff", "woff2", "ttf", "mo", "gmo", "list", "md5sums", "svg", "map", "pdf");
    /** Where distributions and language package managers put others' published files. */
    private static final List<String> PUBLISHED = List.of(
            "/usr/share/",
            "/usr/lib/",
            "/usr/lib64/",
            "/usr/include/",
            "/var/lib/dpkg/",
            "/lib/",
            "/usr/bin/",
            "/usr/sbin/",
            "/bin/",
            "/sbin/",
            "/etc/ssl/certs/");

    private static final Set<String> CREDENTIAL_FILES =
            Set.of("credentials", ".env", ".netrc", ".pgpass", ".npmrc", ".pypirc", "secrets", "secret", "password");

    private final boolean enabled;
    private final List<Secret> found = new ArrayList<>();

    private SecretFinder(boolean enabled) {
        this.enabled = enabled;
    }

    public static SecretFinder looking() {
        return new SecretFinder(true);
    }

    /** One that wants no file and finds nothing. */
    public static SecretFinder idle() {
        return new SecretFinder(false);
    }

    /** Most bytes of a file that are searched; the rest is not. */
    public int bytesMax() {
        return FILE_BYTES_MAX;
    }

    /** Whether a file is worth searching. */
    public boolean wants(FileEntry entry) {
        if (!enabled || entry.kind() != FileEntry.Kind.FILE || entry.size() < 8 || entry.size() > FILE_BYTES_MAX) {
            return false;
        }
        String path = entry.path();
        if (path.contains("/node_modules/") || path.contains("/site-packages/") || path.contains("/dist-packages/")) {
            return false;
        }
        int dot = path.lastIndexOf('.');
        if (dot > path.lastIndexOf('/')
                && PASSED_OVER.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT))) {
            return false;
        }
        return PUBLISHED.stream().noneMatch(path::startsWith);
    }

    /** Searches a file; binary content is passed over. */
    public void search(String path, int layer, byte[] bytes, int length) {
        for (int i = 0; i < Math.min(length, 4096); i++) {
            if (bytes[i] == 0) {
                return;
            }
        }
        // One byte, one character: offsets stay, and every mark looked for is ASCII.
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        for (SecretRule rule : SecretRule.ALL) {
            rule(rule, text, path, layer);
        }
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (CREDENTIAL_FILES.contains(name) || name.endsWith(".env")) {
            int line = 0;
            for (String written : text.lines().limit(10_000).toList()) {
                line++;
                int at = line;
                Assignments.find(written.strip())
                        .ifPresent(assigned -> add(new Secret(
                                "assignment",
                                "Credential assigned to " + assigned.name(),
                                path,
                                layer,
                                at,
                                Secret.mask(assigned.value()))));
            }
        }
    }

    private void rule(SecretRule rule, String text, String where, int layer) {
        int hits = 0;
        int tries = 0;
        for (int at = text.indexOf(rule.anchor());
                at >= 0 && hits < 20 && tries++ < ANCHORS_MAX;
                at = text.indexOf(rule.anchor(), at + rule.anchor().length())) {
            int start = Math.max(0, at - BEFORE_ANCHOR);
            int end = Math.min(text.length(), at + AFTER_ANCHOR);
            Matcher matcher = rule.pattern().matcher(text).region(start, end).useTransparentBounds(true);
            while (matcher.find()) {
                if (matcher.start() <= at && matcher.end() > at) {
                    hits++;
                    int line = 1
                            + (int) text.chars()
                                    .limit(matcher.start(1))
                                    .filter(c -> c == '\n')
                                    .count();
                    String masked = rule.id().equals("private-key") ? "" : Secret.mask(matcher.group(1));
                    add(new Secret(rule.id(), rule.title(), where, layer, line, masked));
                    break;
                }
            }
        }
    }

    /** Searches the environment and the history of an image. */
    public void search(ImageConfig config) {
        if (!enabled) {
            return;
        }
        for (int i = 0; i < config.environment().size(); i++) {
            String variable = config.environment().get(i);
            configured("environment", i + 1, variable);
        }
        for (int i = 0; i < config.history().size(); i++) {
            configured("history", i + 1, config.history().get(i).createdBy());
        }
    }

    private void configured(String where, int number, String text) {
        int before = found.size();
        SecretRule.ALL.forEach(rule -> rule(rule, text, where, -1));
        if (found.size() == before) {
            Assignments.find(text)
                    .ifPresent(assigned -> add(new Secret(
                            "assignment",
                            "Credential assigned to " + assigned.name(),
                            where,
                            -1,
                            number,
                            Secret.mask(assigned.value()))));
        }
    }

    private void add(Secret secret) {
        if (found.size() < SECRETS_MAX && !found.contains(secret)) {
            found.add(secret);
        }
    }

    /** A layer is void. */
    public void retract(int layer) {
        found.removeIf(secret -> secret.layer() == layer);
    }

    /** What was found so far, sorted; at most {@value #SECRETS_MAX}. */
    public List<Secret> found() {
        return found.stream().sorted().toList();
    }
}
