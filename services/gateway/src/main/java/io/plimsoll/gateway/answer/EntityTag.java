package io.plimsoll.gateway.answer;

import io.plimsoll.api.kernel.v1.Revision;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags (RFC 9110, section 8.8.3): of a cluster its revision, of an answer a digest of its bytes. All are strong. */
public final class EntityTag {

    private static final Pattern REVISION = Pattern.compile("\"(\\d{1,20}\\.\\d{1,20})\"");

    private EntityTag() {}

    /** {@code "EPOCH.NUMBER"}. */
    public static String of(Revision revision) {
        return "\"" + Words.revision(revision) + "\"";
    }

    public static String of(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@code EPOCH.NUMBER} as a tag of {@code If-Match} names it; empty for {@code *}, a list, a weak tag and whatever else. */
    public static Optional<String> revision(String ifMatch) {
        Matcher tag = REVISION.matcher(ifMatch.strip());
        return tag.matches() ? Optional.of(tag.group(1)) : Optional.empty();
    }

    /** Whether {@code If-None-Match} names the tag, or all; compared weakly (RFC 9110, section 13.1.2). */
    public static boolean isNamedBy(String ifNoneMatch, String tag) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        for (String each : ifNoneMatch.split(",")) {
            String named = each.strip();
            if (named.equals(tag) || named.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
