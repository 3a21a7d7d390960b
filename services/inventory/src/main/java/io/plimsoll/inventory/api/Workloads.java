package io.plimsoll.inventory.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.inventory.v1.ListWorkloadsRequest;
import io.plimsoll.api.inventory.v1.ListWorkloadsResponse;
import io.plimsoll.api.inventory.v1.Workload;
import io.plimsoll.api.kernel.v1.Exposure;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.SubjectKind;
import io.plimsoll.api.resources.v1.ResourceBody;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.api.subjects.v1.Subject;
import io.plimsoll.api.subjects.v1.SubjectRecord;
import io.plimsoll.identity.Caller;
import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.sensor.SensorStore;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.inventory.store.Queries;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.page.PageToken;
import io.plimsoll.wire.ResourceCodec;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches workloads. What a caller may not see is not there; what does not fit a page goes on behind the last key, whatever changed since. */
@Singleton
public class Workloads {

    private static final int CHUNK = 500;
    /** Records looked at for one page: a page of a rare thing may be short, or empty, and still not the last. */
    private static final int LOOKED_AT_MAX = 20_000;

    private final Queries queries;
    private final SensorStore sensors;

    Workloads(Queries queries, PostgresSensors sensors) {
        this.queries = queries;
        this.sensors = sensors;
    }

    /** Labels and size of an object, which the record of its subjects does not tell. */
    private record Body(Map<String, String> labels, int replicas, String group) {}

    private static final class Search {
        private final ListWorkloadsRequest request;
        private final Caller caller;
        private final int size;
        private final ListWorkloadsResponse.Builder page = ListWorkloadsResponse.newBuilder();
        private String cluster = "";
        private String key = "";
        private int lookedAt;

        Search(ListWorkloadsRequest request, Caller caller) {
            this.request = request;
            this.caller = caller;
            this.size = PageToken.size(request.getPageSize());
        }

        boolean isFull() {
            return page.getWorkloadsCount() >= size || lookedAt >= LOOKED_AT_MAX;
        }
    }

    ListWorkloadsResponse list(ListWorkloadsRequest request, Caller caller) {
        String question = PageToken.question(
                "workloads",
                request.getScope(),
                request.getImage(),
                request.getLabel(),
                request.getExposureValue(),
                request.getFirstSeenSince(),
                request.getOrphans());
        Search search = new Search(request, caller);
        PageToken token = PageToken.read(request.getPageToken(), question);
        search.cluster = token.text(0);
        search.key = token.text(1);
        String only = request.getScope().getCluster();
        String from = search.cluster;
        if (only.isEmpty()) {
            Optional<ClusterRow> begun = from.isEmpty() ? Optional.empty() : queries.cluster(from);
            begun.ifPresent(row -> cluster(row, search));
            String after = from;
            while (!search.isFull()) {
                List<ClusterRow> rows = queries.clusters(after, CHUNK);
                for (ClusterRow row : rows) {
                    if (search.isFull()) {
                        break;
                    }
                    search.cluster = row.name();
                    search.key = "";
                    cluster(row, search);
                    after = row.name();
                }
                if (rows.size() < CHUNK && !search.isFull()) {
                    return search.page.build();
                }
            }
        } else {
            search.cluster = only;
            queries.cluster(only).ifPresent(row -> cluster(row, search));
            if (!search.isFull()) {
                return search.page.build();
            }
        }
        return search.page
                .setNextPageToken(PageToken.of(question, "", search.cluster, search.key))
                .build();
    }

    private void cluster(ClusterRow row, Search search) {
        Queries.Owners owners = queries.owners(row.name());
        Instant seen = lastSeen(row);
        while (true) {
            List<Queries.SubjectRow> rows = queries.subjects(row.name(), search.key, CHUNK);
            for (Queries.SubjectRow each : rows) {
                if (search.isFull()) {
                    return;
                }
                search.key = each.key();
                search.lookedAt++;
                workload(each, search, owners, seen).ifPresent(search.page::addWorkloads);
            }
            if (rows.size() < CHUNK) {
                return;
            }
        }
    }

    /** Of a live cluster when its sensor was heard last, while nothing of it waits to be told. */
    private @Nullable Instant lastSeen(ClusterRow row) {
        return sensors.sensor(row.name()).map(SensorRow::heard).orElse(row.accepted());
    }

