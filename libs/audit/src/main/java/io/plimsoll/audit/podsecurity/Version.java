package io.plimsoll.audit.podsecurity;

/**
 * Version of the standards, which is a minor version of Kubernetes 1.
 *
 * @param minor one of {@value #OLDEST} to {@value #NEWEST}: the versions whose rules are known here
 */
public record Version(int minor) implements Comparable<Version> {

    /** As Kubernetes counts: its rules for versions older than the standards are those they began with. */
    static final int OLDEST = 0;

    static final int NEWEST = 37;

    /** From here on Windows pods are freed of what only Linux has. */
    static final int WINDOWS_FREED = 25;

    /** From here on pods in a user namespace of their own may be root inside it (KEP-127). */
    static final int USER_NAMESPACES_FREED = 35;

    public static final Version V1_33 = new Version(33);

    public static final Version LATEST = new Version(NEWEST);

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
