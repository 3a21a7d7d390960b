package io.plimsoll.messaging.log;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Traces across the topics: a record carries the trace of what caused it as {@code traceparent} (W3C Trace Context), and whoever acts on a batch
 * goes on with the trace of its mark. Costs nothing where no SDK is installed. Any thread.
 */
public final class Traces {

    /** Header of a record; absent where nothing is traced. */
    public static final String HEADER = "traceparent";

    private static final String SCOPE = "io.plimsoll.messaging";

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private Traces() {}

    /** The present trace as a record carries it; empty where nothing is traced. */
    public static String present() {
        Map<String, String> carrier = new TreeMap<>();
        GlobalOpenTelemetry.getPropagators()
                .getTextMapPropagator()
                .inject(Context.current(), carrier, (map, key, value) -> {
                    if (map != null) {
                        map.put(key, value);
                    }
                });
        return carrier.getOrDefault(HEADER, "");
    }

    /** Work on one cluster. */
    public interface Work {
        void run();
    }

    /**
     * Does the work as a step of the trace.
     *
     * @param name for instance {@code config-audit analyse}
     * @param parent from the mark that caused it; empty begins a trace of its own
     */
    public static void step(String name, String parent, String cluster, Work work) {
        Context before = parent.isEmpty()
                ? Context.root()
                : GlobalOpenTelemetry.getPropagators()
                        .getTextMapPropagator()
                        .extract(Context.root(), new TreeMap<>(Map.of(HEADER, parent)), GETTER);
        Span span = GlobalOpenTelemetry.getTracer(SCOPE)
                .spanBuilder(name)
                .setParent(before)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("plimsoll.cluster", cluster)
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            work.run();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
        }
    }

    /** The same records with the present trace, where they have none. */
    static List<LogRecord> traced(List<LogRecord> records) {
        String present = present();
        return present.isEmpty()
                ? records
                : records.stream()
                        .map(each -> each.trace().isEmpty() ? each.withTrace(present) : each)
                        .toList();
    }
}
