package io.plimsoll.gateway.upload;

import io.plimsoll.gateway.upload.UploadRefused.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of files within an upload: relative, with {@code /} between folders, without {@code .} and {@code ..}. */
final class EntryName {

    private static final int SHOWN_CHARS = 120;

    private EntryName() {}

    /**
     * The name as it is passed on; empty for the root itself, as in {@code ./}.
     *
     * @throws UploadRefused when it is absolute, steps outside, is longer than {@code charsMax} or holds a backslash or a
     *     control character
     */
    static String of(String written, int charsMax) throws UploadRefused {
        if (written.length() > charsMax) {
            throw refused(written, "is longer than " + charsMax + " characters", charsMax + " characters");
        }
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (Character.isISOControl(c) || c == '\\' || c == '\uFFFD') {
                throw refused(written, "holds a character that no name may hold, at " + (i + 1), "");
            }
        }
        if (written.startsWith("/") || written.matches("[A-Za-z]:.*")) {
            throw refused(written, "is absolute", "");
        }
        List<String> parts = new ArrayList<>();
        for (String part : written.split("/")) {
            if (part.equals("..")) {
                throw refused(written, "steps outside the archive", "");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** Whether the assessment reads files of this name: the same rule as for folders on a disk. */
    static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private static UploadRefused refused(String written, String fault, String limit) {
        String shown = shown(written);
        return new UploadRefused(Rule.NAME, "the name " + shown + " " + fault, limit, shown);
    }

    /** Short and free of control characters: it ends up in logs and on terminals. */
    static String shown(String written) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < written.length() && i < SHOWN_CHARS; i++) {
            char c = written.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return written.length() > SHOWN_CHARS ? shown + "..." : shown.toString();
    }
}