    private Optional<Workload> workload(
            Queries.SubjectRow row, Search search, Queries.Owners owners, @Nullable Instant seen) {
        SubjectRecord record = subjects(row.content());
        Optional<Subject> subject = record.getSubjectsList().stream()
                .filter(each -> each.getRef().getKind() == SubjectKind.SUBJECT_KIND_WORKLOAD)
                .findFirst();
        if (subject.isEmpty() || !visible(subject.get(), search.caller, owners)) {
            return Optional.empty();
        }
        List<String> images = record.getSubjectsList().stream()
                .map(Subject::getImage)
                .filter(image -> !image.isEmpty())
                .distinct()
                .sorted()
                .toList();
        if (!asked(subject.get(), images, row, search.request)) {
            return Optional.empty();
        }
        Body body = body(
                queries.objectsOf(row.cluster(), row.key()),
                subject.get().getRef().getObject());
        if (!labelled(body.labels(), search.request.getLabel())) {
            return Optional.empty();
        }
        Workload.Builder workload = Workload.newBuilder()
                .setIdentity(record.getIdentity().toBuilder().setGroup(body.group()))
                .setTeam(subject.get().getTeam())
                .setApplication(subject.get().getApplication())
                .setTier(subject.get().getTier())
                .setExposure(subject.get().getExposure())
                .setLifecycle(subject.get().getLifecycle())
                .addAllImages(images)
                .putAllLabels(body.labels())
                .setReplicas(body.replicas())
                .setFirstSeen(SensorCodec.toWire(row.firstSeen()))
                .setLastChanged(SensorCodec.toWire(row.lastChanged()));
        if (seen != null) {
            workload.setLastSeen(SensorCodec.toWire(seen));
        }
        return Optional.of(workload.build());
    }

    private static boolean visible(Subject subject, Caller caller, Queries.Owners owners) {
        if (caller.seesAll()) {
            return true;
        }
        return subject.getTeam().isEmpty()
                ? caller.sees(owners.of(subject.getRef().getNamespace()))
                : caller.sees(List.of(subject.getTeam()));
    }

    private static boolean asked(
            Subject subject, Collection<String> images, Queries.SubjectRow row, ListWorkloadsRequest request) {
        Instant since = SensorCodec.fromWire(request.hasFirstSeenSince(), request.getFirstSeenSince());
        return within(subject, request.getScope())
                && (request.getImage().isEmpty()
                        || images.stream().anyMatch(image -> image.contains(request.getImage())))
                && (request.getExposure() == Exposure.EXPOSURE_UNSPECIFIED
                        || request.getExposure() == subject.getExposure())
                && (since == null || !row.firstSeen().isBefore(since))
                && (!request.getOrphans() || subject.getTeam().isEmpty());
    }

    private static boolean within(Subject subject, ScopeRef scope) {
        return switch (scope.getKind()) {
            case SCOPE_KIND_UNSPECIFIED, SCOPE_KIND_ORGANISATION -> true;
            case SCOPE_KIND_TEAM -> subject.getTeam().equals(scope.getName());
            case SCOPE_KIND_CLUSTER -> subject.getRef().getCluster().equals(name(scope));
            case SCOPE_KIND_NAMESPACE ->
                subject.getRef().getCluster().equals(scope.getCluster())
                        && subject.getRef().getNamespace().equals(scope.getName());
            case SCOPE_KIND_APPLICATION ->
                subject.getRef().getCluster().equals(scope.getCluster())
                        && subject.getRef().getNamespace().equals(scope.getNamespace())
                        && subject.getApplication().equals(scope.getName());
            case SCOPE_KIND_WORKLOAD ->
                subject.getRef().getCluster().equals(scope.getCluster())
                        && subject.getRef().getNamespace().equals(scope.getNamespace())
                        && subject.getRef().getObject().equals(scope.getObject())
                        && subject.getRef().getName().equals(scope.getName());
            case UNRECOGNIZED -> false;
        };
    }

    private static String name(ScopeRef cluster) {
        return cluster.getCluster().isEmpty() ? cluster.getName() : cluster.getCluster();
    }

    private static boolean labelled(Map<String, String> labels, String wanted) {
        if (wanted.isEmpty()) {
            return true;
        }
        int equals = wanted.indexOf('=');
        return equals < 0
                ? labels.containsKey(wanted)
                : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
    }

    private static SubjectRecord subjects(byte[] content) {
        try {
            return SubjectRecord.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept record cannot be read", e);
        }
    }

    /** Of the object of that kind among those with the key; two groups may have a kind of one name. */
    private static Body body(List<byte[]> objects, String kind) {
        for (byte[] bytes : objects) {
            try {
                ResourceRecord record = ResourceRecord.parseFrom(bytes);
                ResourceBody first = record.getBodies(0);
                if (record.getIdentity().getKind().equals(kind)
                        && !first.getJson().isEmpty()) {
                    Value value = ResourceCodec.value(first);
                    long replicas = value.at("spec", "replicas").integer().orElse(1);
                    return new Body(
                            new HashMap<>(value.at("metadata", "labels").textMap()),
                            (int) Math.clamp(replicas, 0, Integer.MAX_VALUE),
                            record.getIdentity().getGroup());
                }
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a kept record cannot be read", e);
            }
        }
        return new Body(Map.of(), 0, "");
    }
}
