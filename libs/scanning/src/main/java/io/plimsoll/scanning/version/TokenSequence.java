package io.plimsoll.scanning.version;

import java.util.List;

/**
 * Pieces compared from the left; where one runs out, {@code end} stands in for what is missing.
 *
 * @param end what an absent piece counts as
 */
record TokenSequence(List<Token> tokens, Token end, boolean specified) implements VersionKey {

    TokenSequence {
        tokens = List.copyOf(tokens);
    }

    TokenSequence(List<Token> tokens, Token end) {
        this(tokens, end, true);
    }

    @Override
    public int compareWith(VersionKey other) {
        return compareTo((TokenSequence) other);
    }

    int compareTo(TokenSequence other) {
        int length = Math.max(tokens.size(), other.tokens.size());
        for (int i = 0; i < length; i++) {
            int byToken = at(i).compareTo(other.at(i));
            if (byToken != 0) {
                return byToken;
            }
        }
        return 0;
    }

    private Token at(int index) {
        return index < tokens.size() ? tokens.get(index) : end;
    }
}
