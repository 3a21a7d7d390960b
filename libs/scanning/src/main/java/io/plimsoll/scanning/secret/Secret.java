package io.plimsoll.scanning.secret;

/**
 * A credential that lies open.
 *
 * @param rule which kind, short and stable
 * @param where path in the image, {@code environment} or {@code history}
 * @param layer index of the layer, -1 for the configuration
 * @param line from 1; for the environment and history the number of the entry
 * @param masked enough of it to find it again, never enough to use it
 */
public record Secret(String rule, String title, String where, int layer, int line, String masked)
        implements Comparable<Secret> {

    /** The first three characters and the length. */
    static String mask(String secret) {
        return secret.substring(0, Math.min(3, secret.length() / 3)) + "… (" + secret.length() + " characters)";
    }

    @Override
    public int compareTo(Secret other) {
        int byPlace = where.compareTo(other.where);
        int byLine = byPlace != 0 ? byPlace : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : rule.compareTo(other.rule);
    }
}
