package io.plimsoll.registry;

import java.net.URI;
import java.util.Locale;

/**
 * What is asked in the place of a registry.
 *
 * @param scheme {@code https} or {@code http}
 * @param authority host, with the port when it is not the scheme's own; lower case
 * @param path put in front of each repository, as proxies with projects want it; without slashes at either end, may be empty
 */
public record Mirror(String scheme, String authority, String path) {

    /**
     * Reads {@code https://mirror.example.org/project}.
     *
     * @throws IllegalArgumentException saying why it is no address of a registry
     */
    public static Mirror of(String url) {
        URI read = URI.create(url);
        String scheme = String.valueOf(read.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")
                || read.getHost() == null
                || read.getUserInfo() != null
                || read.getQuery() != null
                || read.getFragment() != null) {
            throw new IllegalArgumentException("not an address such as https://mirror.example.org/project: " + url);
        }
        String port = read.getPort() < 0 ? "" : ":" + read.getPort();
        String path = read.getPath() == null ? "" : read.getPath().replaceAll("^/+|/+$", "");
        if (!path.isEmpty() && !path.matches("[a-z0-9._/-]+")) {
            throw new IllegalArgumentException("not the beginning of a repository's name: " + path);
        }
        return new Mirror(scheme, read.getHost().toLowerCase(Locale.ROOT) + port, path);
    }

    String host() {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
    }

    String repository(String asked) {
        return path.isEmpty() ? asked : path + "/" + asked;
    }
}
