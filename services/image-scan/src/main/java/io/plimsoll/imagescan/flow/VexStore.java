package io.plimsoll.imagescan.flow;

import java.time.Instant;
import java.util.List;

/** VEX documents that are applied. */
public interface VexStore {

    /** What is told of one. */
    record Kept(String name, String source, int statements, Instant put, List<String> problems) {
        public Kept {
            problems = List.copyOf(problems);
        }
    }

    /** One with its bytes. */
    record Document(String name, String source, byte[] bytes) {}

    /** Another one for other documents; empty for none. */
    String mark();

    /** All, in the order of names. */
    List<Document> all();

    /** @throws io.plimsoll.problem.ProblemException of TOO_MANY when there would be more than a bound, in number or bytes */
    void put(Kept kept, byte[] bytes);

    /** False when there was none of that name. */
    boolean delete(String name);

    /** @param after the last name of the page before; empty for the first */
    List<Kept> list(String after, int most);
}
