package io.plimsoll.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.RegistryProblem.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Harbor's API as its swagger describes it, and who may push to any registry, against a server that speaks just that. */
class HarborTest {

    private static final String API = "/api/v2.0";

    @SuppressWarnings("NullAway.Init")
    private FakeRegistry server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RegistryClient client(Credentials credentials) {
        return new RegistryClient(
                RegistryOptions.DEFAULT.with(credentials).allowing(Set.of("127.0.0.1"), Set.of(server.host())));
    }

    private RegistryClient client() {
        return client(new Credentials(Map.of(server.host(), new Credentials.Login("robot$plimsoll", "robot-secret"))));
    }

    private void serve(String path, String json) {
        server.content.put(API + path, json.getBytes(StandardCharsets.UTF_8));
    }

    private void project(String metadata) {
        serve("/projects/shop", "{\"project_id\": 7, \"name\": \"shop\", \"metadata\": {" + metadata + "}}");
        serve("/projects/shop/members", """
                [{"entity_name": "ann", "entity_type": "u", "role_id": 1},
                 {"entity_name": "readers", "entity_type": "g", "role_id": 3}]""");
        serve("/robots", "[]");
    }

    @Test
    void readsPoliciesMembersAndRobots() throws IOException {
        // Given
        project("\"public\": \"false\", \"auto_scan\": \"true\", \"prevent_vul\": \"true\", \"severity\": \"high\","
                + " \"enable_content_trust_cosign\": \"true\"");
        serve("/robots", """
                [{"name": "robot$shop+ci", "expires_at": -1, "permissions": [{"kind": "project", "namespace": "shop",
                    "access": [{"resource": "repository", "action": "push"}, {"resource": "repository", "action": "pull"}]}]},
                 {"name": "robot$all", "expires_at": 1000, "permissions": [{"kind": "project", "namespace": "*",
                    "access": [{"resource": "repository", "action": "pull"}]}]},
                 {"name": "robot$off", "disable": true, "permissions": [{"kind": "project", "namespace": "*",
                    "access": [{"resource": "repository", "action": "pull"}]}]},
                 {"name": "robot$bank", "expires_at": -1, "permissions": [{"kind": "project", "namespace": "bank",
                    "access": [{"resource": "repository", "action": "pull"}]}]},
                 {"name": "robot$scanner", "expires_at": -1, "permissions": [{"kind": "project", "namespace": "shop",
                    "access": [{"resource": "scan", "action": "create"}]}]}]""");
        // When
        HarborProject project;
        try (RegistryClient client = client()) {
            project = client.harbor(server.host()).project("shop");
        }
        // Then
        assertThat(project.isPublic()).isFalse();
        assertThat(project.scansOnPush()).isTrue();
        assertThat(project.refusesCriticals()).isTrue();
        assertThat(project.demandsSignature()).isTrue();
        assertThat(project.members().orElseThrow())
                .containsExactly(
                        new HarborProject.Member("ann", false, true), new HarborProject.Member("readers", true, false));
        // The small server gives the same list for both levels.
        assertThat(project.robots().orElseThrow())
                .extracting(HarborProject.Robot::name)
                .containsExactly("robot$shop+ci", "robot$all");
        HarborProject.Robot all = project.robots().orElseThrow().get(1);
        assertThat(all.elsewhere()).isTrue();
        assertThat(all.isValid(Instant.ofEpochSecond(999))).isTrue();
        assertThat(all.isValid(Instant.ofEpochSecond(1001))).isFalse();
        assertThat(server.requests)
                .anyMatch(asked -> asked.contains("q=Level%3Dproject%2CProjectID%3D7"))
                .anyMatch(asked -> asked.contains("q=Level%3Dsystem"))
                .allMatch(asked -> asked.contains("auth=[Basic "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"prevent_vul\": \"true\", \"severity\": \"critical\" | true",
                "\"prevent_vul\": \"true\", \"severity\": \"none\" | true",
                "\"prevent_vul\": \"true\", \"severity\": \"untold\" | false",
                "\"prevent_vul\": \"false\", \"severity\": \"low\" | false",
                "\"public\": \"true\" | false"
            })
    void aProjectRefusesCriticalsWhenItSaysSo(String metadata, boolean refuses) throws IOException {
        project(metadata);
        try (RegistryClient client = client()) {
            assertThat(client.harbor(server.host()).project("shop").refusesCriticals())
                    .isEqualTo(refuses);
        }
    }

    @Test
    void whatMayNotBeListedIsNotKnown() throws IOException {
        project("\"public\": \"false\"");
        server.behave(exchange -> {
            if (exchange.getRequestURI().getPath().equals(API + "/robots")) {
                FakeRegistry.answer(exchange, 403, new byte[0]);
            }
        });
        try (RegistryClient client = client()) {
            HarborProject project = client.harbor(server.host()).project("shop");
            assertThat(project.members()).isPresent();
            assertThat(project.robots()).isEmpty();
        }
    }

    @Test
    void aListWithoutEndIsBounded() throws IOException {
        project("\"public\": \"false\"");
        serve(
                "/projects/shop/members",
                IntStream.range(0, 100)
                        .mapToObj(n -> "{\"entity_name\": \"u" + n + "\", \"entity_type\": \"u\", \"role_id\": 3}")
                        .collect(Collectors.joining(",", "[", "]")));
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.harbor(server.host()).project("shop"))
                    .hasMessageContaining("more than 2000 accounts");
        }
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN", "401, UNAUTHORIZED", "404, NOT_FOUND", "503, RATE_LIMITED", "302, UNEXPECTED_ANSWER"})
    void aRefusalHasItsReason(int status, Reason reason) throws IOException {
        server.behave(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
            FakeRegistry.answer(exchange, status, new byte[0]);
        });
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.harbor(server.host()).project("shop"))
                    .isInstanceOfSatisfying(
                            RegistryProblem.class,
                            problem -> assertThat(problem.reason()).isEqualTo(reason));
        }
    }

    @Test
    void whatIsNoHarborIsSaid() throws IOException {
        serve("/projects/shop", "[]");
        serve("/projects/bank", "<html>");
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.harbor(server.host()).project("shop"))
                    .hasMessageContaining("not with a project of Harbor");
            assertThatThrownBy(() -> client.harbor(server.host()).project("bank"))
                    .hasMessageContaining("no JSON");
        }
    }

    @Test
    void theNewestReportOnAnArtifactIsTold() throws IOException {
        String digest = "sha256:" + "0".repeat(64);
        serve("/projects/shop/repositories/team%2Fcart/artifacts/" + digest, """
                {"scan_overview": {
                  "application/vnd.security.vulnerability.report; version=1.1": {"scan_status": "Success",
                    "end_time": "2026-06-30T12:00:00.000Z", "scanner": {"name": "Trivy", "version": "v0.60"},
                    "summary": {"total": 4, "fixable": 2, "summary": {"Critical": 1, "Low": 3}}},
                  "other": {"scan_status": "Running"}}}""");
        try (RegistryClient client = client()) {
            assertThat(client.harbor(server.host()).report("shop", "team/cart", digest))
                    .contains(new HarborReport(Instant.parse("2026-06-30T12:00:00Z"), "Trivy v0.60", 1, 2));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]} | OPEN",
                "401 | {} | REFUSED",
                "403 | {} | REFUSED",
                "405 | {} | READ_ONLY"
            })
    void whetherAnybodyMayPushIsAskedWithoutPushing(int status, String body, Pushing expected) throws IOException {
        server.behave(exchange -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("PATCH");
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"small\"");
            FakeRegistry.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThat(client.pushing(ImageReference.of(server.host() + "/team/app:1")))
                    .isEqualTo(expected);
        }
        assertThat(server.requests).allMatch(asked -> asked.contains("/team/app/blobs/uploads/00000000-"));
    }

    @Test
    void aTokenForNobodyThatMayPushIsFollowed() throws IOException {
        server.behave(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                assertThat(exchange.getRequestURI().getQuery()).contains("repository:team/app:pull,push");
                FakeRegistry.answer(exchange, 200, "{\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8));
            } else if ("Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                FakeRegistry.answer(
                        exchange,
                        404,
                        "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}".getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.getResponseHeaders()
                        .add("WWW-Authenticate", "Bearer realm=\"http://" + server.host() + "/token\",service=\"s\"");
                FakeRegistry.answer(exchange, 401, new byte[0]);
            }
        });
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThat(client.pushing(ImageReference.of(server.host() + "/team/app:1")))
                    .isEqualTo(Pushing.OPEN);
        }
    }

    @Test
    void anAnswerThatSaysNeitherIsNoAnswer() throws IOException {
        try (RegistryClient client = client(Credentials.NONE)) {
            assertThatThrownBy(() -> client.pushing(ImageReference.of(server.host() + "/team/app:1")))
                    .isInstanceOf(RegistryProblem.class)
                    .hasMessageContaining("404");
        }
    }
}
