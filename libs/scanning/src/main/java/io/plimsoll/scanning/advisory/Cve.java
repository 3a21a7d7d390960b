package io.plimsoll.scanning.advisory;

import java.util.OptionalLong;

/** CVE names as numbers, for tables. */
public final class Cve {
    private static final String PREFIX = "CVE-";
    private static final int NUMBER_DIGITS_MAX = 10;
    private static final long YEAR_STEP = 10_000_000_000L;

    private Cve() {}

    public static boolean isName(String id) {
        return number(id).isPresent();
    }

    /** {@code CVE-2021-44228} as year and number in one, in the names' order; empty when it is no CVE name. */
    public static OptionalLong number(String id) {
        int hyphen = id.indexOf('-', PREFIX.length());
        if (!id.startsWith(PREFIX)
                || hyphen != PREFIX.length() + 4
                || id.length() == hyphen + 1
                || id.length() > hyphen + 1 + NUMBER_DIGITS_MAX) {
            return OptionalLong.empty();
        }
        for (int i = PREFIX.length(); i < id.length(); i++) {
            char c = id.charAt(i);
            if (i == hyphen) {
                continue;
            }
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(Long.parseLong(id.substring(PREFIX.length(), hyphen)) * YEAR_STEP
                + Long.parseLong(id.substring(hyphen + 1)));
    }
}
