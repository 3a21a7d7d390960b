package io.plimsoll.networksegmentation.flow;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.stream.Stream;

/**
 * One line of an answer.
 *
 * @param certain true for ports that pass for sure, false for those of which it is not known
 * @param ports at least one
 */
public record ConnectionRow(Endpoint source, Endpoint destination, boolean certain, PortSet ports) {

    /** What is certain first. */
    static Stream<ConnectionRow> of(Connection connection) {
        return Stream.of(
                        new ConnectionRow(connection.source(), connection.destination(), true, connection.ports()),
                        new ConnectionRow(connection.source(), connection.destination(), false, connection.uncertain()))
                .filter(row -> !row.ports().isEmpty());
    }
}
