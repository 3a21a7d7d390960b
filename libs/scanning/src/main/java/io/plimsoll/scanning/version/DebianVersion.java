package io.plimsoll.scanning.version;

/**
 * {@code [epoch:]upstream[-revision]}, ordered as Debian Policy 5.6.12 and deb-version(7) say: numbers by value, {@code ~}
 * before the end, letters before everything else. Holds for Ubuntu too.
 *
 * @param epoch 0 when absent
 * @param revision empty when absent, which equals {@code 0}
 */
record DebianVersion(int epoch, String upstream, String revision) implements VersionKey {

    static DebianVersion read(String text) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        int epoch = colon < 0 ? 0 : epoch(text.substring(0, colon));
        int hyphen = rest.lastIndexOf('-');
        String upstream = hyphen < 0 ? rest : rest.substring(0, hyphen);
        String revision = hyphen < 0 ? "" : rest.substring(hyphen + 1);
        if (upstream.isEmpty()) {
            throw new MalformedVersion("no upstream version");
        }
        if (hyphen >= 0 && revision.isEmpty()) {
            throw new MalformedVersion("nothing after the last hyphen");
        }
        onlyOf(upstream, ".-+~:");
        onlyOf(revision, ".+~");
        return new DebianVersion(epoch, upstream, revision);
    }

    private static int epoch(String digits) {
        if (!Decimal.isNumber(digits) || Decimal.compare(digits, "2147483647") > 0) {
            throw new MalformedVersion("the epoch is not a number");
        }
        return Integer.parseInt(digits);
    }

    private static void onlyOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Decimal.isDigit(c) && !Decimal.isLetter(c) && marks.indexOf(c) < 0) {
                throw new MalformedVersion("character not allowed at " + (i + 1));
            }
        }
    }

    @Override
    public int compareWith(VersionKey key) {
        DebianVersion other = (DebianVersion) key;
        if (epoch != other.epoch) {
            return Integer.compare(epoch, other.epoch);
        }
        int byUpstream = compareParts(upstream, other.upstream);
        return byUpstream != 0 ? byUpstream : compareParts(revision, other.revision);
    }

    /** Alternating stretches of non-digits and digits, the first always of non-digits, possibly empty. */
    private static int compareParts(String first, String second) {
        int a = 0;
        int b = 0;
        while (a < first.length() || b < second.length()) {
            while (isNonDigit(first, a) || isNonDigit(second, b)) {
                int byCharacter = Integer.compare(weight(first, a), weight(second, b));
                if (byCharacter != 0) {
                    return byCharacter;
                }
                a++;
                b++;
            }
            int aEnd = digitsEnd(first, a);
            int bEnd = digitsEnd(second, b);
            int byNumber = Decimal.compare(slice(first, a, aEnd), slice(second, b, bEnd));
            if (byNumber != 0) {
                return byNumber;
            }
            a = aEnd;
            b = bEnd;
        }
        return 0;
    }

    private static boolean isNonDigit(String text, int at) {
        return at < text.length() && !Decimal.isDigit(text.charAt(at));
    }

    private static int weight(String text, int at) {
        if (at >= text.length() || Decimal.isDigit(text.charAt(at))) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return Decimal.isLetter(c) ? c : c + 256;
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && Decimal.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String slice(String text, int from, int to) {
        return from >= text.length() ? "" : text.substring(from, to);
    }
}
