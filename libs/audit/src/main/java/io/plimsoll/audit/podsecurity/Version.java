package io.plimsoll.audit.podsecurity;

/**
 * Version of the standards, which is a minor version of Kubernetes 1.
 *
 * @param minor one of {@value #OLDEST} to {@value #NEWEST}: the versions whose rules are known here
 */
public record Version(int minor) implements Comparable<Version> {

    /** From here on Windows pods are freed of what only Linux has; older rules are not known. */
    static final int OLDEST = 25;

    static final int NEWEST = 34;

    public static final Version V1_33 = new Version(33);

    public Version {
        if (minor < OLDEST || minor > NEWEST) {
            throw new IllegalArgumentException("the standards of v1." + minor + " are not known");
        }
    }

    /** The known version nearest to {@code minor}. */
    public static Version nearest(int minor) {
        return new Version(Math.clamp(minor, OLDEST, NEWEST));
    }

    boolean atLeast(int since) {
        return minor >= since;
    }

    @Override
    public int compareTo(Version other) {
        return Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return "v1." + minor;
    }
}
