package io.plimsoll.problem;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Problems in gRPC and back: the status carries the code and the detail, the trailers the word, the place, the bound and the pause. Values of
 * trailers are percent-encoded, because they are limited to printable ASCII.
 */
public final class ProblemStatus {

    private static final Metadata.Key<String> PROBLEM = key("plimsoll-problem");
    private static final Metadata.Key<String> PLACE = key("plimsoll-place");
    private static final Metadata.Key<String> LIMIT = key("plimsoll-limit");
    private static final Metadata.Key<String> RETRY = key("plimsoll-retry-after-millis");

    private ProblemStatus() {}

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    public static StatusRuntimeException toGrpc(ProblemException problem) {
        Metadata trailers = new Metadata();
        fill(trailers, problem);
        return status(problem).asRuntimeException(trailers);
    }

    /** The status alone. */
    public static Status status(ProblemException problem) {
        return Status.fromCode(problem.problem().grpc())
                .withDescription(problem.detail())
                .withCause(problem.getCause());
    }

    /** Puts what the status cannot say into the trailers. */
    public static void fill(Metadata trailers, ProblemException problem) {
        trailers.put(PROBLEM, problem.problem().slug());
        if (!problem.place().isEmpty()) {
            trailers.put(PLACE, encoded(problem.place()));
        }
        if (!problem.limit().isEmpty()) {
            trailers.put(LIMIT, encoded(problem.limit()));
        }
        Duration pause = problem.retryAfter();
        if (pause != null) {
            trailers.put(RETRY, Long.toString(pause.toMillis()));
        }
    }

    /** Whatever a call failed with, as a problem; a {@link ProblemException} is itself. */
    public static ProblemException fromGrpc(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case StatusRuntimeException e -> from(e.getStatus(), e.getTrailers(), e);
            case StatusException e -> from(e.getStatus(), e.getTrailers(), e);
            default -> new ProblemException(Problem.INTERNAL, "the call failed; the log says how", failure);
        };
    }

    private static ProblemException from(Status status, @Nullable Metadata trailers, Throwable cause) {
        String word = trailers == null ? null : trailers.get(PROBLEM);
        Problem problem = word == null
                ? Problem.of(status.getCode())
                : Problem.ofSlug(word).orElseGet(() -> Problem.of(status.getCode()));
        String said = status.getDescription();
        ProblemException result =
                new ProblemException(problem, said == null || said.isBlank() ? problem.title() : said, cause);
        if (trailers == null) {
            return result;
        }
        String place = trailers.get(PLACE);
        String limit = trailers.get(LIMIT);
        String retry = trailers.get(RETRY);
        result = place == null ? result : result.at(decoded(place));
        result = limit == null ? result : result.over(decoded(limit));
        return retry == null || !retry.matches("[0-9]{1,12}")
                ? result
                : result.retryAfter(Duration.ofMillis(Long.parseLong(retry)));
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
