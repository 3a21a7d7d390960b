package io.plimsoll.problem;

import io.grpc.Status;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can go wrong between a caller and the platform. A row says who can mend it and how REST (RFC 9457) and gRPC spell it. The
 * word is the constant in lower case with hyphens; words never change their meaning.
 */
public enum Problem {
    /** What was sent cannot be read or breaks the contract; the detail says where. */
    MALFORMED(Fault.CALLER, 400, Status.Code.INVALID_ARGUMENT, "What was sent cannot be read"),
    /** A page token that belongs to another question. */
    PAGE_TOKEN_INVALID(Fault.CALLER, 400, Status.Code.INVALID_ARGUMENT, "The page token belongs to another question"),
    UNAUTHENTICATED(Fault.CALLER, 401, Status.Code.UNAUTHENTICATED, "A valid token is needed"),
    FORBIDDEN(Fault.CALLER, 403, Status.Code.PERMISSION_DENIED, "The caller's roles do not allow this"),
    /** Not there, or not for the caller to see: the two are told apart by nobody. */
    NOT_FOUND(Fault.CALLER, 404, Status.Code.NOT_FOUND, "There is no such thing in the caller's scope"),
    METHOD_NOT_ALLOWED(Fault.CALLER, 405, Status.Code.UNIMPLEMENTED, "This cannot be done here"),
    NOT_ACCEPTABLE(Fault.CALLER, 406, Status.Code.INVALID_ARGUMENT, "This form of answer is not offered"),
    /** Exists already and says otherwise. */
    CONFLICT(Fault.CALLER, 409, Status.Code.ALREADY_EXISTS, "It exists already and is something else"),
    /** The snapshot a page belongs to is gone: start again. */
    SNAPSHOT_MOVED(Fault.CALLER, 409, Status.Code.ABORTED, "The data moved on, start from the first page"),
    /** What the caller thinks is there has changed meanwhile. */
    STALE(Fault.CALLER, 412, Status.Code.FAILED_PRECONDITION, "It has changed meanwhile"),
    /** Over a stated bound; the detail names it. */
    TOO_LARGE(Fault.CALLER, 413, Status.Code.RESOURCE_EXHAUSTED, "It is over a limit"),
    UNSUPPORTED_MEDIA_TYPE(Fault.CALLER, 415, Status.Code.INVALID_ARGUMENT, "This form of content is not taken"),
    /** Reads well and cannot be right; the detail says where. */
    UNPROCESSABLE(Fault.CALLER, 422, Status.Code.INVALID_ARGUMENT, "What was sent cannot be right"),
    /** Too slow to be kept waiting for, or too much at once. */
    TOO_MANY(Fault.CALLER, 429, Status.Code.RESOURCE_EXHAUSTED, "Too much at once"),
    INTERNAL(Fault.PLATFORM, 500, Status.Code.INTERNAL, "Something went wrong here"),
    NOT_OFFERED(Fault.PLATFORM, 501, Status.Code.UNIMPLEMENTED, "This is not offered yet"),
    /** Another process answers for it. */
    NOT_OWNER(Fault.PLATFORM, 503, Status.Code.FAILED_PRECONDITION, "Another process answers for this"),
    /** It owns the answer and is still reading. */
    REPLAYING(Fault.PLATFORM, 503, Status.Code.UNAVAILABLE, "It is still being read"),
    STORE_AWAY(Fault.PLATFORM, 503, Status.Code.UNAVAILABLE, "The database cannot be reached"),
    SERVICE_AWAY(Fault.PLATFORM, 503, Status.Code.UNAVAILABLE, "A service cannot be reached"),
    TOO_SLOW(Fault.PLATFORM, 504, Status.Code.DEADLINE_EXCEEDED, "It took longer than allowed");

    /** Who can mend it. */
    public enum Fault {
        CALLER,
        PLATFORM
    }

    private final Fault fault;
    private final int http;
    private final Status.Code grpc;
    private final String title;

    Problem(Fault fault, int http, Status.Code grpc, String title) {
        this.fault = fault;
        this.http = http;
        this.grpc = grpc;
        this.title = title;
    }

    /** For instance {@code too-large}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Fault fault() {
        return fault;
    }

    /** Status code of the answer in REST. */
    public int http() {
        return http;
    }

    public Status.Code grpc() {
        return grpc;
    }

    /** The same for every occurrence; the detail tells them apart. */
    public String title() {
        return title;
    }

    public static Optional<Problem> ofSlug(String slug) {
        for (Problem problem : values()) {
            if (problem.slug().equals(slug)) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    /** What a status means that carries no slug: it comes from the transport, or from a service that failed. */
    public static Problem of(Status.Code code) {
        return switch (code) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> MALFORMED;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case PERMISSION_DENIED -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case ALREADY_EXISTS -> CONFLICT;
            case ABORTED -> SNAPSHOT_MOVED;
            case FAILED_PRECONDITION -> STALE;
            case RESOURCE_EXHAUSTED -> TOO_LARGE;
            case UNIMPLEMENTED -> NOT_OFFERED;
            case UNAVAILABLE, CANCELLED -> SERVICE_AWAY;
            case DEADLINE_EXCEEDED -> TOO_SLOW;
            case OK, UNKNOWN, INTERNAL, DATA_LOSS -> INTERNAL;
        };
    }
}
