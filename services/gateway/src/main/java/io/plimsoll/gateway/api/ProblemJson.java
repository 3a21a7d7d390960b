package io.plimsoll.gateway.api;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Problems as RFC 9457 has them. */
final class ProblemJson {

    static final String MEDIA_TYPE = "application/problem+json";

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
        return JsonText.of(json -> {
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
            SpanContext span = Span.current().getSpanContext();
            if (span.isValid()) {
                json.writeStringField("traceId", span.getTraceId());
            }
            json.writeEndObject();
        });
    }
}
