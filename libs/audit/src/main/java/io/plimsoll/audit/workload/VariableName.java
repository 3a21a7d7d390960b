package io.plimsoll.audit.workload;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The name of an environment variable, and what it says about the value. */
record VariableName(String raw) {

    /** Say credential wherever they stand, also inside a word: {@code PGPASSWORD}. */
    private static final List<String> TELLING = List.of(
            "PASSWORD",
            "PASSWD",
            "PASSPHRASE",
            "SECRET",
            "CREDENTIAL",
            "API_KEY",
            "APIKEY",
            "PRIVATE_KEY",
            "PRIVATEKEY",
            "ACCESS_KEY",
            "ACCESSKEY",
            "ACCOUNT_KEY",
            "ENCRYPTION_KEY",
            "SIGNING_KEY");

    /** Say credential only as a word of their own: {@code DB_PASS}, not {@code BYPASS}. */
    private static final Set<String> TELLING_WORDS = Set.of("PASS", "PWD", "TOKEN");

    /** What a shell keeps under these names is no credential. */
    private static final Set<String> FOLDERS = Set.of("PWD", "OLDPWD");

    /** Last words by which a name speaks about a credential and does not hold it. */
    private static final Set<String> ABOUT = Set.of(
            "ALGORITHM",
            "ARN",
            "AUDIENCE",
            "BACKEND",
            "CLASS",
            "COUNT",
            "DAYS",
            "DIR",
            "DIRECTORY",
            "DURATION",
            "ENABLED",
            "ENDPOINT",
            "EXPIRATION",
            "EXPIRES",
            "EXPIRY",
            "FIELD",
            "FILE",
            "FORMAT",
            "HEADER",
            "HOST",
            "HOURS",
            "ID",
            "INTERVAL",
            "ISSUER",
            "KIND",
            "LENGTH",
            "LIFETIME",
            "LIMIT",
            "LOCATION",
            "MAX",
            "MIN",
            "MINUTES",
            "MODE",
            "NAME",
            "NAMES",
            "NAMESPACE",
            "PATH",
            "POLICY",
            "PORT",
            "PREFIX",
            "PROVIDER",
            "REF",
            "REGION",
            "REQUIRED",
            "SECONDS",
            "SIZE",
            "STORE",
            "SUFFIX",
            "TIMEOUT",
            "TTL",
            "TYPE",
            "URI",
            "URL",
            "USER",
            "USERNAME",
            "VERSION");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

    boolean credential() {
        List<String> words = BETWEEN_WORDS
                .splitAsStream(raw)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
        if (words.isEmpty() || FOLDERS.contains(raw) || ABOUT.contains(words.getLast())) {
            return false;
        }
        String joined = String.join("_", words);
        return TELLING.stream().anyMatch(joined::contains)
                || words.stream().anyMatch(TELLING_WORDS::contains)
                || joined.endsWith("TOKEN");
    }
}
