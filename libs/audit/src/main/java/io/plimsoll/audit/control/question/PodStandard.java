package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.audit.podsecurity.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the Pod Security Standards say of one pod, worked out when first asked. Not safe for use by two threads at once. */
public final class PodStandard {

    private final PodFields pod;
    private @Nullable Version version;
    private List<Violation> violations = List.of();

    PodStandard(PodFields pod) {
        this.pod = pod;
    }

    /** Every violation of restricted at {@code asked}, which includes those of baseline. */
    public List<Violation> violations(Version asked) {
        if (!asked.equals(version)) {
            violations = PodSecurity.evaluate(pod, Level.RESTRICTED, asked);
            version = asked;
        }
        return violations;
    }
}
