package io.plimsoll.gateway.upstream;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.UploadChunk;
import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.upload.SpooledUpload;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands an upload that is known to be whole to inventory, as fast as inventory takes it. */
@ApplicationScoped
public class Uploading {

    private static final int PIECE_BYTES = 256 << 10;

    private final Questions questions;
    private final Duration deadline;

    Uploading(Questions questions, GatewayConfig config) {
        this.questions = questions;
        this.deadline = config.uploadDeadline();
    }

    /**
     * @throws ProblemException for whatever inventory or the way to it says
     * @throws IOException when the spool cannot be read
     */
    public UploadManifestsResponse send(UploadHeader header, SpooledUpload upload) throws IOException {
        BlockingClientCall<UploadManifestsRequest, UploadManifestsResponse> call =
                ClientCalls.blockingClientStreamingCall(
                        questions.channel(Upstream.INVENTORY),
                        InventoryServiceGrpc.getUploadManifestsMethod(),
                        CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        boolean over = false;
        try {
            write(call, UploadManifestsRequest.newBuilder().setHeader(header).build());
            upload.forEachPiece(
                    PIECE_BYTES,
                    (name, content) -> write(
                            call,
                            UploadManifestsRequest.newBuilder()
                                    .setChunk(UploadChunk.newBuilder()
                                            .setFile(name)
                                            .setContent(ByteString.copyFrom(content)))
                                    .build()));
            call.halfClose();
            UploadManifestsResponse answer = call.read();
            over = true;
            if (answer == null) {
                throw new ProblemException(Problem.INTERNAL, "inventory ended without an answer");
            }
            return answer;
        } catch (StatusException e) {
            over = true;
            throw failed(e.getStatus(), e.getTrailers());
        } catch (StatusRuntimeException e) {
            over = true;
            throw failed(e.getStatus(), e.getTrailers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.SERVICE_AWAY, "the gateway is stopping", e);
        } finally {
            if (!over) {
                call.cancel("the upload was not sent whole", null);
            }
        }
    }

    private ProblemException failed(Status status, @Nullable Metadata trailers) {
        // Nobody knows whether it was stored: the same idempotency key again tells.
        return status.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? new ProblemException(Problem.TOO_SLOW, "inventory did not store the upload in time")
                        .over(deadline.toSeconds() + " seconds")
                : Failures.problem(Upstream.INVENTORY, status, trailers);
    }

    private static void write(
            BlockingClientCall<UploadManifestsRequest, UploadManifestsResponse> call, UploadManifestsRequest part) {
        try {
            if (!call.write(part)) {
                // Ended early by the other side: reading tells with what.
                call.read();
                throw new ProblemException(Problem.INTERNAL, "inventory answered before it had the whole upload");
            }
        } catch (StatusException e) {
            throw new StatusRuntimeException(e.getStatus(), e.getTrailers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.SERVICE_AWAY, "the gateway is stopping", e);
        }
    }
}
