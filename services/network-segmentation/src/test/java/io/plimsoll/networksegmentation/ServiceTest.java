package io.plimsoll.networksegmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.plimsoll.api.kernel.v1.NotOwner;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.segmentation.v1.Connection;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.ExplainConnectionRequest;
import io.plimsoll.api.segmentation.v1.ListClassMembersRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.ProbeConnectionRequest;
import io.plimsoll.api.segmentation.v1.Protocol;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.networksegmentation.flow.NetworkSegmentation;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The service as it runs: calls with real tokens, what each caller may see, and who answers when a partition moves. */
@QuarkusTest
@QuarkusTestResource(RunningService.Parts.class)
class ServiceTest extends RunningService {

    /** The last of them: it is the first to go when a second replica comes. */
    private static final int PARTITION = 11;

    private static ListConnectionsRequest.Builder asked() {
        return ListConnectionsRequest.newBuilder().setCluster(Town.CLUSTER).setPageSize(500);
    }

    private ListConnectionsResponse awaitRevision(String token, long number) throws InterruptedException {
        ListConnectionsResponse[] last = new ListConnectionsResponse[1];
        await("revision " + number, () -> {
            try {
                last[0] = calls(token).listConnections(asked().build());
                return last[0].getRevision().getNumber() == number;
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
        return last[0];
    }

    @Test
    void connectionsAreListedPageByPageAndByTeam() throws Exception {
        relay(Town.state(), PARTITION, 1);
        String service = token("service");
        ListConnectionsResponse all = awaitRevision(service, 1);
        assertThat(all.getNextPageToken()).isEmpty();
        assertThat(all.getConnectionsList())
                .anyMatch(each -> each.getSource().hasIngressController())
                .anyMatch(each -> each.getDestination().getCidr().equals("10.0.0.0/8"));
        List<Connection> paged = new ArrayList<>();
        String token = "";
        do {
            ListConnectionsResponse page = calls(service)
                    .listConnections(asked().setPageSize(3).setPageToken(token).build());
            assertThat(page.getConnectionsCount()).isBetween(1, 3);
            paged.addAll(page.getConnectionsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(all.getConnectionsList());

        String viewer = token("viewer");
        ListConnectionsResponse seen = calls(viewer).listConnections(asked().build());
        assertThat(seen.getConnectionsCount()).isEqualTo(6);
        assertThat(seen.toString()).doesNotContain("bank").doesNotContain("square");
        assertThat(code(() -> calls(viewer)
                        .listConnections(asked().setWorkload(workload("bank", "StatefulSet", "ledger"))
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() ->
                        calls(service).listConnections(asked().setPageSize(501).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> calls(service)
                        .listConnections(asked().setCluster("atlantis").build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ConnectionServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .listConnections(asked().build())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        members(service, all.getRevision());
        probes(service, viewer);

        String second =
                calls(service).listConnections(asked().setPageSize(3).build()).getNextPageToken();
        relay(Town.state(), PARTITION, 2);
        awaitRevision(service, 2);
        StatusRuntimeException moved = refused(() -> calls(service)
                .listConnections(asked().setPageSize(3).setPageToken(second).build()));
        assertThat(moved.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(get("/q/metrics").body())
                .contains("plimsoll_corridor_partitions_held", "plimsoll_corridor_records_published_total");
        secondReplica(service);
    }

    private void members(String service, Revision revision) {
        ListClassMembersRequest.Builder request =
                ListClassMembersRequest.newBuilder().setCluster(Town.CLUSTER).setRevision(revision);
        List<String> names = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            calls(service)
                    .listClassMembers(request.setClassNumber(number).build())
                    .getWorkloadsList()
                    .forEach(each -> names.add(each.getName()));
        }
        assertThat(names).containsExactlyInAnyOrder("web", "cart", "ledger", "fountain");
        assertThat(code(() -> calls(service)
                        .listClassMembers(request.setClassNumber(99).build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        Revision another = revision.toBuilder().setNumber(77).build();
        assertThat(code(() -> calls(service)
                        .listClassMembers(
                                request.setClassNumber(0).setRevision(another).build())))
                .isEqualTo(Status.Code.ABORTED);
    }

    private void probes(String service, String viewer) {
        ProbeConnectionRequest.Builder request = ProbeConnectionRequest.newBuilder()
                .setCluster(Town.CLUSTER)
                .setSource(Endpoint.newBuilder().setWorkload(workload("shop", "Deployment", "web")))
                .setDestination(Endpoint.newBuilder().setWorkload(workload("shop", "Deployment", "cart")))
                .setProtocol(Protocol.PROTOCOL_TCP)
                .setPort(7070);
        assertThat(calls(viewer).probeConnection(request.build()).getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(calls(viewer)
                        .probeConnection(request.clone().setPort(22).build())
                        .getVerdict())
                .isEqualTo(Verdict.VERDICT_DENIED);
        Endpoint ledger = Endpoint.newBuilder()
                .setWorkload(workload("bank", "StatefulSet", "ledger"))
                .build();
        ProbeConnectionRequest foreign = request.clone().setDestination(ledger).build();
        assertThat(calls(service).probeConnection(foreign).getVerdict()).isEqualTo(Verdict.VERDICT_ALLOWED);
        assertThat(code(() -> calls(viewer).probeConnection(foreign))).isEqualTo(Status.Code.NOT_FOUND);
        Endpoint outside = Endpoint.newBuilder().setAddress("192.0.2.1").build();
        assertThat(calls(service)
                        .explainConnection(ExplainConnectionRequest.newBuilder()
                                .setCluster(Town.CLUSTER)
                                .setSource(ledger)
                                .setDestination(outside)
                                .setProtocol(Protocol.PROTOCOL_TCP)
                                .setPort(443)
                                .build())
                        .getRulesList())
                .singleElement()
                .satisfies(say -> {
                    assertThat(say.getPolicy().getName()).isEqualTo("ledger");
                    assertThat(say.getSay()).isEqualTo("isolate");
                });
        assertThat(code(() -> calls(service)
                        .probeConnection(request.clone()
                                .setSource(outside)
                                .setDestination(outside)
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> calls(service)
                        .probeConnection(request.clone().setPort(0).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** A second replica takes half of the partitions: this one names it, and answers again when it is gone. */
    private void secondReplica(String service) throws Exception {
        try (AnalyserProcess second = new AnalyserProcess(
                new NetworkSegmentation(),
                database,
                new AnalyserProcess.Settings(kafka(), 12, "127.0.0.1:2", TERM, true),
                values -> Declarations.NONE)) {
            second.start();
            await(
                    "the second replica answers",
                    () -> second.status().answering().contains(PARTITION));
            StatusRuntimeException refusal = refused(() -> calls(service).listConnections(asked().build()));
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(ProblemStatus.fromGrpc(refusal).problem()).isEqualTo(Problem.NOT_OWNER);
            NotOwner detail = StatusProto.fromThrowable(refusal).getDetails(0).unpack(NotOwner.class);
            assertThat(detail.getCluster()).isEqualTo(Town.CLUSTER);
            assertThat(detail.getOwnerAddress()).isEqualTo("127.0.0.1:2");
            assertThat(detail.getLeaseGeneration()).isPositive();
            assertThat(detail.hasLeaseExpires()).isTrue();
        }
        awaitRevision(service, 2);
        assertThat(runtime.process().status().held()).hasSize(12);
    }
}
