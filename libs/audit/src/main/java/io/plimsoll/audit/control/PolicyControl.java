package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.guardrail.cel.PolicyAudit;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ValidatingAdmissionPolicy as a control: its name is the id, and what it would refuse fails. */
public final class PolicyControl {

    private final Resource policy;
    private final List<Resource> parameters;
    private final CatalogueControl control;

    /**
     * @param parameters objects given beside the policy, of which those of its paramKind are its parameters
     * @throws IllegalArgumentException when the policy has no validation
     */
    public PolicyControl(Resource policy, List<Resource> parameters) {
        List<Value> validations = policy.spec().items("validations");
        if (validations.isEmpty() && !policy.identityOnly()) {
            throw new IllegalArgumentException(policy.source() + ": the policy has no validations");
        }
        this.policy = policy;
        this.parameters = List.copyOf(parameters);
        String description = policy.annotations()
                .getOrDefault("plimsoll.io/rationale", "The policy " + policy.name() + " asks for it.");
        this.control = new CatalogueControl(
                policy.name(),
                policy.name(),
                description,
                severity(policy),
                "as the policy says by plimsoll.io/severity, else medium",
                SubjectKind.POLICY,
                EvidenceClass.INTRINSIC,
                List.of("*"),
                2,
                "Change the object as the message says.",
                List.of(),
                new TreeMap<>(),
                List.of(),
                Map.of(),
                new Logic(
                        "",
                        Optional.of(new Logic.Expression(
                                Logic.Each.OBJECT,
                                Map.of(),
                                validations.isEmpty()
                                        ? "false"
                                        : validations.getFirst().text("expression"),
                                "",
                                policy.name()))),
                "",
                policy.source());
    }

    private static Severity severity(Resource policy) {
        String word = policy.annotations().getOrDefault("plimsoll.io/severity", "medium");
        try {
            return Severity.of(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    policy.source() + ": plimsoll.io/severity is critical, high, medium or low", e);
        }
    }

    public CatalogueControl control() {
        return control;
    }

    /**
     * One finding for each object that the policy is about, the weakest of its validations deciding; of a policy over the size
     * bound one, of itself.
     */
    public void run(Cluster cluster, Consumer<Finding> sink) {
        if (policy.identityOnly()) {
            sink.accept(new Finding(
                    control,
                    policy.id(),
                    "",
                    EvidenceState.UNKNOWN,
                    Reason.OBJECT_TOO_LARGE,
                    "",
                    "",
                    "the policy is over the size bound and was not evaluated",
                    policy.source()));
            return;
        }
        Value kind = policy.spec().at("paramKind");
        List<Resource> params = kind.present() ? params(kind, cluster) : List.of();
        boolean unknown = kind.present() && params.isEmpty();
        Map<Review, Finding> findings = new LinkedHashMap<>();
        PolicyAudit.run(policy, params, cluster.state(), cluster.workloads(), (review, validation, verdict) -> {
            Verdict said = unknown ? new Verdict.Unknown("its parameters are not among the objects given") : verdict;
            Finding finding = finding(review, said);
            if (finding != null) {
                findings.merge(review, finding, PolicyControl::weaker);
            }
        });
        findings.values().forEach(sink);
    }

    private List<Resource> params(Value kind, Cluster cluster) {
        String apiVersion = kind.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        List<Resource> found = new ArrayList<>(cluster.all(kind.text("kind"), group));
        parameters.stream().filter(each -> each.is(kind.text("kind"), group)).forEach(found::add);
        return found;
    }

    private static Finding weaker(Finding a, Finding b) {
        return rank(b) < rank(a) ? b : a;
    }

    private static int rank(Finding finding) {
        return switch (finding.state()) {
            case FAIL -> 0;
            case UNKNOWN -> 1;
            case WAIVED -> 2;
            case PASS -> 3;
            case NOT_APPLICABLE -> 4;
        };
    }

    private @Nullable Finding finding(Review review, Verdict verdict) {
        return switch (verdict) {
            case Verdict.NotAsked notAsked -> null;
            case Verdict.Admitted admitted -> finding(review, EvidenceState.PASS, null, control.title());
            case Verdict.Refused refused -> finding(review, EvidenceState.FAIL, Reason.SEEN_AND_WRONG, refused.why());
            case Verdict.Unknown unseen ->
                finding(
                        review,
                        EvidenceState.UNKNOWN,
                        unseen.why().startsWith("budget") ? Reason.BUDGET : Reason.NOT_AUDITABLE,
                        unseen.why());
        };
    }

    private Finding finding(Review review, EvidenceState state, @Nullable Reason reason, String message) {
        return new Finding(
                control,
                review.shown(),
                "",
                state,
                reason,
                "",
                "",
                message,
                review.declared().source());
    }
}
