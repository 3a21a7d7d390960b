package io.plimsoll.gateway.forward;

import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** Clusters, uploads, declarations and the objects seen. */
@GrpcService
public class InventoryDoor extends Door {

    InventoryDoor(Forwarding forwarding) {
        super(InventoryServiceGrpc.getServiceDescriptor(), Upstream.INVENTORY, forwarding);
    }
}
