package io.plimsoll.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A container image reference taken apart (OCI distribution reference grammar, with Docker's defaults).
 *
 * @param written as in the manifest
 * @param registry host with port; {@code docker.io} when none is written
 * @param repository path below the host; Docker's one-word names get {@code library/}
 * @param tag empty when none is written
 * @param digest {@code sha256:…}, empty when none is written
 */
public record ImageReference(String written, String registry, String repository, String tag, String digest) {

    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+([._]|__|[-]+)?[a-z0-9._/-]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]+([+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}");
    /** References of images that a tool builds from source at deployment (ko). */
    private static final String BUILT_FROM_SOURCE = "ko://";

    /** How surely the same manifest gives the same image. */
    public enum Pin {
        DIGEST,
        TAG,
        /** No tag, or {@code latest}: tomorrow's image is another one. */
        FLOATING,
        /** Built from source when deployed; the manifest names none. */
        BUILT,
        /** A placeholder, or no reference at all. */
        UNREADABLE
    }

    /** Takes a reference apart; never fails, see {@link #pin()} for what cannot be read. */
    public static ImageReference of(String written) {
        String rest = written.strip();
        if (rest.startsWith(BUILT_FROM_SOURCE)) {
            rest = rest.substring(BUILT_FROM_SOURCE.length());
        }
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        String registry = "";
        int slash = rest.indexOf('/');
        if (slash > 0) {
            String first = rest.substring(0, slash);
            if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
                registry = first.toLowerCase(Locale.ROOT);
                rest = rest.substring(slash + 1);
            }
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        if (registry.isEmpty() || registry.equals("index.docker.io") || registry.equals("registry-1.docker.io")) {
            registry = "docker.io";
        }
        if (registry.equals("docker.io") && !rest.contains("/")) {
            rest = "library/" + rest;
        }
        return new ImageReference(written, registry, rest, tag, digest);
    }

    public Pin pin() {
        if (written.startsWith(BUILT_FROM_SOURCE)) {
            return Pin.BUILT;
        }
        if (!REPOSITORY.matcher(repository).matches() || repository.equals("library/")) {
            return Pin.UNREADABLE;
        }
        if (!digest.isEmpty()) {
            return DIGEST.matcher(digest).matches() ? Pin.DIGEST : Pin.UNREADABLE;
        }
        if (tag.isEmpty() || tag.equals("latest")) {
            return Pin.FLOATING;
        }
        return TAG.matcher(tag).matches() ? Pin.TAG : Pin.UNREADABLE;
    }

    /** Host and repository, without tag and digest. */
    public String name() {
        return registry + "/" + repository;
    }
}
