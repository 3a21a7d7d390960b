package io.plimsoll.audit.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ImageReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagePolicyTest {

    private static final String POLICY = """
            apiVersion: policy.sigstore.dev/v1beta1
            kind: ClusterImagePolicy
            metadata: {name: signed}
            spec: {mode: enforce, images: [{glob: '%s'}]}
            """;

    @Test
    void twoStarsCrossThePathAndOneDoesNot() {
        assertThat(binds("registry.corp.example/**", "registry.corp.example/team/web:1"))
                .isTrue();
        assertThat(binds("registry.corp.example/*", "registry.corp.example/team/web:1"))
                .isFalse();
        assertThat(binds("registry.corp.example/*", "registry.corp.example/web:1"))
                .isTrue();
        assertThat(binds("registry.corp.example/web:2*", "registry.corp.example/web:1"))
                .isFalse();
    }

    @Test
    void oneStarAloneMeansTheLibraryOfDocker() {
        assertThat(binds("*", "nginx")).isTrue();
        assertThat(binds("*", "corp/nginx")).isFalse();
        assertThat(binds("docker.io/corp/*", "corp/nginx")).isTrue();
    }

    @Test
    void tellsTheGlobsThatTakeInNothing() {
        assertThat(policy("registry.corp.example/**").idle(List.of(ImageReference.of("nginx:1"))))
                .containsExactly("registry.corp.example/**");
    }

    @Test
    void warningIsNotEnforcing() {
        String warning = POLICY.formatted("**").replace("enforce", "warn");
        assertThat(ImagePolicy.all(Written.documents(warning).state())
                        .getFirst()
                        .enforcing())
                .isFalse();
        assertThat(policy("**").enforcing()).isTrue();
    }

    private static boolean binds(String glob, String image) {
        return policy(glob).binds(ImageReference.of(image));
    }

    private static ImagePolicy policy(String glob) {
        return ImagePolicy.all(Written.documents(POLICY.formatted(glob)).state())
                .getFirst();
    }
}
