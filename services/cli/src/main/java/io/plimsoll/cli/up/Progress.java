package io.plimsoll.cli.up;

import io.plimsoll.embedded.supervise.Part;
import io.plimsoll.embedded.supervise.PartState;
import io.plimsoll.embedded.supervise.Watcher;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens, as lines; on a terminal also one line at the bottom that says what is waited for. Thread-safe. */
final class Progress implements Watcher {

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, String> states = new LinkedHashMap<>();
    private final Map<String, Instant> started = new LinkedHashMap<>();
    private boolean allReady;

    private Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Progress on(PrintStream out) {
        // Since JDK 22 a console may exist without a terminal; the one kind asks the other.
        java.io.Console console = System.console();
        boolean terminal =
                console != null && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb")) && isTerminal(console);
        return new Progress(out, terminal);
    }

    private static boolean isTerminal(java.io.Console console) {
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            // Before JDK 22 a console is a terminal.
            return true;
        }
    }

    @Override
    public synchronized void changed(Part part, PartState state) {
        states.put(part.name(), state.word());
        switch (state) {
            case PartState.Ready ready ->
                line("%-22s ready after %.1f s, %s"
                        .formatted(part.name(), seconds(started.get(part.name())), part.address()));
            case PartState.Starting starting -> started.put(part.name(), Instant.now());
            case PartState.Resting resting -> line("%-22s %s; started again".formatted(part.name(), resting.reason()));
            case PartState.GivenUp givenUp -> line("%-22s failed: %s".formatted(part.name(), givenUp.reason()));
            case PartState.Waiting waiting -> {}
            case PartState.Settling settling -> {}
            case PartState.Stopped stopped -> line("%-22s stopped".formatted(part.name()));
        }
        bottom();
    }

    @Override
    public synchronized void told(Part part, String text) {
        line("%-22s %s".formatted(part.name(), text));
        bottom();
    }

    synchronized void ready() {
        allReady = true;
        out.print(terminal ? CLEAR_LINE : "");
        out.flush();
    }

    synchronized void stopping() {
        allReady = true;
        line("stopping");
    }

    private void line(String text) {
        out.println((terminal ? CLEAR_LINE : "") + text);
        out.flush();
    }

    private void bottom() {
        if (terminal && !allReady) {
            String waited = states.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals("ready"))
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            out.print(CLEAR_LINE + waited.substring(0, Math.min(waited.length(), 78)));
            out.flush();
        }
    }

    private static double seconds(@org.jspecify.annotations.Nullable Instant since) {
        return since == null ? 0 : Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
