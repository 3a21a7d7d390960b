package io.plimsoll.audit.cel.library;

/**
 * What the counted repeats of a pattern come to, read before it is compiled: {@code ((a{1000}){1000}){1000}} is short, and what it
 * is compiled to is not. Reads what RE2 reads; in a pattern that is none the answer does not matter.
 */
final class Repeats {

    /** Sizes stop growing here. */
    private static final long SIZE_MAX = 1L << 40;

    /** A group that is open, or the whole. */
    private static final class Group {
        private final Group outer;
        private long size;
        /** Of what stands last, which a repeat would be about. */
        private long last;

        /** The whole, which stands in no group but itself. */
        Group() {
            this.outer = this;
        }

        Group(Group outer) {
            this.outer = outer;
        }

        void add(long atom) {
            size = Math.min(SIZE_MAX, size + atom);
            last = atom;
        }

        void repeat(long count) {
            long times = Math.max(1, count);
            size = Math.min(SIZE_MAX, size + last * (times - 1));
            last = Math.min(SIZE_MAX, last * times);
        }
    }

    private final String pattern;
    private Group group = new Group();
    private int at;

    private Repeats(String pattern) {
        this.pattern = pattern;
    }

    /** About how many instructions the pattern compiles to, at most 2^40. */
    static long size(String pattern) {
        Repeats repeats = new Repeats(pattern);
        repeats.read();
        return repeats.group.size;
    }

    private void read() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '(' -> {
                    group = new Group(group);
                    at++;
                }
                case ')' -> close();
                case '[' -> atom(classEnd());
                case '\\' -> escape();
                case '{' -> counted();
                default -> atom(at + 1);
            }
        }
        while (group.outer != group) {
            close();
        }
    }

    private void atom(int end) {
        group.add(1);
        at = end;
    }

    private void close() {
        at++;
        if (group.outer == group) {
            return;
        }
        Group closed = group;
        group = closed.outer;
        group.add(closed.size + 2);
    }

    private void escape() {
        if (pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at + 2);
            int to = end < 0 ? pattern.length() : end;
            for (int i = at + 2; i < to; i++) {
                group.add(1);
            }
            at = end < 0 ? pattern.length() : end + 2;
            return;
        }
        int end = Math.min(pattern.length(), at + 2);
        boolean braced = pattern.startsWith("{", end) && "pPx".indexOf(pattern.charAt(end - 1)) >= 0;
        int brace = braced ? pattern.indexOf('}', end) : -1;
        atom(brace < 0 ? end : brace + 1);
    }

    /** Behind a class; its first bracket that closes may be one of it. */
    private int classEnd() {
        int i = at + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            if (pattern.startsWith("[:", i)) {
                int end = pattern.indexOf(":]", i + 2);
                i = end < 0 ? i + 1 : end + 2;
            } else {
                i += pattern.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return Math.min(pattern.length(), i + 1);
    }

    private void counted() {
        int end = pattern.indexOf('}', at);
        String inside = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!inside.matches("\\d{1,4}(,\\d{0,4})?")) {
            atom(at + 1);
            return;
        }
        String[] bounds = inside.split(",", -1);
        boolean open = bounds.length < 2 || bounds[1].isEmpty();
        group.repeat(Long.parseLong(open ? bounds[0] : bounds[1]));
        at = end + 1;
    }
}
