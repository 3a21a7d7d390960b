package io.plimsoll.embedded.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A part that is a line of shell, ready as soon as it runs. */
record ShellPart(String name, List<String> needs, String script, Path folder, boolean ready) implements Part {

    static ShellPart sleeping(String name, Path folder, String... needs) {
        return new ShellPart(name, List.of(needs), "exec sleep 600", folder, true);
    }

    @Override
    public Command command() {
        return new Command(List.of("sh", "-c", script), Map.of(), folder);
    }

    @Override
    public Duration startWithin() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration stopWithin() {
        return Duration.ofSeconds(2);
    }

    @Override
    public String address() {
        return "";
    }
}
