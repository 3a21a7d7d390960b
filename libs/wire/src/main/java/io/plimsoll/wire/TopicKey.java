package io.plimsoll.wire;

import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keys of topics, {@code percent-slash} as topics.yaml says: parts percent-encoded (UTF-8; {@code %}, {@code /} and control characters become
 * {@code %XX}, upper case) and joined by {@code /}; an absent part is empty.
 */
public final class TopicKey {

    /** Second part of a mark's key; no Kubernetes group, scope or declaration kind begins with an exclamation mark. */
    public static final String MARK = "!mark";

    private TopicKey() {}

    public static String of(String... parts) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                key.append('/');
            }
            encode(parts[i], "", key);
        }
        return key.toString();
    }

    /** The parts of a key, decoded. */
    public static List<String> parts(String key) {
        List<String> parts = new ArrayList<>();
        for (String part : key.split("/", -1)) {
            parts.add(decode(part));
        }
        return parts;
    }

    public static String resource(ResourceId id) {
        return of(id.cluster(), id.group(), id.kind(), id.namespace(), id.name());
    }

    public static ResourceId resource(String key) {
        List<String> parts = parts(key);
        if (parts.size() != 5) {
            throw new IllegalArgumentException("not a key of five parts: " + key);
        }
        return new ResourceId(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
    }

    /** @param writer who closes its batches with it */
    public static String mark(String cluster, String writer) {
        return of(cluster, MARK, writer);
    }

    public static boolean isMark(String key) {
        List<String> parts = parts(key);
        return parts.size() == 3 && parts.get(1).equals(MARK);
    }

    /** @param analyser whose evidence it is */
    public static String evidence(String cluster, String analyser, SubjectId subject) {
        return of(cluster, analyser, subject(subject));
    }

    /** @param scope id of a scope, for instance {@code namespace/prod/shop} */
    public static String tally(String scope, String cluster) {
        return of(scope, cluster);
    }

    /** @param scope id of a scope */
    public static String stage(String scope) {
        return of(scope);
    }

    /** {@code KIND:NAMESPACE:OBJECT:NAME:CONTAINER}, each part percent-encoded with {@code :} too. */
    public static String subject(SubjectId subject) {
        StringBuilder text = new StringBuilder(subject.kind().name().toLowerCase(Locale.ROOT));
        for (String part : List.of(subject.namespace(), subject.object(), subject.name(), subject.container())) {
            text.append(':');
            encode(part, ":", text);
        }
        return text.toString();
    }

    /** The subject of an evidence key. */
    public static SubjectId subjectOfEvidence(String key) {
        List<String> parts = parts(key);
        if (parts.size() != 3) {
            throw new IllegalArgumentException("not a key of evidence: " + key);
        }
        String[] subject = parts.get(2).split(":", -1);
        if (subject.length != 5) {
            throw new IllegalArgumentException("not a subject: " + parts.get(2));
        }
        return new SubjectId(
                SubjectKind.valueOf(subject[0].toUpperCase(Locale.ROOT)),
                parts.get(0),
                decode(subject[1]),
                decode(subject[2]),
                decode(subject[3]),
                decode(subject[4]));
    }

    /** The cluster a key begins with; empty for those that have none. */
    public static String cluster(String key) {
        int slash = key.indexOf('/');
        return decode(slash < 0 ? key : key.substring(0, slash));
    }

    /** Only ASCII is ever escaped, so characters can be looked at one by one. */
    private static void encode(String part, String also, StringBuilder out) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < 0x20 || c == 0x7f || c == '%' || c == '/' || also.indexOf(c) >= 0) {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                out.append(c);
            }
        }
    }

    private static String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length) {
                decoded[length++] = (byte) Integer.parseInt(part(bytes, i + 1), 16);
                i += 2;
            } else {
                decoded[length++] = bytes[i];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    private static String part(byte[] bytes, int from) {
        return new String(bytes, from, 2, StandardCharsets.US_ASCII);
    }
}
