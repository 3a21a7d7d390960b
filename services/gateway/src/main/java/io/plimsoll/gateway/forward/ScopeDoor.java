package io.plimsoll.gateway.forward;

import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ListScopesResponse;
import io.plimsoll.api.scoring.v1.ScopeService;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** The tree of scopes. Forwarded in the caller's name. */
@GrpcService
@Authenticated
public class ScopeDoor implements ScopeService {

    private final Forwarding forwarding;

    ScopeDoor(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public Uni<ListScopesResponse> listScopes(ListScopesRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, ScopeServiceGrpc.getListScopesMethod(), request);
    }
}
