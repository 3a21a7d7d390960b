package io.plimsoll.scanning.version;

/**
 * A version of one scheme. Ordered as the scheme's own tools order it; {@code compareTo} is 0 for versions the tools hold
 * equal though they are written differently ({@code 1.0} and {@code 1} in Maven), so it is not consistent with equals.
 */
public final class Version implements VersionReading, Comparable<Version> {
    private final VersionScheme scheme;
    private final String text;
    private final VersionKey key;

    Version(VersionScheme scheme, String text, VersionKey key) {
        this.scheme = scheme;
        this.text = text;
        this.key = key;
    }

    public VersionScheme scheme() {
        return scheme;
    }

    /** As written. */
    public String text() {
        return text;
    }

    /**
     * Whether its specification knows such a version. False for Python's legacy versions and for apk's with a malformed
     * tail: the tools still order those, but no advisory means them.
     */
    public boolean specified() {
        return key.specified();
    }

    /**
     * @throws IllegalArgumentException when the other is of another scheme: there is no order between worlds
     */
    @Override
    public int compareTo(Version other) {
        if (scheme != other.scheme) {
            throw new IllegalArgumentException("no order between " + scheme + " and " + other.scheme);
        }
        return Integer.signum(key.compareWith(other.key));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version that && scheme == that.scheme && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
