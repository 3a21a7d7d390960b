package io.plimsoll.cli.scan;

/** What a terminal may be shown, and whether there is one. */
final class Terminal {

    private Terminal() {}

    /** What an image or a feed says must not steer a terminal. */
    static String shown(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static boolean isThere() {
        java.io.Console console = System.console();
        if (console == null || "dumb".equals(System.getenv().getOrDefault("TERM", "dumb"))) {
            return false;
        }
        try {
            // Since JDK 22 a console may exist without a terminal; before, a console is one.
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
