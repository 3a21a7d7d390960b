package io.plimsoll.messaging.log;

/** The topics, as topics.yaml names them. */
public enum Topic {
    RESOURCES("plimsoll.resources.v1"),
    SUBJECTS("plimsoll.subjects.v1"),
    FACTS("plimsoll.facts.v1"),
    EVIDENCE("plimsoll.evidence.v1"),
    TALLIES("plimsoll.tallies.v1"),
    /** One partition, read whole by all. */
    DECLARATIONS("plimsoll.declarations.v1"),
    STAGES("plimsoll.stages.v1");

    private final String text;

    Topic(String text) {
        this.text = text;
    }

    /** Its name at the broker. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException when it is none of Plimsoll's */
    public static Topic of(String text) {
        for (Topic topic : values()) {
            if (topic.text.equals(text)) {
                return topic;
            }
        }
        throw new IllegalArgumentException("no topic of Plimsoll: " + text);
    }
}
