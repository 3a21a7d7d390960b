package io.plimsoll.sensing.object;

/**
 * {@code metadata.resourceVersion}: a word that only its server understands, but for one thing: decimal ones of one kind are ordered as the
 * numbers they are (KEP-5504, documented since Kubernetes 1.35). Whatever is no decimal number is ordered with nothing.
 */
public final class ResourceVersions {

    private ResourceVersions() {}

    /** Whether {@code one} is known to be before {@code other}; false where nobody can tell, or they are equal. */
    public static boolean isBefore(String one, String other) {
        return isNumber(one) && isNumber(other) && compare(one, other) < 0;
    }

    private static int compare(String one, String other) {
        return one.length() != other.length() ? Integer.compare(one.length(), other.length()) : one.compareTo(other);
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.charAt(0) == '0' && text.length() > 1) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
