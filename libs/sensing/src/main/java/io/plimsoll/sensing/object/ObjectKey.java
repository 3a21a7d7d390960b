package io.plimsoll.sensing.object;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * One object of a cluster. Ordered by group, kind, namespace and name, each by code points: the order of their UTF-8 bytes, in which a database
 * of the collation C keeps them too.
 *
 * @param group API group; empty for the core group
 * @param namespace empty for what lives outside of namespaces
 */
public record ObjectKey(String group, String kind, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::group, ObjectKey::byCodePoints)
            .thenComparing(ObjectKey::kind, ObjectKey::byCodePoints)
            .thenComparing(ObjectKey::namespace, ObjectKey::byCodePoints)
            .thenComparing(ObjectKey::name, ObjectKey::byCodePoints);

    /** Most bytes of all parts together; no name that Kubernetes takes makes as many. */
    public static final int BYTES_MAX = 1_800;

    /** Less than every key of an object, which has a kind and a name. */
    public static final ObjectKey LEAST = new ObjectKey("", "", "", "");

    /**
     * Whether it can be kept and compared everywhere: it has a kind and a name, no control character, no half of a character, and is not over
     * {@link #BYTES_MAX}. Names of custom resources and of access rules may hold nearly anything else.
     */
    public boolean isSound() {
        String all = group + kind + namespace + name;
        byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
        return !kind.isEmpty()
                && !name.isEmpty()
                && bytes.length <= BYTES_MAX
                && all.chars().noneMatch(Character::isISOControl)
                && new String(bytes, StandardCharsets.UTF_8).equals(all);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /** Whether both are of one group and kind. */
    public boolean isOfKind(String otherGroup, String otherKind) {
        return group.equals(otherGroup) && kind.equals(otherKind);
    }

    /** UTF-16 orders what lies beyond the basic plane before the end of it; code points, as bytes of UTF-8, do not. */
    static int byCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean pairs = Character.isSurrogate(a) && Character.isSurrogate(b);
                return pairs || !Character.isSurrogate(a) && !Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    @Override
    public String toString() {
        return (group.isEmpty() ? "" : group + "/") + kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
