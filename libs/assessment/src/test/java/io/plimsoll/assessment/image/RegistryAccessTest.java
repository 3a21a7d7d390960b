package io.plimsoll.assessment.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.EstateScoring;
import io.plimsoll.assessment.cluster.Circumstances;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.maturity.model.StageModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** From what was measured of images' registries to one answer of the organisation (S2.access). */
class RegistryAccessTest {

    private static Subject image(String name, Tier tier, String image) {
        return new Subject(
                new SubjectId(SubjectKind.IMAGE, "prod", "shop", "Deployment", name, "main"),
                "green",
                "shop",
                tier,
                Exposure.NONE,
                Lifecycle.UNSTATED,
                Set.of(),
                image,
                Source.NONE);
    }

    private static final Subject CART = image("cart", Tier.APPLICATION, "registry.example.com/shop/cart:1");
    private static final Subject PAY = image("pay", Tier.APPLICATION, "registry.example.com/bank/pay:1");
    private static final Subject BASE = image("base", Tier.APPLICATION, "other.example.com/base:1");
    private static final Subject DNS = image("dns", Tier.PLATFORM, "platform.example.com/dns:1");

    private static Evidence good(Subject subject) {
        return Evidence.pass(ImageControls.ACCESS_GOVERNED, subject.id(), "members are named", Source.NONE);
    }

    private static Evidence bad(Subject subject) {
        return Evidence.fail(
                ImageControls.ACCESS_GOVERNED,
                subject.id(),
                Reason.SEEN_AND_WRONG,
                "",
                "",
                "anybody can push",
                Source.NONE);
    }

    private static EvidenceState organisation(List<Subject> subjects, List<Evidence> evidence) {
        return RegistryAccess.ofOrganisation(RegistryAccess.of(subjects, evidence))
                .map(Evidence::state)
                .orElse(EvidenceState.NOT_APPLICABLE);
    }

    @Test
    void whereNobodyMeasuredNothingIsSaid() {
        assertThat(RegistryAccess.of(List.of(CART, PAY), List.of())).isEmpty();
        assertThat(RegistryAccess.ofOrganisation(List.of())).isEmpty();
    }

    @Test
    void everyRegistryOfApplicationsIsCounted() {
        assertThat(organisation(List.of(CART, PAY, DNS), List.of(good(CART), good(PAY))))
                .isEqualTo(EvidenceState.PASS);
        assertThat(organisation(List.of(CART, PAY, BASE), List.of(good(CART), good(PAY))))
                .as("nobody is connected to the other registry")
                .isEqualTo(EvidenceState.UNKNOWN);
        assertThat(organisation(List.of(CART, PAY, BASE), List.of(good(CART), bad(PAY))))
                .isEqualTo(EvidenceState.FAIL);
        assertThat(organisation(List.of(CART, DNS), List.of(good(CART), bad(DNS))))
                .as("platform parts are nobody's own images")
                .isEqualTo(EvidenceState.PASS);
    }

    @Test
    void theOrderOfSubjectsDoesNotMatter() {
        List<Subject> subjects = new ArrayList<>(List.of(CART, PAY, BASE));
        List<Evidence> evidence = List.of(good(CART), bad(PAY), good(BASE));
        List<RegistryAccess> one = RegistryAccess.of(subjects, evidence);
        Collections.reverse(subjects);
        assertThat(RegistryAccess.of(subjects, evidence)).isEqualTo(one);
        assertThat(one)
                .extracting(RegistryAccess::registry)
                .containsExactly("other.example.com", "registry.example.com");
    }

    @Test
    void whatIsMeasuredForTheOrganisationIsNoEvidenceOfTheCluster() {
        assertThat(RegistryAccess.without(List.of(good(CART)))).isEmpty();
    }

    private static ClusterPart part(Evidence... evidence) {
        ClusterFacts facts = new ClusterFacts(
                "prod",
                ClusterMode.MANIFESTS,
                "digest",
                0,
                new TreeSet<>(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Circumstances.NONE,
                List.of());
        return new ClusterPart(facts, List.of(CART, PAY), List.of(evidence)).told();
    }

    /** State of the gate's control in the estate's own part; empty where nobody said anything. */
    private static List<EvidenceState> estate(ClusterPart... parts) {
        EstateScoring scoring = new EstateScoring(
                StageModel.builtin(),
                List.of(parts).stream().map(ClusterPart::facts).toList(),
                Declarations.NONE,
                null);
        return scoring.scoreEstate().evidence().stream()
                .filter(each -> each.control().equals("registry-access-governed"))
                .map(Evidence::state)
                .toList();
    }

    @Test
    void theEstateAnswersForTheOrganisationAndTheClusterDoesNot() {
        assertThat(estate(part())).isEmpty();
        assertThat(estate(part(good(CART), good(PAY)))).containsExactly(EvidenceState.PASS);
        assertThat(estate(part(good(CART), bad(PAY)))).containsExactly(EvidenceState.FAIL);
        assertThat(estate(part(good(CART)))).as("nobody knows of the other").containsExactly(EvidenceState.UNKNOWN);
        assertThat(part(good(CART), bad(PAY)).evidence()).isEmpty();
    }
}
