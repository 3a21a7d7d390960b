package io.plimsoll.gateway.api;

import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.upload.Spool;
import io.plimsoll.gateway.upload.SpooledUpload;
import io.plimsoll.gateway.upload.TimedStream;
import io.plimsoll.gateway.upload.UploadFormat;
import io.plimsoll.gateway.upload.UploadLimits;
import io.plimsoll.gateway.upload.UploadRefused;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bodies of requests, bounded in bytes and time; what goes wrong with one is a problem that names bound and place. */
@ApplicationScoped
public class Bodies {

    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final UploadLimits limits = UploadLimits.DEFAULT;
    private final Spool spool;
    private final Duration within;

    Bodies(GatewayConfig config) {
        spool = new Spool(config.data().resolve("spool"), limits, config.uploadsMax());
        within = config.bodyDeadline();
    }

    /** A disk that is not there yet is no reason not to start: uploads say so until it is. */
    void sweep(@Observes StartupEvent started) {
        try {
            spool.sweep();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the spool's folder cannot be swept");
        }
    }

    /** @throws ProblemException for a type that is not taken, or a body that is encoded once more */
    static UploadFormat format(@Nullable String contentType, @Nullable String contentEncoding) {
        if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                            Problem.UNSUPPORTED_MEDIA_TYPE,
                            "no Content-Encoding is taken; an archive in gzip is application/gzip")
                    .at("Content-Encoding");
        }
        return UploadFormat.ofMediaType(contentType == null ? "" : contentType)
                .orElseThrow(() -> new ProblemException(
                                Problem.UNSUPPORTED_MEDIA_TYPE,
                                "manifests are application/yaml, application/json, application/x-tar or application/gzip")
                        .at("Content-Type"));
    }

    /** @throws ProblemException when nothing of it is taken, or there is no room for it now */
    SpooledUpload spool(InputStream body, @Nullable String contentLength, UploadFormat format, String name)
            throws IOException {
        refuseAnnounced(contentLength, limits.packedBytesMax());
        try {
            return spool.take(new TimedStream(body, within), format, name)
                    .orElseThrow(() ->
                            new ProblemException(Problem.TOO_MANY, "too many uploads at once").retryAfter(ASK_AGAIN));
        } catch (UploadRefused e) {
            throw problem(e);
        } catch (FileSystemException e) {
            throw noRoom(e);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space left")) {
                throw noRoom(e);
            }
            throw new ProblemException(Problem.MALFORMED, "the body ended before it was whole", e);
        }
    }

    /** A small body, whole. */
    byte[] read(InputStream body, @Nullable String contentLength, int bytesMax) {
        refuseAnnounced(contentLength, bytesMax);
        try {
            byte[] content = new TimedStream(body, within).readNBytes(bytesMax + 1);
            if (content.length > bytesMax) {
                throw tooLarge(bytesMax);
            }
            return content;
        } catch (UploadRefused e) {
            throw problem(e);
        } catch (IOException e) {
            throw new ProblemException(Problem.MALFORMED, "the body ended before it was whole", e);
        }
    }

    /** Before a byte of it is read. */
    private static void refuseAnnounced(@Nullable String contentLength, long bytesMax) {
        if (contentLength != null
                && contentLength.matches("[0-9]+")
                && (contentLength.length() > 18 || Long.parseLong(contentLength) > bytesMax)) {
            throw tooLarge(bytesMax);
        }
    }

    private static ProblemException tooLarge(long bytesMax) {
        return new ProblemException(Problem.TOO_LARGE, "the body is larger than " + bytesMax + " bytes")
                .over(bytesMax + " bytes");
    }

    private static ProblemException noRoom(IOException cause) {
        return new ProblemException(Problem.STORE_AWAY, "the gateway has no room to hold the upload", cause)
                .retryAfter(ASK_AGAIN);
    }

    private static ProblemException problem(UploadRefused refused) {
        Problem problem =
                switch (refused.rule()) {
                    case TOO_LARGE, RATIO, TOO_MANY_ENTRIES -> Problem.TOO_LARGE;
                    case NAME -> Problem.UNPROCESSABLE;
                    case MALFORMED -> Problem.MALFORMED;
                    case TOO_SLOW -> Problem.TOO_MANY;
                };
        return new ProblemException(problem, String.valueOf(refused.getMessage()))
                .at(refused.place())
                .over(refused.limit());
    }
}
