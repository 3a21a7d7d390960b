package io.plimsoll.kernel;

import java.util.Comparator;

/**
 * Where something was read.
 *
 * @param file as given, with {@code /} between folders; {@code -} for standard input
 * @param document one-based among the file's non-empty documents
 * @param line one-based in the file, of the field where known, else of the document; 0 when unknown
 */
public record Source(String file, int document, int line) implements Comparable<Source> {

    private static final Comparator<Source> ORDER =
            Comparator.comparing(Source::file).thenComparing(Source::document).thenComparing(Source::line);

    public static final Source NONE = new Source("", 0, 0);

    public Source atLine(int fieldLine) {
        return fieldLine <= 0 ? this : new Source(file, document, fieldLine);
    }

    @Override
    public int compareTo(Source other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
