package io.plimsoll.audit.workload;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command of an exec probe.
 *
 * @param words program and arguments, at least one
 */
public record ProbeCommand(List<String> words) {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
    private static final Pattern SCRIPT_FOLLOWS = Pattern.compile("-[a-z]*c");
    private static final Pattern SEPARATOR = Pattern.compile("&&|\\|\\||[;|\\n]");
    private static final Pattern LAST_ALTERNATIVE = Pattern.compile("(?s).*\\|\\|([^;|&\\n]*)");
    private static final Pattern EXIT_WITH_FAILURE = Pattern.compile("\\bexit\\s+[1-9]");
    private static final Set<String> ALWAYS_SUCCEED = Set.of("true", ":", "echo", "printf", "sleep");

    public ProbeCommand {
        words = List.copyOf(words);
    }

    /** True when it says yes whatever the program does: {@code true}, {@code echo ok}, {@code check || true}. */
    public boolean trivial() {
        boolean shell = SHELLS.contains(program(words.getFirst()));
        for (int i = 1; shell && i + 1 < words.size(); i++) {
            if (SCRIPT_FOLLOWS.matcher(words.get(i)).matches()) {
                return trivialScript(words.get(i + 1));
            }
        }
        return trivialCommand(String.join(" ", words));
    }

    private static boolean trivialScript(String script) {
        var alternative = LAST_ALTERNATIVE.matcher(script);
        if (alternative.matches()
                && trivialCommand(alternative.group(1))
                && !EXIT_WITH_FAILURE.matcher(script).find()) {
            return true;
        }
        return SEPARATOR.splitAsStream(script).filter(part -> !part.isBlank()).allMatch(ProbeCommand::trivialCommand);
    }

    private static boolean trivialCommand(String command) {
        List<String> parts = List.of(command.strip().split("\\s+"));
        String program = program(parts.getFirst());
        if (program.equals("exit")) {
            return parts.size() == 1 || parts.get(1).equals("0");
        }
        return ALWAYS_SUCCEED.contains(program);
    }

    private static String program(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
