package io.plimsoll.inventory.flow;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.Version;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** One transaction that holds a cluster's row: nobody else changes the cluster meanwhile, and all of it is kept or nothing. */
public interface ClusterTransaction {

    /**
     * By what a record is found.
     *
     * @param kind of a resource; empty for others
     * @param namespace of a resource; empty for others
     * @param subject of a resource, key of the record of its subjects, whether there is one or not; empty for others
     * @param team of a subject record, its team; empty for others
     */
    record Listing(String kind, String namespace, String subject, String team) {

        static final Listing NONE = new Listing("", "", "", "");
    }

    /** Hash of a live record's content. */
    record Hash(byte[] bytes) {
        /** Whether content with this hash is what was published. */
        boolean is(byte[] hash) {
            return Arrays.equals(bytes, hash);
        }
    }

    ClusterRow cluster();

    /** What the key was answered within a day; empty when it is new. */
    Optional<UploadOutcome> answered(String key);

    void remember(String key, UploadOutcome outcome);

    /** Digest of what the source holds; empty for a source that is new. */
    Optional<byte[]> digest(String source);

    /** Objects in all other sources. */
    long objectsBeside(String source);

    void replaceSource(String source, SourceContent content);

    /** False for a live cluster whose sensor has not told everything once: half of it says something else than the whole. */
    boolean isSeen();

    /** Every object of every source but what a sensor told, in the order of source and position: the source's name, then the object as kept. */
    void eachObject(BiConsumer<String, byte[]> sink);

    /** How many objects a sensor told. */
    long liveCount();

    /** Every object that a sensor told, as kept. */
    void eachLive(Consumer<byte[]> sink);

    /** Brings what is known of those objects up to date. */
    void live(LiveObjects known);

    /** Objects that say what a sensor does not see, as kept. */
    List<byte[]> unseen();

    /** What reading the sources told. */
    List<Coverage> coverage();

    Said said();

    /** The live records of each of these topics by key; the caller's own. */
    Map<Topic, Map<String, Hash>> published(Collection<Topic> topics);

    /** Keeps a record as published, and puts it into the outbox. */
    void publish(Topic topic, String key, Content content, Version version, Listing listing);

    /** Puts a record's end into the outbox. */
    void withdraw(Topic topic, String key, Version version);

    /** Puts a mark into the outbox, after all before it. */
    void mark(Topic topic, Version version, byte[] mark);

    /** Puts every live record of the topic into the outbox once more, at a version that is theirs from now on. */
    void publishAgain(Topic topic, Version version);

    /** Puts the end of a key into the outbox that only the topic knows. */
    void end(Topic topic, String key, Version version);

    /** Teams that own something, by namespace; the whole cluster under the empty name. */
    void owners(Map<String, ? extends Set<String>> teams);

    /** Keeps the row as it is now. */
    void accept(ClusterRow row);

    /**
     * What waited for this cluster is being done. Called before anything is read that it waited for: what begins to wait after this goes on
     * waiting.
     *
     * @param rebuilt whether that includes a rebuild
     * @return false when nothing of the kind waited: another replica was faster
     */
    boolean settled(boolean rebuilt);

    /** To be done once all of it is kept; never where it is not. */
    void committed(Runnable then);
}
