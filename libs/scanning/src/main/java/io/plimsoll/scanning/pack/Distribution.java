package io.plimsoll.scanning.pack;

/**
 * The operating system's distribution, as {@code os-release} says it.
 *
 * @param id {@code debian}, {@code alpine}, {@code rhel}; lower case, never empty
 * @param versionId {@code 12}, {@code 3.19.1}; empty for rolling ones
 * @param codename {@code bookworm}; empty when not said
 * @param prettyName for people; empty when not said
 * @param idLike ids it derives from, blank separated; empty when not said
 */
public record Distribution(String id, String versionId, String codename, String prettyName, String idLike) {
    public Distribution {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a distribution has an id");
        }
    }

    /** The value of the purl qualifier {@code distro}: {@code debian-12}. */
    public String qualifier() {
        return versionId.isEmpty() ? id : id + "-" + versionId;
    }
}
