package io.plimsoll.inventory.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.api.facts.v1.FactRecord;
import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.ListClustersRequest;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.plimsoll.api.inventory.v1.ListCoverageRequest;
import io.plimsoll.api.inventory.v1.ListCoverageResponse;
import io.plimsoll.api.inventory.v1.ListDeclarationsRequest;
import io.plimsoll.api.inventory.v1.ListDeclarationsResponse;
import io.plimsoll.api.inventory.v1.ListResourcesRequest;
import io.plimsoll.api.inventory.v1.ListResourcesResponse;
import io.plimsoll.api.kernel.v1.Coverage;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.identity.Caller;
import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.inventory.store.Queries;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TopicKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What callers may read, page by page. What they may not see is not there. */
@Singleton
public class Reading {

    private final Queries queries;

    Reading(Queries queries) {
        this.queries = queries;
    }

    private static Queries.Sight sight(Caller caller) {
        return new Queries.Sight(caller.seesAll(), caller.visibleTeams());
    }

    private boolean sees(Caller caller, String cluster) {
        return caller.seesAll() || caller.sees(queries.owners(cluster).of(""));
    }

    private static ProblemException notThere(String what) {
        return new ProblemException(Problem.NOT_FOUND, "there is no " + what + " in your scope");
    }

    GetClusterResponse cluster(GetClusterRequest request, Caller caller) {
        ClusterRow row = queries.cluster(request.getName())
                .filter(each -> sees(caller, each.name()))
                .orElseThrow(() -> notThere("such cluster"));
        return GetClusterResponse.newBuilder()
                .setCluster(ClusterCodec.toWire(row))
                .build();
    }

    ListClustersResponse clusters(ListClustersRequest request, Caller caller) {
        int size = PageToken.size(request.getPageSize());
        String after = PageToken.read(request.getPageToken(), "clusters").text(0);
        ListClustersResponse.Builder page = ListClustersResponse.newBuilder();
        while (true) {
            List<ClusterRow> rows = queries.clusters(after, size + 1);
            for (ClusterRow row : rows) {
                if (!sees(caller, row.name())) {
                    after = row.name();
                    continue;
                }
                if (page.getClustersCount() == size) {
                    return page.setNextPageToken(PageToken.of("clusters", "", after))
                            .build();
                }
                page.addClusters(ClusterCodec.toWire(row));
                after = row.name();
            }
            if (rows.size() <= size) {
                return page.build();
            }
        }
    }

    ListResourcesResponse resources(ListResourcesRequest request, Caller caller) {
        int size = PageToken.size(request.getPageSize());
        ClusterRow row = queries.cluster(request.getCluster()).orElseThrow(() -> notThere("such cluster"));
        Queries.Sight sight = sight(caller);
        if (!caller.seesAll()
                && queries.owners(row.name()).teams().values().stream()
                        .noneMatch(teams -> teams.stream().anyMatch(sight.teams()::contains))) {
            throw notThere("such cluster");
        }
        String question = TopicKey.of("resources", request.getCluster(), request.getNamespace(), request.getKind());
        String snapshot = row.revision().toString();
        String after =
                PageToken.read(request.getPageToken(), question).at(snapshot).text(0);
        List<String> keys =
                queries.resources(row.name(), request.getNamespace(), request.getKind(), after, size + 1, sight);
        ListResourcesResponse.Builder page = ListResourcesResponse.newBuilder();
        keys.stream().limit(size).forEach(key -> page.addResources(KernelCodec.toWire(TopicKey.resource(key))));
        if (keys.size() > size) {
            page.setNextPageToken(PageToken.of(question, snapshot, keys.get(size - 1)));
        }
        return page.build();
    }

    byte[] resource(String cluster, String key, Caller caller) {
        return queries.resource(cluster, key, sight(caller)).orElseThrow(() -> notThere("such object"));
    }

    ListDeclarationsResponse declarations(ListDeclarationsRequest request, Caller caller) {
        int size = PageToken.size(request.getPageSize());
        String question = TopicKey.of("declarations", request.getKind());
        Map.Entry<Long, List<byte[]>> found = queries.declarations(request.getKind(), "", "", 0);
        String snapshot = Long.toString(found.getKey());
        PageToken token = PageToken.read(request.getPageToken(), question).at(snapshot);
        String kind = token.text(0);
        String name = token.text(1);
        ListDeclarationsResponse.Builder page = ListDeclarationsResponse.newBuilder();
        while (true) {
            List<byte[]> records = queries.declarations(request.getKind(), kind, name, size + 1)
                    .getValue();
            for (byte[] bytes : records) {
                DeclarationRecord record = declaration(bytes);
                boolean visible = visible(record, caller);
                if (visible && page.getDeclarationsCount() == size) {
                    return page.setNextPageToken(PageToken.of(question, snapshot, kind, name))
                            .build();
                }
                if (visible) {
                    page.addDeclarations(record);
                }
                kind = record.getKind();
                name = record.getName();
            }
            if (records.size() <= size) {
                return page.build();
            }
        }
    }

