package io.plimsoll.kubernetes.value;

/** Parts of JSON pointers (RFC 6901). */
public final class Pointer {

    private Pointer() {}

    /** A key as it stands in a pointer. */
    public static String escaped(String key) {
        return key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
    }
}
