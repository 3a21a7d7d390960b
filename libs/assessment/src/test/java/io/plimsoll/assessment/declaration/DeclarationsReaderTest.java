package io.plimsoll.assessment.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Validity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationsReaderTest {

    private static final String ALL = """
            format: plimsoll.declarations/v1
            organisation: Example
            teams:
            - {name: shop, namespaces: [{cluster: prod, namespace: cart}], champion: someone}
            applications:
            - {name: cart, cluster: prod, namespace: cart, team: shop, lifecycle: production, criticality: high}
            registries:
              approved:
              - {prefix: registry.example.com/shop/, private: true, author: a, issued: 2026-01-01, expires: 2026-12-31}
            frameworks:
            - {id: cis, title: CIS, owner: a, acknowledgedBy: b, acknowledged: "2026-05-01T10:00:00+02:00"}
            clusters:
            - {name: prod, lifecycle: production, provider: eks, nodeAddresses: [203.0.113.7, "2001:db8::/64"]}
            adoption:
              newDevelopmentInContainers: {ratio: 0.75, author: a, issued: 2026-01-01, expires: 2026-12-31}
            attestations:
            - id: drill
              control: incident-response-ready
              scope: {organisation: true}
              statement: drilled
              author: a
              issued: 2026-01-01
              expires: 2026-12-31
              ratio: 0.9
              evidence: https://example.com/drill
            waivers:
            - id: w-1
              control: image-pinned
              selector: {cluster: prod, namespace: cart, kind: Deployment, name: cart*}
              reason: moves soon
              ticket: T-1
              requestedBy: a
              approvedBy: b
              expires: 2026-12-31
            """;

    private static Declarations read(String text) throws IOException {
        return DeclarationsReader.read("facts.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsEveryPart() throws IOException {
        Declarations read = read(ALL);
        assertThat(read.of("prod").owner("cart")).isEqualTo("shop");
        assertThat(read.of("prod").lifecycle("cart", Lifecycle.DEVELOPMENT)).isEqualTo(Lifecycle.PRODUCTION);
        assertThat(read.of("prod").lifecycle("other", Lifecycle.UNSTATED)).isEqualTo(Lifecycle.PRODUCTION);
        assertThat(read.of("prod").nodeAddressesKnown()).isTrue();
        assertThat(read.of("test").owner("cart")).isEmpty();
        assertThat(read.registries().getFirst().prefix()).isEqualTo("registry.example.com/shop");
        assertThat(read.frameworks().getFirst().acknowledged()).isEqualTo(Instant.parse("2026-05-01T08:00:00Z"));
        assertThat(read.attestations().getFirst().whole()).isFalse();
        assertThat(read.waivers()).hasSize(1);
        assertThat(read.digest()).hasSize(64);
    }

    /** A plain date is the start of its day for issued, the end of it for expires. */
    @Test
    void aPlainDateOfAnEndIncludesItsDay() throws IOException {
        Validity validity = read(ALL).attestations().getFirst().validity();
        assertThat(validity.at(Instant.parse("2026-12-31T23:59:59Z"))).isEqualTo(Validity.At.IN_FORCE);
        assertThat(validity.at(Instant.parse("2027-01-01T00:00:00Z"))).isEqualTo(Validity.At.EXPIRED);
        assertThat(validity.at(Instant.parse("2025-12-31T23:59:59Z"))).isEqualTo(Validity.At.NOT_YET);
        assertThat(validity.at(null)).isEqualTo(Validity.At.NO_CLOCK);
    }

    @Test
    void nothingSaidIsNothingDeclared() throws IOException {
        Declarations read = read("format: plimsoll.declarations/v1\n");
        assertThat(read.attestations()).isEmpty();
        assertThat(read.newDevelopment()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: plimsoll.declarations/v1 | format: other            | facts.yaml:1: declarations: not declarations",
                "organisation: Example     | organization: Example          | facts.yaml:2: declarations: there is no field organization",
                "champion: someone         | chief: someone                 | facts.yaml:4: teams[0]: there is no field chief",
                "lifecycle: production, crit | lifecycle: live, crit        | facts.yaml:6: applications[0]: lifecycle must be one of",
                "private: true             | private: 'yes'                 | facts.yaml:9: approved[0]: private must be true or false",
                "issued: 2026-01-01, expires: 2026-12-31} | issued: 2026-12-31, expires: 2026-01-01} | is not after issued",
                "2026-05-01T10:00:00+02:00 | yesterday                       | facts.yaml:11: frameworks[0]: acknowledged must be a date",
                "acknowledgedBy: b,        | ''                              | belong together",
                "ratio: 0.75               | ratio: 75                       | must be a number between 0 and 1",
                "ratio: 0.9                | ratio: 0                        | facts.yaml:17: attestations[0]: ratio must be above 0",
                "organisation: true        | namespace: cart                 | exactly one of organisation, cluster and team",
                "control: incident-response-ready | control: UP              | control cannot be",
                "approvedBy: b             | approvedBy: A                   | another person",
                "requestedBy: a            | ''                              | requestedBy is missing",
                "name: cart*}              | name: cart*, colour: red}       | there is no field colour"
            })
    void saysWhatIsWrongAndWhere(String right, String wrong, String message) {
        String text = ALL.replace(right, wrong == null ? "" : wrong);
        assertThat(text).isNotEqualTo(ALL);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anIdIsGivenOnceAndANamespaceHasOneTeam() {
        String twice = ALL + ALL.substring(ALL.indexOf("- id: w-1"));
        assertThatThrownBy(() -> read(twice)).hasMessageContaining("waivers holds w-1 twice");
        String shared =
                ALL.replace("teams:\n", "teams:\n- {name: pay, namespaces: [{cluster: prod, namespace: cart}]}\n");
        assertThatThrownBy(() -> read(shared)).hasMessageContaining("owned twice");
    }
}
