package io.plimsoll.report.sarif;

import io.plimsoll.kernel.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code result} (section 3.27).
 *
 * @param rule id of a rule of the log
 * @param message one sentence that names what is meant
 * @param source {@link Source#NONE} where nothing stands in a file: something is missing
 * @param object what is meant, narrowest last: {@code prod/shop/Deployment/cart}
 * @param objectKind kind of its last part
 * @param waiver why it is accepted; null when it is not
 * @param baseline null when there is no earlier report
 * @param properties further facts, in order; an empty value is left out
 */
public record SarifResult(
        String rule,
        Kind kind,
        String message,
        Source source,
        String object,
        String objectKind,
        @Nullable String waiver,
        @Nullable Baseline baseline,
        Map<String, String> properties) {

    /** Section 3.27.9, as far as it is used. */
    public enum Kind {
        /** It is wrong. */
        FAIL,
        /** It could not be evaluated. */
        OPEN
    }

    /** Section 3.27.24; what is gone is not listed, since common consumers show it as if it were there. */
    public enum Baseline {
        NEW,
        UNCHANGED,
        UPDATED
    }
}
