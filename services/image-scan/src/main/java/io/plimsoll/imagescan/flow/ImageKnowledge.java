package io.plimsoll.imagescan.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the owner of a cluster writes of it, and reads of its images. */
public interface ImageKnowledge {

    /** Which application asks: how long a weakness has been there is a matter of the application, not of the digest. */
    record Question(Asked asked, String namespace, String application) {}

    /** Rises with every change of what is known. */
    long number();

    /** Clusters that run an image of which something has become known after that number. */
    List<String> movedSince(long number);

    /** Which of these digests are known by a bill of materials, whatever registry they are in. */
    Set<String> billed(Collection<String> digests);

    /**
     * Replaces what a cluster runs, and queues what is new.
     *
     * @param connected those of it that a registry can be asked for
     * @param billed others of it that are known by a bill of materials, with their digests
     */
    void replace(String cluster, List<Use> uses, Collection<Asked> connected, Map<Asked, String> billed);

    /** Notes which weaknesses its applications have now, and which are gone. */
    void history(String cluster);

    /** What is known for the uses of a cluster. */
    Answers of(String cluster);

    /** Answers for one cluster. */
    interface Answers {
        Optional<Known> of(Question question);
    }
}
