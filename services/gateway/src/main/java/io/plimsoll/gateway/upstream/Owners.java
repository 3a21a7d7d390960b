package io.plimsoll.gateway.upstream;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import io.plimsoll.api.kernel.v1.NotOwner;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a service says when another of its replicas answers for a cluster. */
public final class Owners {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.-]{1,253}:[0-9]{1,5}|\\[[0-9A-Fa-f:]{2,45}]:[0-9]{1,5}");

    private Owners() {}

    /** The owner's {@code host:port}; empty when the failure is another one, or nobody owns it yet. */
    public static Optional<String> owner(io.grpc.Status status, @Nullable Metadata trailers) {
        if (status.getCode() != Code.FAILED_PRECONDITION || trailers == null) {
            return Optional.empty();
        }
        Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        for (Any detail : details.getDetailsList()) {
            if (detail.is(NotOwner.class)) {
                try {
                    String address = detail.unpack(NotOwner.class).getOwnerAddress();
                    return ADDRESS.matcher(address).matches() ? Optional.of(address) : Optional.empty();
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
