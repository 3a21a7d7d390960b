package io.plimsoll.kubernetes.exposure;

/** Which addresses are of the Internet: not private, shared (CGNAT), loopback, link-local or unique-local ones. */
final class Addresses {

    private Addresses() {}

    /** True for a literal address of the public Internet; false for names and everything else. */
    static boolean isPublic(String address) {
        if (address.indexOf(':') >= 0) {
            String lower = address.toLowerCase(java.util.Locale.ROOT);
            return !(lower.equals("::1")
                    || lower.startsWith("fe8")
                    || lower.startsWith("fe9")
                    || lower.startsWith("fea")
                    || lower.startsWith("feb")
                    || lower.startsWith("fc")
                    || lower.startsWith("fd"));
        }
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("[0-9]{1,3}") || (octets[i] = Integer.parseInt(parts[i])) > 255) {
                return false;
            }
        }
        return !(octets[0] == 10
                || octets[0] == 127
                || octets[0] == 0
                || octets[0] >= 224
                || octets[0] == 172 && octets[1] >= 16 && octets[1] < 32
                || octets[0] == 192 && octets[1] == 168
                || octets[0] == 169 && octets[1] == 254
                || octets[0] == 100 && octets[1] >= 64 && octets[1] < 128);
    }
}
