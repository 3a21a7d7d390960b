package io.plimsoll.scanning.catalogue;

/** Paths compared across the merge of {@code /bin} and {@code /lib} into {@code /usr}. */
final class Owners {

    private Owners() {}

    /** The path under which a file and a package's claim to it meet. */
    static String plain(String path) {
        String rooted = path.startsWith("/") ? path : "/" + path;
        return rooted.startsWith("/usr/bin/") || rooted.startsWith("/usr/lib") || rooted.startsWith("/usr/sbin/")
                ? rooted.substring(4)
                : rooted;
    }
}
