package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.image.ImageStanding.Answer;
import io.plimsoll.assessment.image.ImageStanding.RegistrySays;
import io.plimsoll.assessment.image.ImageStanding.Report;
import io.plimsoll.imagescan.connector.Connectors;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.HarborProject;
import io.plimsoll.registry.HarborProject.Member;
import io.plimsoll.registry.HarborProject.Robot;
import io.plimsoll.registry.HarborReport;
import io.plimsoll.registry.RegistryClient;
import io.plimsoll.registry.RegistryProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a registry's policies say of an image. Harbor tells of its projects; of any other registry is asked whether anybody at all may push. The same
 * for all images of a project or repository, so it is asked once in a while for all of them. Any thread.
 */
@ApplicationScoped
public class RegistryPolicies {

    /** How long an answer stands for other images of the same project. */
    private static final Duration STANDS = Duration.ofMinutes(10);
    /** Projects and repositories remembered; over it all are asked anew. */
    private static final int REMEMBERED_MAX = 10_000;

    /**
     * What was said.
     *
     * @param open whether anybody can pull, where the registry's policy says so
     */
    record Said(RegistrySays says, Optional<Answer> open) {

        /** What was tried outranks what is configured, and a public project is one whatever was tried. */
        Answer access(Answer tried) {
            return switch (tried) {
                case Answer.No no -> no;
                case Answer.Yes yes -> open.filter(Answer.No.class::isInstance).orElse(yes);
                case Answer.Open nothing -> open.orElse(nothing);
            };
        }
    }

    /** What is said of a whole project or repository. */
    private record Policy(Answer governed, Optional<Answer> open, String blocking, boolean onPush, Instant until) {}

    private final Connectors connectors;
    private final Clock clock;
    private final Map<String, Policy> remembered = new ConcurrentHashMap<>();

    RegistryPolicies(Connectors connectors, Clock clock) {
        this.connectors = connectors;
        this.clock = clock;
    }

    Said of(RegistryClient client, RegistryClient anonymous, ImageReference reference, String digest) {
        String host = reference.registry();
        if (connectors.mirrored(reference)) {
            return new Said(
                    new RegistrySays(
                            new Answer.Open("a mirror is asked in the place of " + host), Optional.empty(), ""),
                    Optional.empty());
        }
        int slash = reference.repository().indexOf('/');
        if (!connectors.isHarbor(host)) {
            Policy policy = remembered(reference.name(), () -> plain(anonymous, reference));
            return new Said(new RegistrySays(policy.governed(), Optional.empty(), ""), Optional.empty());
        }
        if (slash < 0) {
            return new Said(
                    new RegistrySays(new Answer.Open("it is in no project of " + host), Optional.empty(), ""),
                    Optional.empty());
        }
        String project = reference.repository().substring(0, slash);
        Policy policy = remembered(host + "/" + project, () -> harbor(client, host, project));
        Optional<Report> report =
                report(client, host, project, reference.repository().substring(slash + 1), digest, policy);
        return new Said(new RegistrySays(policy.governed(), report, policy.blocking()), policy.open());
    }

    private interface Asking {
        Policy ask() throws IOException;
    }

    private Policy remembered(String what, Asking asking) {
        Instant now = clock.instant();
        Policy known = remembered.get(what);
        if (known != null && known.until().isAfter(now)) {
            return known;
        }
        Policy fresh;
        try {
            fresh = asking.ask();
        } catch (RegistryProblem e) {
            fresh = unknown("who may pull and push is not known: " + e.getMessage());
        } catch (IOException e) {
            fresh = unknown("who may pull and push is not known: the answer could not be read");
        }
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.put(what, fresh);
        return fresh;
    }

    private Policy unknown(String why) {
        return new Policy(
                new Answer.Open(why),
                Optional.empty(),
                "",
                false,
                clock.instant().plus(STANDS));
    }

    private Policy plain(RegistryClient anonymous, ImageReference reference) throws IOException {
        Answer governed =
                switch (anonymous.pushing(reference)) {
                    case OPEN -> new Answer.No("anybody can push to " + reference.name());
                    case REFUSED ->
                        new Answer.Open(
                                "pushing to " + reference.name()
                                        + " needs a credential; who has one, and who pulls with which, its registry does not tell");
                    case READ_ONLY ->
                        new Answer.Open("nobody can push to " + reference.name()
                                + "; who pulls with which credential its registry does not tell");
                };
        return new Policy(governed, Optional.empty(), "", false, clock.instant().plus(STANDS));
    }

    private Policy harbor(RegistryClient client, String host, String name) throws IOException {
        HarborProject project = client.harbor(host).project(name);
        String which = "project " + name + " of " + host;
        String blocking = project.refusesCriticals()
                ? which + " gives out no image with a weakness of severity "
                        + project.refuses().orElse("") + " or higher, nor one that was not scanned"
                : "";
        Answer open = project.isPublic()
                ? new Answer.No("anybody can pull from " + which)
                : new Answer.Yes(which + " is not public");
        return new Policy(
                governed(project, which, connectors.user(host)),
                Optional.of(open),
                blocking,
                project.scansOnPush(),
                clock.instant().plus(STANDS));
    }

    /** Nobody unnamed pulls, and no credential is shared with other projects (stage-gates 4, S2.access). */
    private Answer governed(HarborProject project, String which, String own) {
        if (project.isPublic()) {
            return new Answer.No("anybody can pull from " + which);
        }
        Instant now = clock.instant();
        List<Robot> robots = project.robots().orElse(List.of()).stream()
                .filter(robot -> robot.isValid(now) && !robot.name().equals(own))
                .toList();
        Optional<Robot> shared = robots.stream().filter(Robot::elsewhere).findFirst();
        if (shared.isPresent()) {
            return new Answer.No(
                    "robot account " + shared.get().name() + " is one credential for " + which + " and for others");
        }
        if (project.members().isEmpty() || project.robots().isEmpty()) {
            return new Answer.Open("the connector's account may not list the "
                    + (project.members().isEmpty() ? "members" : "robot accounts") + " of " + which);
        }
        List<Member> members = project.members().get();
        long pushers = members.stream().filter(Member::pushes).count();
        return new Answer.Yes(which + " names " + members.size() + " members and " + robots.size()
                + " robot accounts, no credential of another project among them; "
                + (pushers == 0 ? "only robot accounts push" : pushers + " members may push"));
    }

    private static Optional<Report> report(
            RegistryClient client, String host, String project, String repository, String digest, Policy policy) {
        try {
            Optional<HarborReport> report = client.harbor(host).report(project, repository, digest);
            return report.map(each -> new Report(
                    each.when(),
                    "Harbor's scanner" + (each.by().isEmpty() ? "" : " " + each.by())
                            + (policy.onPush() ? " (on every push, by policy)" : " (no policy scans on push)"),
                    each.criticals()));
        } catch (IOException e) {
            // Without a report nothing is said of what is in the image.
            return Optional.empty();
        }
    }
}
