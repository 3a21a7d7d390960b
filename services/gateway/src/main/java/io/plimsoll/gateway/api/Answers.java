package io.plimsoll.gateway.api;

import io.plimsoll.gateway.answer.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Answers in JSON. */
final class Answers {

    private Answers() {}

    static Response ok(byte[] body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** With the tag of its bytes; 304 without them where the caller has them. */
    static Response tagged(byte[] body, @Nullable String ifNoneMatch) {
        return tagged(body, EntityTag.of(body), ifNoneMatch);
    }

    static Response tagged(byte[] body, String tag, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && EntityTag.isNamedBy(ifNoneMatch, tag)) {
            return Response.notModified().header(HttpHeaders.ETAG, tag).build();
        }
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, tag)
                .build();
    }
}
