package io.plimsoll.inventory.store;

import io.plimsoll.messaging.log.Topic;

/** Topics as numbers in tables; a number never changes its meaning. */
final class Numbers {

    private Numbers() {}

    static int of(Topic topic) {
        return switch (topic) {
            case RESOURCES -> 1;
            case SUBJECTS -> 2;
            case FACTS -> 3;
            case DECLARATIONS -> 4;
            case EVIDENCE, TALLIES, STAGES -> throw new IllegalArgumentException("inventory does not write " + topic);
        };
    }

    static Topic topic(int number) {
        return switch (number) {
            case 1 -> Topic.RESOURCES;
            case 2 -> Topic.SUBJECTS;
            case 3 -> Topic.FACTS;
            case 4 -> Topic.DECLARATIONS;
            default -> throw new IllegalStateException("no topic has number " + number);
        };
    }
}
