package io.plimsoll.scanning.image;

import java.util.Optional;

/** Names of archive entries as plain absolute paths. */
final class EntryPath {

    private EntryPath() {}

    /**
     * The plain path: {@code ./a//b/} is {@code /a/b}, an absolute name is taken from the image's root. Empty for the
     * root itself, for names that step out by {@code ..} and for names with a NUL.
     */
    static Optional<String> of(String name) {
        if (isPlain(name)) {
            return Optional.of("/" + name);
        }
        StringBuilder path = new StringBuilder(name.length() + 1);
        int start = 0;
        while (start <= name.length()) {
            int slash = name.indexOf('/', start);
            int end = slash < 0 ? name.length() : slash;
            String part = name.substring(start, end);
            if (part.equals("..") || part.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path.append('/').append(part);
            }
            start = end + 1;
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(path.toString());
    }

    /** The common case, found without taking the name apart: no dot starts a part, no slash repeats. */
    private static boolean isPlain(String name) {
        char before = '/';
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (before == '/' && (c == '.' || c == '/') || c == 0) {
                return false;
            }
            before = c;
        }
        return before != '/';
    }

    /** Whether the name is the root folder's own. */
    static boolean isRoot(String name) {
        return name.chars().allMatch(c -> c == '/' || c == '.') && !name.contains("..");
    }

    /** The parent of a plain path; empty for what lies in the root. */
    static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
