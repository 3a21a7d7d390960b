package io.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ResourceId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopicKeyTest {

    private static final String[] PARTS = {"", "a", "a/b", "50%", "%2F", "ä€😀", "a:b", "\n", "!mark", "\u007f"};

    @Test
    void anyIdentitySurvivesItsKey() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            ResourceId id = new ResourceId(any(random), any(random), any(random), any(random), any(random));
            String key = TopicKey.resource(id);
            assertThat(TopicKey.resource(key)).isEqualTo(id);
            assertThat(TopicKey.cluster(key)).isEqualTo(id.cluster());
            SubjectId subject =
                    new SubjectId(SubjectKind.IMAGE, any(random), any(random), any(random), any(random), any(random));
            assertThat(TopicKey.subjectOfEvidence(TopicKey.evidence(subject.cluster(), "config-audit", subject)))
                    .isEqualTo(subject);
        }
    }

    private static String any(Random random) {
        return PARTS[random.nextInt(PARTS.length)] + PARTS[random.nextInt(PARTS.length)];
    }

    @Test
    void aMarkIsToldFromAResource() {
        assertThat(TopicKey.isMark(TopicKey.mark("prod", "inventory"))).isTrue();
        assertThat(TopicKey.isMark(TopicKey.resource(new ResourceId("prod", "", "Pod", "a", "b"))))
                .isFalse();
        assertThat(TopicKey.of("prod", "", "Pod", "a/b", "c")).isEqualTo("prod//Pod/a%2Fb/c");
    }

    @Test
    void versionsAreOrderedPartByPart() {
        assertThat(Version.parse("1.2.3")).isEqualTo(new Version(1, 2, 3));
        assertThat(new Version(1, 9, 9)).isLessThan(new Version(2, 0, 0));
        assertThat(new Version(1, 2, 3).input()).isLessThan(new Version(1, 2, 3));
        assertThatThrownBy(() -> Version.parse("1.x.3")).hasMessageContaining("not a version: 1.x.3");
        assertThatThrownBy(() -> Version.parse("1.2")).hasMessageContaining("not a version: 1.2");
    }
}
