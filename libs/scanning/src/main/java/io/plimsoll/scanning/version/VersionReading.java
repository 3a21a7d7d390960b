package io.plimsoll.scanning.version;

/** What came of reading a text as a version. */
public sealed interface VersionReading permits Version, NotAVersion {}
