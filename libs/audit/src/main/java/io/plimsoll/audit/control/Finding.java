package io.plimsoll.audit.control;

import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What one control says about one object, passes included.
 *
 * @param object that was asked; for what is asked once, the kind is {@code Cluster}
 * @param container that decided; empty when none did
 * @param reason null for PASS and NOT_APPLICABLE
 * @param path of the field that decided; empty when no single field did
 * @param value what stood there; empty when nothing did, or when it is not to be shown
 * @param source of the field, else of the object
 */
public record Finding(
        CatalogueControl control,
        ResourceId object,
        String container,
        EvidenceState state,
        @Nullable Reason reason,
        String path,
        String value,
        String message,
        Source source) {}
