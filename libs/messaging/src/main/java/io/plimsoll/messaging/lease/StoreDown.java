package io.plimsoll.messaging.lease;

import org.jspecify.annotations.Nullable;

/** The service's own database does not answer. Passing: whoever gets it tries again later. */
public final class StoreDown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreDown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
