package io.plimsoll.kubernetes.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddOnCatalogueTest {

    private static final String ONE = """
            format: plimsoll.addons/v1
            version: 1.0.0
            addons:
            - id: guard
              title: Guard
              role: policy
              class: kubernetes-native
              images: [example/guard]
              baselineExempt: [hostports]
              serviceAccounts: [guard/guard]
            """;

    private static AddOnCatalogue read(String text) throws IOException {
        return AddOnCatalogue.read("addons.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Every entry is found by each repository it lists, and by no other entry. */
    @Test
    void everyEntryIsFoundByWhatItLists() {
        assertThat(AddOnCatalogue.builtin().addOns()).hasSizeGreaterThanOrEqualTo(150);
        for (AddOn addOn : AddOnCatalogue.builtin().addOns()) {
            for (String image : addOn.images()) {
                String repository =
                        image.endsWith("/*") ? image.substring(0, image.length() - 1) + "anything-else" : image;
                // Without a host a one-word name is Docker's own library, which is not meant.
                String written = repository.contains("/") ? repository : "registry.example.com/" + repository;
                assertThat(AddOnCatalogue.builtin().of(ImageReference.of(written + ":1.0")))
                        .as(repository)
                        .contains(addOn);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "falcosecurity/falco:0.41.0, falco, RUNTIME_SENSOR, KUBERNETES_NATIVE",
        "registry.k8s.io/kube-proxy:v1.33.0, kubernetes, KUBERNETES, KUBERNETES_NATIVE",
        "quay.io/jetstack/cert-manager-controller:v1.17.0, cert-manager, CERTIFICATES, KUBERNETES_NATIVE",
        "ghcr.io/kyverno/kyverno:v1.13.0, kyverno, POLICY, KUBERNETES_NATIVE",
        "ghcr.io/cloudnative-pg/cloudnative-pg:1.25.0, cloudnative-pg, DATABASE_OPERATOR, KUBERNETES_NATIVE",
        "velero/velero:v1.15.0, velero, BACKUP, KUBERNETES_NATIVE"
    })
    void saysWhatAComponentIsFor(String image, String id, AddOnRole role, AddOnClass addOnClass) {
        assertThat(AddOnCatalogue.builtin().of(ImageReference.of(image))).hasValueSatisfying(addOn -> {
            assertThat(addOn.id()).isEqualTo(id);
            assertThat(addOn.role()).isEqualTo(role);
            assertThat(addOn.addOnClass()).isEqualTo(addOnClass);
        });
    }

    /** A pull-through mirror keeps the home's host in its path; any other path in front proves nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"registry.example.com/quay.io/jetstack/cert-manager-controller:v1.17.0"})
    void aMirrorThatKeepsTheHomesHostIsReadAsTheHome(String image) {
        assertThat(AddOnCatalogue.builtin().of(ImageReference.of(image)))
                .hasValueSatisfying(addOn -> assertThat(addOn.id()).isEqualTo("cert-manager"));
    }

    /** What applications run is never the platform, and a look-alike name proves nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres:16",
                "redis:7",
                "nginx:1.27",
                "mysql:8",
                "rabbitmq:4",
                "busybox:1.37",
                "bitnami/postgresql:16",
                "evil/falco:1",
                "registry.example.com/team/falcosecurity/falco:1",
                "falcosecurity.example.com/falco:1"
            })
    void applicationsAndLookAlikesAreNoAddOns(String image) {
        assertThat(AddOnCatalogue.builtin().of(ImageReference.of(image))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role: policy                | role: guardian                    | addons.yaml:6: add-on 'guard': unknown role 'guardian'",
                "class: kubernetes-native    | class: odd                        | addons.yaml:7: add-on 'guard': unknown class 'odd'",
                "[hostports]                 | [everything]                      | addons.yaml:9: unknown family of the baseline: 'everything'",
                "[hostports]                 | hostports                         | addons.yaml:9: 'baselineExempt' is a list",
                "[guard/guard]               | [guard]                           | not a namespace/name of a service account: 'guard'",
                "[example/guard]             | [example/guard, example/guard]    | example/guard is listed twice",
                "[example/guard]             | ['*']                             | not a repository: '*'",
                "title: Guard                | colour: red                       | an add-on has no field 'colour'"
            })
    void saysWhatIsWrongAndWhere(String right, String wrong, String message) {
        String text = ONE.replace(right, wrong);
        assertThat(text).isNotEqualTo(ONE);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anIdIsListedOnce() throws IOException {
        assertThat(read(ONE).addOns()).hasSize(1);
        String twice = ONE + ONE.substring(ONE.indexOf("- id"));
        assertThatThrownBy(() -> read(twice)).hasMessageContaining("add-on 'guard' is listed twice");
    }

    /** The reference page follows the data. */
    @Test
    void thePageSaysWhatTheCatalogueHolds() {
        StringBuilder page = new StringBuilder("""
                # Add-ons

                What Plimsoll takes for a part of the platform and not for an application, generated from the catalogue. A name with a host
                (a dot in its first part) matches on that host alone, one without on any host, and a mirror that keeps the home's host in its
                path is read as the home. `kubernetes-native`: its account lists or watches pods, or it owns CRDs or webhooks;
                `container-centric`: it knows containers or their host, not the workloads of a cluster; `legacy-host`: made for machines.
                Exemptions are what its published install needs of the Pod Security baseline; what goes beyond is a finding.

                | add-on | for | class | images | exempt from |
                |---|---|---|---|---|
                """);
        AddOnCatalogue.builtin().addOns().stream()
                .sorted(Comparator.comparing(AddOn::id))
                .forEach(addOn -> page.append("| ")
                        .append(addOn.title())
                        .append(" (`")
                        .append(addOn.id())
                        .append("`) | ")
                        .append(addOn.role().id())
                        .append(" | ")
                        .append(addOn.addOnClass().id())
                        .append(" | ")
                        .append(addOn.images().stream()
                                .map(image -> "`" + image + "`")
                                .collect(Collectors.joining(" ")))
                        .append(" | ")
                        .append(addOn.baselineExempt().stream()
                                .map(BaselineFamily::id)
                                .collect(Collectors.joining(" ")))
                        .append(" |\n"));
        Golden.matches(Fixtures.repository().resolve("docs/reference/add-ons.md"), page.toString());
    }
}
