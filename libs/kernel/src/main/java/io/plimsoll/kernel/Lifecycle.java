package io.plimsoll.kernel;

/** What a namespace says it is for. */
public enum Lifecycle {
    UNSTATED,
    DEVELOPMENT,
    STAGING,
    PRODUCTION
}
