package io.plimsoll.report.html;

import java.io.IOException;
import java.io.Writer;

/** Writes HTML; whatever comes from outside passes {@link #escaped}. Names of elements and attributes are the page's own. */
final class Html {

    private final Writer out;

    Html(Writer out) {
        this.out = out;
    }

    /** A start tag. @param attributes name and value in turn; the values are escaped */
    Html open(String element, String... attributes) throws IOException {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
        return this;
    }

    Html close(String element) throws IOException {
        out.append("</").append(element).append(">");
        return this;
    }

    /** An element that holds text only, and a line feed after it. */
    Html element(String element, String text, String... attributes) throws IOException {
        return open(element, attributes).text(text).close(element).line();
    }

    Html text(String text) throws IOException {
        out.append(escaped(text));
        return this;
    }

    /** Markup of the page's own, written as it is. */
    Html markup(String constant) throws IOException {
        out.append(constant);
        return this;
    }

    Html line() throws IOException {
        out.append('\n');
        return this;
    }

    /**
     * Text that is text in an element and in a quoted attribute. Control and formatting characters, which can turn the order of a
     * line around, and halves of characters become the replacement character.
     */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append(' ');
                default -> safe.appendCodePoint(shown(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
