package io.plimsoll.telemetry;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Traces are on where an endpoint is named ({@code PLIMSOLL_TRACES}), and off everywhere else: one knob, not two. */
public final class TracesSwitch implements ConfigSource {

    private static final String DISABLED = "quarkus.otel.sdk.disabled";
    /** Not the name of the variable, which an environment would answer before this does. */
    private static final String ENABLED = "plimsoll.telemetry.traced";

    private static final String ENDPOINT = "PLIMSOLL_TRACES";
    /** Above the files of the application, below what an operator sets. */
    private static final int ORDINAL = 260;

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(DISABLED, ENABLED);
    }

    @Override
    public @Nullable String getValue(String name) {
        String endpoint = System.getenv(ENDPOINT);
        boolean on = endpoint != null && !endpoint.isBlank();
        return switch (name) {
            case DISABLED -> Boolean.toString(!on);
            case ENABLED -> Boolean.toString(on);
            case null, default -> null;
        };
    }

    @Override
    public String getName() {
        return "traces";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
