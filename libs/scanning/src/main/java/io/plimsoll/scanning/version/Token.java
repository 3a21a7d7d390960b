package io.plimsoll.scanning.version;

/**
 * A piece of a version.
 *
 * @param rank which kind it is; the higher kind is the newer
 * @param text its digits, or its letters as they are compared
 * @param number whether pieces of this rank are compared by value
 */
record Token(int rank, String text, boolean number) implements Comparable<Token> {

    static Token number(int rank, String digits) {
        return new Token(rank, digits, true);
    }

    static Token word(int rank, String letters) {
        return new Token(rank, letters, false);
    }

    static Token mark(int rank) {
        return new Token(rank, "", false);
    }

    @Override
    public int compareTo(Token other) {
        if (rank != other.rank) {
            return Integer.compare(rank, other.rank);
        }
        return number && other.number ? Decimal.compare(text, other.text) : text.compareTo(other.text);
    }
}
