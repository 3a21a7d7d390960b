package io.plimsoll.audit.tool;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.AddOnClass;

/**
 * A security tool that runs.
 *
 * @param workload first of those it runs as, in the order of identity
 * @param why one sentence behind the effect
 */
public record Tool(AddOn addOn, ResourceId workload, Effect effect, String why, Source source) {

    /** From here on only what was made for Kubernetes keeps up (L27.5); before, what knows containers may do (L25.9). */
    public static final int NATIVE_FROM_STAGE = 3;

    /** True when it earns something at a stage: what was made for machines never does (L19.3), nor what has no effect. */
    public boolean counts(int stage) {
        if (effect != Effect.EFFECTIVE) {
            return false;
        }
        return switch (addOn.addOnClass()) {
            case KUBERNETES_NATIVE -> true;
            case CONTAINER_CENTRIC -> stage < NATIVE_FROM_STAGE;
            case LEGACY_HOST, UNKNOWN -> false;
        };
    }

    /** For people: where it counts. */
    public String standing() {
        if (effect == Effect.UNKNOWN) {
            return "cannot be told";
        }
        if (effect == Effect.PRESENT_ONLY) {
            return "earns nothing: it is there and shows no effect";
        }
        return switch (addOn.addOnClass()) {
            case KUBERNETES_NATIVE -> "counts";
            case CONTAINER_CENTRIC -> "counts at stage 2, stops counting at stage " + NATIVE_FROM_STAGE;
            case LEGACY_HOST -> "earns nothing: made for machines, it does not know whose processes it sees";
            case UNKNOWN -> "earns nothing: " + AddOnClass.UNKNOWN.meaning();
        };
    }
}
