package io.plimsoll.messaging.lease;

/**
 * Where others reach this replica, {@code host:port}. An IPv6 address without its brackets gets them: a pod is told its bare address, and its
 * port is put behind it.
 *
 * @param text with brackets, as in an authority (RFC 3986, section 3.2.2), for instance {@code [fd00::7]:8080}
 */
public record OwnAddress(String text) {

    public OwnAddress {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !port(text.substring(colon + 1))) {
            throw new IllegalArgumentException("not host:port: " + text);
        }
        String host = text.substring(0, colon);
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            text = "[" + host + "]" + text.substring(colon);
        }
    }

    /** As settings are read. */
    public static OwnAddress of(String text) {
        return new OwnAddress(text.strip());
    }

    private static boolean port(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
    }
}
