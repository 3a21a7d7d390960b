package io.plimsoll.inventory.flow;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.Version;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an upload is to do.
 *
 * @param cluster registered name
 * @param source whose objects are replaced
 * @param namespace for namespaced objects that name none; empty means {@code default}
 * @param idempotencyKey empty: no such care
 * @param expected the cluster's newest revision as the caller knows it; null: any
 * @param register whether an unknown cluster is registered
 */
public record UploadOrder(
        String cluster,
        String source,
        String namespace,
        String idempotencyKey,
        @Nullable Version expected,
        boolean register) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern KEY = Pattern.compile("[!-~]{0,200}");
    private static final Pattern REVISION = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

    public UploadOrder {
        checkCluster(cluster);
        checkSource(source);
        checkKey(idempotencyKey);
        if (!namespace.isEmpty() && !LABEL.matcher(namespace).matches()) {
            throw new ProblemException(
                    Problem.MALFORMED, "\"" + shown(namespace) + "\" cannot be the name of a namespace");
        }
    }

    /** @throws ProblemException of {@link Problem#MALFORMED} when no cluster can be called so */
    public static void checkCluster(String name) {
        if (!LABEL.matcher(name).matches()) {
            throw new ProblemException(
                    Problem.MALFORMED,
                    "\"" + shown(name)
                            + "\" cannot be the name of a cluster: lower case letters, digits and hyphens, at"
                            + " most 63");
        }
    }

    static void checkSource(String name) {
        if (!SOURCE.matcher(name).matches()) {
            throw new ProblemException(
                    Problem.MALFORMED,
                    "\"" + shown(name)
                            + "\" cannot be the name of a source: letters, digits, dots, hyphens and underscores, at most"
                            + " 100");
        }
    }

    static void checkKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    Problem.MALFORMED, "an idempotency key is at most 200 printable characters without spaces");
        }
    }

    /**
     * {@code EPOCH.NUMBER} as the caller wrote it; null where nothing is expected.
     *
     * @throws ProblemException of {@link Problem#MALFORMED} when it is no revision
     */
    public static @Nullable Version expected(String text) {
        if (text.isEmpty()) {
            return null;
        }
        var parts = REVISION.matcher(text);
        if (!parts.matches()) {
            throw new ProblemException(
                    Problem.MALFORMED, "\"" + shown(text) + "\" is no revision: EPOCH.NUMBER is expected");
        }
        return new Version(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), 0);
    }

    /** Under what an answer is remembered. */
    String answerKey() {
        return "upload " + cluster + " " + source + " " + idempotencyKey;
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
