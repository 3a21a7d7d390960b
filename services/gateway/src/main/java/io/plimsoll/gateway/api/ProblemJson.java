package io.plimsoll.gateway.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.telemetry.LogKey;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Problems as RFC 9457 has them. */
final class ProblemJson {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemJson.class);

    private ProblemJson() {}

    static Response response(ProblemException problem) {
        Response.ResponseBuilder answer = Response.status(problem.problem().http())
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .entity(body(problem));
        if (problem.problem() == Problem.UNAUTHENTICATED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"plimsoll\"");
        }
        Duration pause = problem.retryAfter();
        if (pause != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, pause.toSeconds()));
        }
        return answer.build();
    }

    static byte[] body(ProblemException problem) {
        return JsonText.of(json -> write(json, problem));
    }

    static void write(JsonGenerator json, ProblemException problem) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "type", "urn:plimsoll:problem:" + problem.problem().slug());
        json.writeStringField("title", problem.problem().title());
        json.writeNumberField("status", problem.problem().http());
        json.writeStringField("detail", problem.detail());
        if (!problem.place().isEmpty()) {
            json.writeStringField("place", problem.place());
        }
        if (!problem.limit().isEmpty()) {
            json.writeStringField("limit", problem.limit());
        }
        String trace = traceId();
        json.writeStringField("traceId", trace);
        json.writeEndObject();
        if (problem.problem().fault() == Problem.Fault.PLATFORM) {
            LOG.atWarn()
                    .addKeyValue(LogKey.PROBLEM, problem.problem().slug())
                    .addKeyValue(LogKey.TRACE, trace)
                    .addKeyValue(LogKey.REASON, problem.detail())
                    .log("a question was answered with a fault of the platform");
        }
    }

    /** Of the present span; where traces are off, a number that only the log knows. */
    private static String traceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : UUID.randomUUID().toString().replace("-", "");
    }
}
