package io.plimsoll.audit.cel;

/**
 * The minor version of Kubernetes 1 whose API server an expression is meant for: libraries came one after another, and an
 * expression that uses a newer one is refused there.
 *
 * @param minor 0 or more; above {@link #NEWEST} counts as it
 */
public record TargetVersion(int minor) {

    /** The newest version whose libraries are known. */
    public static final TargetVersion NEWEST = new TargetVersion(37);

    public TargetVersion {
        if (minor < 0) {
            throw new IllegalArgumentException("no minor version of Kubernetes: " + minor);
        }
    }

    @Override
    public String toString() {
        return "1." + minor;
    }
}
