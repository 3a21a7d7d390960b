package io.plimsoll.scanning.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maven's order, by the specification on the POM reference page ("Version Order Specification"): tokens between dots,
 * hyphens and changes from digits to letters; trailing nulls (0, ga, final, release) trimmed at the end and before each
 * hyphen; a qualifier after a dot below one after a hyphen, both below numbers after a hyphen, and those below numbers after a dot; the shorter padded with nulls of the other's kind. That padding makes the order intransitive for texts with
 * nulls in the middle ({@code 1-0.1}, {@code 1}, {@code 1.0.alpha}), in Maven itself too.
 */
record MavenVersion(List<Piece> pieces) implements VersionKey {

    /** @param dot whether a dot came before it, else a hyphen or a change from digits to letters */
    record Piece(boolean dot, boolean number, String text) {
        boolean isNull() {
            return number ? Decimal.isZero(text) : text.isEmpty();
        }

        private int kind() {
            if (number) {
                return dot ? 3 : 2;
            }
            return dot ? 0 : 1;
        }

        private Piece nullOfItsKind() {
            return new Piece(dot, number, "");
        }

        private int compareTo(Piece other) {
            if (kind() != other.kind()) {
                return Integer.compare(kind(), other.kind());
            }
            if (number) {
                return Decimal.compare(text, other.text);
            }
            int byKeyword = Integer.compare(keyword(text), keyword(other.text));
            return byKeyword != 0 ? byKeyword : text.compareTo(other.text);
        }
    }

    private static final List<String> KEYWORDS = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

    private static int keyword(String qualifier) {
        int index = KEYWORDS.indexOf(qualifier);
        return index < 0 ? KEYWORDS.size() : index;
    }

    static MavenVersion read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isWhitespace(c) || "[]()$,".indexOf(c) >= 0) {
                throw new MalformedVersion("a range or an unresolved property, not a version");
            }
        }
        List<Piece> pieces = split(lower);
        trimNulls(pieces);
        return new MavenVersion(List.copyOf(pieces));
    }

    private static List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        boolean dot = true;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            boolean separator = !end && (text.charAt(i) == '.' || text.charAt(i) == '-');
            boolean change = !end
                    && !separator
                    && i > from
                    && Decimal.isDigit(text.charAt(i)) != Decimal.isDigit(text.charAt(i - 1));
            if (end || separator || change) {
                boolean digitFollows = change && Decimal.isDigit(text.charAt(i));
                pieces.add(piece(dot, text.substring(from, i), digitFollows));
                dot = !end && text.charAt(i) == '.';
                from = separator ? i + 1 : i;
            }
        }
        return pieces;
    }

    private static Piece piece(boolean dot, String token, boolean digitFollows) {
        if (token.isEmpty() || Decimal.isNumber(token)) {
            return new Piece(dot, true, token);
        }
        String qualifier =
                switch (token) {
                    case "ga", "final", "release" -> "";
                    case "cr" -> "rc";
                    case "a" -> digitFollows ? "alpha" : "a";
                    case "b" -> digitFollows ? "beta" : "b";
                    case "m" -> digitFollows ? "milestone" : "m";
                    default -> token;
                };
        return new Piece(dot, false, qualifier);
    }

    private static void trimNulls(List<Piece> pieces) {
        int end = pieces.size();
        while (end > 1) {
            int from = end;
            while (from > 1 && pieces.get(from - 1).isNull()) {
                from--;
            }
            pieces.subList(from, end).clear();
            // On to the next hyphen to the left; what is right of it stays.
            end = Math.min(from, pieces.size()) - 1;
            while (end > 0 && pieces.get(end).dot()) {
                end--;
            }
        }
    }

    @Override
    public int compareWith(VersionKey key) {
        List<Piece> others = ((MavenVersion) key).pieces;
        int length = Math.max(pieces.size(), others.size());
        for (int i = 0; i < length; i++) {
            Piece mine = i < pieces.size() ? pieces.get(i) : others.get(i).nullOfItsKind();
            Piece theirs = i < others.size() ? others.get(i) : pieces.get(i).nullOfItsKind();
            int byPiece = mine.compareTo(theirs);
            if (byPiece != 0) {
                return byPiece;
            }
        }
        return 0;
    }
}
