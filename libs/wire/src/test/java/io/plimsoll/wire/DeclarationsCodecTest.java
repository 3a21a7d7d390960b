package io.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.AbstractMessageLite;
import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.assessment.declaration.DeclarationsReader;
import io.plimsoll.kernel.declaration.Declarations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people said is what readers of the topic hear: every kind, every field, and the order of the file. */
class DeclarationsCodecTest {

    private static final String ALL_KINDS = """
            format: plimsoll.declarations/v1
            organisation: Example Shipping
            teams:
              - {name: shop, namespaces: [{cluster: prod, namespace: shop}, {cluster: test, namespace: shop}], champion: a.lead}
              - {name: billing}
            applications:
              - {name: web, cluster: prod, namespace: shop, team: shop, lifecycle: production, criticality: critical}
              - {name: web, cluster: prod, namespace: shop}
              - {name: web, cluster: test, namespace: shop, lifecycle: staging, criticality: low}
            registries:
              approved:
                - {prefix: registry.example.com/a/, private: true, author: b.lead, issued: 2026-01-01, expires: 2026-12-31}
                - {prefix: registry.example.com/a, private: false, author: c.lead, issued: 2026-01-01T01:02:03.5Z, expires: 2027-01-31}
            frameworks:
              - {id: cis-kubernetes, title: CIS, owner: security, acknowledgedBy: d.lead, acknowledged: 2026-02-01}
              - {id: nist-800-190, title: NIST, owner: security}
            clusters:
              - {name: prod, lifecycle: production, provider: eks, nodeAddresses: [192.0.2.1, 198.51.100.0/24]}
            adoption:
              newDevelopmentInContainers: {ratio: 0.75, author: e.lead, issued: 2026-01-01, expires: 2026-06-30}
            attestations:
              - {id: z-first, control: backups, scope: {organisation: true}, statement: yes we do, author: f, issued: 2026-01-01, expires: 2026-12-31}
              - {id: a-second, control: backups, scope: {cluster: prod, namespace: shop}, statement: half, author: f, ratio: 0.5, issued: 2026-01-01, expires: 2026-12-31}
              - {id: cluster, control: backups, scope: {cluster: prod}, statement: s, author: f, issued: 2026-01-01, expires: 2026-12-31}
              - {id: team, control: backups, scope: {team: shop}, statement: s, author: f, issued: 2026-01-01, expires: 2026-12-31}
            waivers:
              - id: w1
                control: image-tag
                selector: {cluster: prod, namespace: shop, kind: Deployment, name: web*}
                reason: vendor ships it so
                ticket: OPS-1
                requestedBy: g
                approvedBy: h
                expires: 2026-09-30
              - {id: w2, control: image-tag, selector: {name: x}, reason: r, requestedBy: g, approvedBy: h, expires: 2026-09-30}
            """;

    private static Declarations read(String text) throws IOException {
        return DeclarationsReader.read(
                "declarations.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Declarations withDigest(Declarations said, String digest) {
        return new Declarations(
                digest,
                said.organisation(),
                said.teams(),
                said.applications(),
                said.registries(),
                said.frameworks(),
                said.clusters(),
                said.newDevelopment(),
                said.attestations(),
                said.waivers());
    }

    @Test
    void allNineKindsSurviveTheTopicInAnyOrderOfRecords() throws IOException {
        Declarations said = read(ALL_KINDS);
        Map<String, DeclarationRecord> records = DeclarationsCodec.toWire(said, 7);
        List<byte[]> values = new ArrayList<>(
                records.values().stream().map(AbstractMessageLite::toByteArray).toList());
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(values, new Random(seed));
            Declarations heard = DeclarationsCodec.fromRecords(values);
            assertThat(heard).isEqualTo(withDigest(said, heard.digest()));
        }
        Map<String, Integer> kinds = new TreeMap<>();
        records.values().forEach(record -> kinds.merge(record.getKind(), 1, Integer::sum));
        assertThat(kinds)
                .isEqualTo(Map.of(
                        "organisation",
                        1,
                        "team",
                        2,
                        "application",
                        3,
                        "registry",
                        2,
                        "framework",
                        2,
                        "cluster",
                        1,
                        "adoption",
                        1,
                        "attestation",
                        4,
                        "waiver",
                        2));
        records.forEach((key, record) -> {
            assertThat(key).isEqualTo(TopicKey.of(record.getKind(), record.getName()));
            assertThat(record.getNumber()).isEqualTo(7);
        });
    }

    @Test
    void theDigestTellsWhatWasSaidAndNotWhen() throws IOException {
        Declarations said = read(ALL_KINDS);
        Declarations other = read(ALL_KINDS.replace("OPS-1", "OPS-2"));
        assertThat(heard(said, 1).digest()).isEqualTo(heard(said, 2).digest());
        assertThat(heard(said, 1).digest()).isNotEqualTo(heard(other, 1).digest());
    }

    private static Declarations heard(Declarations said, long number) {
        return DeclarationsCodec.fromRecords(DeclarationsCodec.toWire(said, number).values().stream()
                .map(AbstractMessageLite::toByteArray)
                .toList());
    }

    @Test
    void silenceIsNoRecordAndNoRecordIsSilence() {
        assertThat(DeclarationsCodec.toWire(Declarations.NONE, 1)).isEmpty();
        assertThat(DeclarationsCodec.fromRecords(List.of())).isEqualTo(Declarations.NONE);
    }

    @Test
    void whatIsNoStatementIsRefused() {
        assertThatThrownBy(() -> DeclarationsCodec.fromRecords(List.of(new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a declaration");
    }
}
