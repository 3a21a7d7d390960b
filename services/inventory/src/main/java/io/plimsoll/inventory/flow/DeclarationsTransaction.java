package io.plimsoll.inventory.flow;

import io.plimsoll.wire.Version;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction that holds the declarations: nobody else changes them meanwhile. */
public interface DeclarationsTransaction {

    /** A statement as kept. */
    record Statement(String source, Content content, long number) {}

    /** Number of the newest change; 0 before the first mark was written. */
    long number();

    /** Keys of the answers are those of the caller. */
    Optional<DeclareOutcome> answered(String key);

    void remember(String key, DeclareOutcome outcome);

    /** All statements by key. */
    Map<String, Statement> statements();

    /** Keeps statements of a source and puts them into the outbox. */
    void publish(String source, Map<String, Content> statements, long number);

    /** Ends statements, here and in the outbox. */
    void withdraw(Collection<String> keys, long number);

    /** Puts every statement into the outbox once more, at a number that is theirs from now on. */
    void publishAgain(long number);

    /** Puts a record into the outbox as it is; null ends the key. */
    void relay(String key, byte @Nullable [] value, Version version);

    /** Names of all clusters. */
    Collection<String> clusters();

    /** These clusters wait to be computed anew. */
    void pending(Collection<String> clusters);

    void accept(long number);

    /** The rebuild of the declarations is over. */
    void settled();
}
