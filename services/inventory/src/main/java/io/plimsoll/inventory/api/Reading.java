package io.plimsoll.inventory.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.api.facts.v1.FactRecord;
import io.plimsoll.api.inventory.v1.Cluster;
import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.ListChangesRequest;
import io.plimsoll.api.inventory.v1.ListChangesResponse;
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
import io.plimsoll.inventory.sensor.SensorStore;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.inventory.store.Queries;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TopicKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What callers may read, page by page. What they may not see is not there. */
@Singleton
public class Reading {

    private final Queries queries;
    private final SensorStore sensors;
    private final Clock clock = Clock.systemUTC();

    Reading(Queries queries, PostgresSensors sensors) {
        this.queries = queries;
        this.sensors = sensors;
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
        return GetClusterResponse.newBuilder().setCluster(cluster(row)).build();
    }

    private Cluster cluster(ClusterRow row) {
        Cluster wire = ClusterCodec.toWire(row);
        return row.mode() == ClusterMode.MANIFESTS
                ? wire
                : sensors.sensor(row.name())
                        .map(sensor -> wire.toBuilder()
                                .setSensor(
                                        SensorCodec.toWire(sensor, queries.publishedUpTo(row.name()), clock.instant()))
                                .build())
                        .orElse(wire);
    }

    /** Changes are told of whole clusters, and of a namespace to those who see all of it. */
    ListChangesResponse changes(ListChangesRequest request, Caller caller) {
        int size = PageToken.size(request.getPageSize());
        boolean seen = request.getNamespace().isEmpty()
                ? sees(caller, request.getCluster())
                : sees(caller, request.getCluster(), request.getNamespace());
        if (!seen || queries.cluster(request.getCluster()).isEmpty()) {
            throw notThere("such cluster");
        }
        String question = PageToken.question(
                "changes", request.getCluster(), request.getNamespace(), request.getKind(), request.getName());
        String before = PageToken.read(request.getPageToken(), question).text(0);
        List<SensorStore.NumberedChange> changes = sensors.changes(
                request.getCluster(),
                new ObjectKey("", request.getKind(), request.getNamespace(), request.getName()),
                before.isEmpty() ? Long.MAX_VALUE : number(before),
                size + 1);
        ListChangesResponse.Builder page = ListChangesResponse.newBuilder();
        changes.stream().limit(size).forEach(each -> page.addChanges(SensorCodec.toWire(each, request.getCluster())));
        if (changes.size() > size) {
            page.setNextPageToken(PageToken.of(
                    question, "", Long.toString(changes.get(size - 1).id())));
        }
        return page.build();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.PAGE_TOKEN_INVALID, "the page token is none of this question's", e);
        }
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
                page.addClusters(cluster(row));
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
