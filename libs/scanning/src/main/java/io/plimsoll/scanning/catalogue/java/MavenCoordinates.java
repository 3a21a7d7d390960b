package io.plimsoll.scanning.catalogue.java;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;

/** What {@code pom.properties} says; Maven's archiver writes it. */
record MavenCoordinates(String group, String artifact, String version) {

    /** Empty when a part is missing or was never filled in. */
    static Optional<MavenCoordinates> of(String properties) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(properties));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        String group = read.getProperty("groupId", "").strip();
        String artifact = read.getProperty("artifactId", "").strip();
        String version = read.getProperty("version", "").strip();
        boolean filled = !group.isEmpty()
                && !artifact.isEmpty()
                && !version.isEmpty()
                && !(group + artifact + version).contains("${");
        return filled ? Optional.of(new MavenCoordinates(group, artifact, version)) : Optional.empty();
    }
}
