package io.plimsoll.audit.control.network;

/** A block of IPv4 addresses in the notation {@code 10.0.0.0/8}. */
final class AddressBlock {

    private AddressBlock() {}

    /** False also for what is no block. */
    static boolean covers(String block, String address) {
        int slash = block.indexOf('/');
        if (slash < 0) {
            return false;
        }
        long base = number(block.substring(0, slash));
        long asked = number(address);
        String length = block.substring(slash + 1);
        if (base < 0 || asked < 0 || !length.matches("\\d{1,2}")) {
            return false;
        }
        int bits = Integer.parseInt(length);
        return bits <= 32 && (bits == 0 || base >>> (32 - bits) == asked >>> (32 - bits));
    }

    private static long number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long number = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return -1;
            }
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
