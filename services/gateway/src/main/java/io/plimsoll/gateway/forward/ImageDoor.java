package io.plimsoll.gateway.forward;

import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** What is in images, and what is known against it. */
@GrpcService
public class ImageDoor extends Door {

    ImageDoor(Forwarding forwarding) {
        super(ImageServiceGrpc.getServiceDescriptor(), Upstream.IMAGE_SCAN, forwarding);
    }
}
