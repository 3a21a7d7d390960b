package io.plimsoll.scanning.version;

/** Whole numbers of any length, as digits: versions hold dates, build numbers and jokes that no long can. */
final class Decimal {

    private Decimal() {}

    static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    static boolean isLetter(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    /** Whether it is one or more digits. */
    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** By value; leading zeros do not count, no digits is 0. */
    static int compare(String first, String second) {
        int a = leadingZeros(first);
        int b = leadingZeros(second);
        int byLength = Integer.compare(first.length() - a, second.length() - b);
        if (byLength != 0) {
            return byLength;
        }
        for (; a < first.length(); a++, b++) {
            int byDigit = Character.compare(first.charAt(a), second.charAt(b));
            if (byDigit != 0) {
                return byDigit;
            }
        }
        return 0;
    }

    static boolean isZero(String digits) {
        return leadingZeros(digits) == digits.length();
    }

    private static int leadingZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }
}