    private static DeclarationRecord declaration(byte[] bytes) {
        try {
            return DeclarationRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept declaration cannot be read", e);
        }
    }

    /** A team's own: itself, its applications, and what is said for its scopes. */
    private boolean visible(DeclarationRecord record, Caller caller) {
        if (caller.seesAll()) {
            return true;
        }
        return switch (record.getDeclarationCase()) {
            case TEAM -> caller.sees(List.of(record.getTeam().getName()));
            case APPLICATION ->
                !record.getApplication().getTeam().isEmpty()
                        && caller.sees(List.of(record.getApplication().getTeam()));
            case ATTESTATION -> visible(record.getAttestation().getScope(), caller);
            case WAIVER ->
                !record.getWaiver().getSelector().getCluster().isEmpty()
                        && sees(
                                caller,
                                record.getWaiver().getSelector().getCluster(),
                                record.getWaiver().getSelector().getNamespace());
            case ORGANISATION, REGISTRY, FRAMEWORK, CLUSTER, ADOPTION, DECLARATION_NOT_SET -> false;
        };
    }

    private boolean visible(ScopeRef scope, Caller caller) {
        return scope.getKind() == ScopeKind.SCOPE_KIND_TEAM
                ? caller.sees(List.of(scope.getName()))
                : !scope.getCluster().isEmpty() && sees(caller, scope.getCluster(), scope.getNamespace());
    }

    private boolean sees(Caller caller, String cluster, String namespace) {
        return caller.sees(queries.owners(cluster).of(namespace));
    }

    /** Gaps are told of whole clusters: of a scope within one they are those of its cluster, where the caller sees all of it. */
    ListCoverageResponse coverage(ListCoverageRequest request, Caller caller) {
        int size = PageToken.size(request.getPageSize());
        String wanted = request.hasScope() ? request.getScope().getCluster() : "";
        String question = "coverage " + (request.hasScope() ? request.getScope().toString() : "");
        List<Coverage> all = new ArrayList<>();
        StringBuilder snapshot = new StringBuilder();
        if (request.getScope().getKind() != ScopeKind.SCOPE_KIND_TEAM) {
            gather(wanted, caller, all, snapshot);
        }
        all.sort(Comparator.comparing(Coverage::getKind)
                .thenComparing(each -> each.getScope().getCluster())
                .thenComparing(Coverage::getText));
        String at = Canonical.sha256(snapshot.toString());
        int from = Math.min(
                all.size(),
                PageToken.read(request.getPageToken(), question).at(at).index(0));
        int to = Math.min(all.size(), from + size);
        ListCoverageResponse.Builder page = ListCoverageResponse.newBuilder().addAllCoverage(all.subList(from, to));
        return to < all.size()
                ? page.setNextPageToken(PageToken.of(question, at, to)).build()
                : page.build();
    }

    private void gather(String wanted, Caller caller, List<Coverage> all, StringBuilder snapshot) {
        String after = "";
        List<ClusterRow> rows;
        do {
            rows = wanted.isEmpty()
                    ? queries.clusters(after, PageToken.SIZE_MAX)
                    : queries.cluster(wanted).stream().toList();
            for (ClusterRow row : rows) {
                after = row.name();
                if (sees(caller, row.name())) {
                    snapshot.append(row.name()).append(row.revision());
                    all.addAll(coverage(row.name()));
                }
            }
        } while (wanted.isEmpty() && rows.size() == PageToken.SIZE_MAX);
    }

    private List<Coverage> coverage(String cluster) {
        ScopeRef scope = ScopeRef.newBuilder()
                .setKind(ScopeKind.SCOPE_KIND_CLUSTER)
                .setCluster(cluster)
                .build();
        return queries.fact(cluster, TopicKey.resource(FactsCodec.clusterId(cluster))).stream()
                .flatMap(bytes -> facts(bytes).getCoverageList().stream())
                .map(each -> ClusterCodec.toWire(KernelCodec.fromWire(each)).toBuilder()
                        .setScope(scope)
                        .build())
                .toList();
    }

    private static FactRecord facts(byte[] bytes) {
        try {
            return FactRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept record cannot be read", e);
        }
    }

    int rebuilding() {
        return queries.rebuilding();
    }
}
