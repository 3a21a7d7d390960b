package io.plimsoll.scanning.reference;

/**
 * Which member of an image index: OCI image index, {@code platform}.
 *
 * @param os for instance {@code linux}
 * @param architecture Go's word for it: {@code amd64}, {@code arm64}
 * @param variant {@code v7}, {@code v8}; empty when none is written
 */
public record Platform(String os, String architecture, String variant) {

    /** What most clusters run, chosen where nobody chooses. */
    public static final Platform DEFAULT = new Platform("linux", "amd64", "");

    public Platform {
        if (os.isBlank() || architecture.isBlank()) {
            throw new IllegalArgumentException("a platform is os/architecture[/variant]");
        }
    }

    /**
     * Reads {@code os/arch[/variant]}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Platform of(String written) {
        String[] parts = written.strip().split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("not a platform (os/architecture[/variant]): " + written);
        }
        return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /** Whether an image of platform {@code offered} serves this request; a variant not asked for does not matter. */
    public boolean accepts(Platform offered) {
        return os.equals(offered.os)
                && architecture.equals(offered.architecture)
                && (variant.isEmpty() || variant.equals(offered.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
