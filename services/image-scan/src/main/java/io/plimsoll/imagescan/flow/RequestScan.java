package io.plimsoll.imagescan.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.connector.Connectors;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Somebody wants an image to be read, or matched again, soon. Any image of a connected registry for who sees all; who speaks for a team only those
 * their team runs, so that nobody makes the platform fetch for them what is not theirs.
 */
@ApplicationScoped
public class RequestScan {

    private final ImageQuestions questions;
    private final Connectors connectors;
    private final ImageScanConfig config;

    RequestScan(ImageQuestions questions, Connectors connectors, ImageScanConfig config) {
        this.questions = questions;
        this.connectors = connectors;
        this.config = config;
    }

    /** @param written a reference, or a digest that was seen */
    public Row ask(Caller caller, Sight sight, String written) {
        caller.require(Role.OWNER, Role.SECURITY, Role.ADMIN, Role.SERVICE);
        if (written.matches("sha256:[0-9a-f]{64}")) {
            if (questions.row(sight, written).isEmpty()) {
                throw missing(written);
            }
            return questions.ask(sight, new Asked(written, "")).orElseThrow(() -> missing(written));
        }
        ImageReference reference = ImageReference.of(written);
        String name =
                switch (reference.pin()) {
                    case DIGEST -> reference.name() + "@" + reference.digest();
                    case TAG -> reference.name() + ":" + reference.tag();
                    case FLOATING -> reference.name() + ":latest";
                    case BUILT, UNREADABLE ->
                        throw new ProblemException(Problem.MALFORMED, "this names no image").at("reference");
                };
        Asked asked = new Asked(name, config.platform());
        if (!sight.all() && !isRun(sight, asked)) {
            throw missing(name);
        }
        if (!connectors.reaches(reference)) {
            throw new ProblemException(Problem.UNPROCESSABLE, "no registry " + reference.registry() + " is connected")
                    .at("reference");
        }
        return questions.ask(sight, asked).orElseThrow(() -> missing(name));
    }

    private boolean isRun(Sight sight, Asked asked) {
        // Just before it in the order, so that it is the first row if it is one.
        return questions.rows(sight, Optional.empty(), "", new Asked(asked.reference(), ""), 1).stream()
                .anyMatch(row -> row.asked().reference().equals(asked.reference()));
    }

    private static ProblemException missing(String name) {
        return new ProblemException(Problem.NOT_FOUND, "no image " + name);
    }
}
