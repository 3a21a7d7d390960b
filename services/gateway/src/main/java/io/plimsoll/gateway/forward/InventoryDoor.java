package io.plimsoll.gateway.forward;

import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.GetResourceRequest;
import io.plimsoll.api.inventory.v1.GetResourceResponse;
import io.plimsoll.api.inventory.v1.InventoryService;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListClustersRequest;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.plimsoll.api.inventory.v1.ListCoverageRequest;
import io.plimsoll.api.inventory.v1.ListCoverageResponse;
import io.plimsoll.api.inventory.v1.ListDeclarationsRequest;
import io.plimsoll.api.inventory.v1.ListDeclarationsResponse;
import io.plimsoll.api.inventory.v1.ListResourcesRequest;
import io.plimsoll.api.inventory.v1.ListResourcesResponse;
import io.plimsoll.api.inventory.v1.MutinyInventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.api.inventory.v1.RebuildTopicsRequest;
import io.plimsoll.api.inventory.v1.RebuildTopicsResponse;
import io.plimsoll.api.inventory.v1.RegisterClusterRequest;
import io.plimsoll.api.inventory.v1.RegisterClusterResponse;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Clusters, uploads and declarations. Forwarded in the caller's name. */
@GrpcService
@Authenticated
public class InventoryDoor implements InventoryService {

    private final Forwarding forwarding;

    InventoryDoor(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public Uni<RegisterClusterResponse> registerCluster(RegisterClusterRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getRegisterClusterMethod(), request);
    }

    @Override
    public Uni<GetClusterResponse> getCluster(GetClusterRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getGetClusterMethod(), request);
    }

    @Override
    public Uni<ListClustersResponse> listClusters(ListClustersRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getListClustersMethod(), request);
    }

    @Override
    public Uni<PutDeclarationsResponse> putDeclarations(PutDeclarationsRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getPutDeclarationsMethod(), request);
    }

    @Override
    public Uni<ListDeclarationsResponse> listDeclarations(ListDeclarationsRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getListDeclarationsMethod(), request);
    }

    @Override
    public Uni<ListResourcesResponse> listResources(ListResourcesRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getListResourcesMethod(), request);
    }

    @Override
    public Uni<GetResourceResponse> getResource(GetResourceRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getGetResourceMethod(), request);
    }

    @Override
    public Uni<ListCoverageResponse> listCoverage(ListCoverageRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getListCoverageMethod(), request);
    }

    @Override
    public Uni<RebuildTopicsResponse> rebuildTopics(RebuildTopicsRequest request) {
        return forwarding.ask(Upstream.INVENTORY, InventoryServiceGrpc.getRebuildTopicsMethod(), request);
    }

    @Override
    public Uni<UploadManifestsResponse> uploadManifests(Multi<UploadManifestsRequest> request) {
        return forwarding.failures(
                Upstream.INVENTORY,
                MutinyInventoryServiceGrpc.newMutinyStub(forwarding.forStreams(Upstream.INVENTORY))
                        .uploadManifests(request));
    }
}
