package io.plimsoll.assessment.scope;

import io.plimsoll.kernel.Band;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.gate.Standing;
import io.plimsoll.maturity.model.ScopeKind;
import java.util.List;

/**
 * Where one scope stands.
 *
 * @param id {@code organisation}, {@code team/NAME}, {@code cluster/NAME}, {@code namespace/CLUSTER/NAME} or
 *     {@code application/CLUSTER/NAMESPACE/NAME}
 */
public record ScopeAssessment(String id, ScopeKind kind, Adoption adoption, Standing standing) {

    public Band security() {
        return standing.security();
    }

    public List<GateResult> gates() {
        return standing.gates();
    }

    /** What an expert's stage is compared with. */
    public int placement() {
        return Math.min(adoption.band().high(), security().high());
    }

    public int freeboardLow() {
        return security().low() - adoption.band().high();
    }

    public int freeboardHigh() {
        return security().high() - adoption.band().low();
    }
}
