package io.plimsoll.imagescan.flow;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.vex.Vex;
import io.plimsoll.scanning.vex.VexDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makers say of their products, as it is put and as it is applied. Any thread. */
@ApplicationScoped
public class Statements {

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
    private static final int PROBLEMS_MAX = 20;

    /**
     * What is applied now.
     *
     * @param mark another one for other documents; empty when there are none
     */
    public record Current(String mark, Vex vex) {}

    private final VexStore store;
    private final Clock clock;
    private Current current = new Current("", new Vex(List.of()));

    Statements(VexStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Read again only when another mark stands. */
    public synchronized Current current() {
        String mark = store.mark();
        if (!mark.equals(current.mark())) {
            List<VexDocument> documents = new ArrayList<>();
            for (VexStore.Document each : store.all()) {
                try {
                    documents.add(named(
                            each.source(), VexDocument.read(each.name(), new ByteArrayInputStream(each.bytes()))));
                } catch (IOException e) {
                    // It was read when it was put: by an older release, perhaps.
                    LOG.atError().setCause(e).addKeyValue("name", each.name()).log("a VEX document cannot be read");
                }
            }
            current = new Current(mark, new Vex(documents));
        }
        return current;
    }

    private static VexDocument named(String source, VexDocument read) {
        return new VexDocument(source, read.statements(), read.problems());
    }

    /**
     * Puts one in the place of what had its name.
     *
     * @param who puts it
     * @throws ProblemException when it cannot be read, or says nothing
     */
    public VexStore.Kept put(String name, byte[] bytes, String who) {
        VexDocument read;
        try {
            read = VexDocument.read(name, new ByteArrayInputStream(bytes));
        } catch (MalformedDocument e) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.valueOf(e.getMessage()), e).at("document");
        } catch (IOException e) {
            throw new ProblemException(Problem.UNPROCESSABLE, "it cannot be read", e).at("document");
        }
        if (read.statements().isEmpty()) {
            throw new ProblemException(
                            Problem.UNPROCESSABLE,
                            "no statement of it can be applied"
                                    + (read.problems().isEmpty()
                                            ? ""
                                            : ": " + read.problems().getFirst()))
                    .at("document");
        }
        VexStore.Kept kept = new VexStore.Kept(
                name,
                read.source() + ", put by " + who,
                read.statements().size(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                read.problems().stream().limit(PROBLEMS_MAX).toList());
        store.put(kept, bytes);
        return kept;
    }
}
