package io.plimsoll.registry;

import io.plimsoll.registry.HarborProject.Member;
import io.plimsoll.registry.HarborProject.Robot;
import io.plimsoll.registry.RegistryProblem.Reason;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Harbor's API, version 2.0, read only: a project's policies, its members and robot accounts, and the report on an artifact. Redirects are not
 * followed; credentials are sent as Basic to the registry's own host alone.
 */
public final class Harbor {

    private static final int BYTES_MAX = 4 << 20;
    private static final int PAGE = 100;
    private static final int PAGES_MAX = 20;
    /** Roles that may push: project admin, developer, maintainer; guests may only pull. */
    private static final Set<Long> PUSHERS = Set.of(1L, 2L, 4L);

    private final String host;
    private final String base;
    private final RegistryOptions options;
    private final Http http;

    Harbor(String host, RegistryOptions options, Http http) {
        this.host = host;
        this.base = (options.plainHosts().contains(host) ? "http" : "https") + "://" + host + "/api/v2.0";
        this.options = options;
        this.http = http;
    }

    /**
     * A project, with everybody who may pull from it or push to it.
     *
     * @throws RegistryProblem FORBIDDEN or UNAUTHORIZED when this client may not see it
     */
    public HarborProject project(String name) throws IOException {
        Node project = get("/projects/" + encoded(name));
        Node policies = project.get("metadata");
        long id = project.get("project_id").number();
        if (id < 0 || !policies.isMembers()) {
            throw new RegistryProblem(Reason.UNEXPECTED_ANSWER, host + " answered, but not with a project of Harbor");
        }
        return new HarborProject(
                name,
                policies.get("public").isTrue(),
                policies.get("auto_scan").isTrue(),
                policies.get("prevent_vul").isTrue() ? Optional.of(policies.text("severity")) : Optional.empty(),
                policies.get("enable_content_trust_cosign").isTrue()
                        || policies.get("enable_content_trust").isTrue(),
                members(name),
                robots(name, id));
    }

    private Optional<List<Member>> members(String project) throws IOException {
        List<Member> members = new ArrayList<>();
        return listed(
                        "/projects/" + encoded(project) + "/members?",
                        each -> members.add(new Member(
                                each.text("entity_name"),
                                each.text("entity_type").equals("g"),
                                PUSHERS.contains(each.get("role_id").number()))))
                ? Optional.of(members)
                : Optional.empty();
    }

    /** Those of the project, and those of the system that reach into it. */
    private Optional<List<Robot>> robots(String project, long id) throws IOException {
        List<Robot> robots = new ArrayList<>();
        boolean all = listed(
                        "/robots?q=" + encoded("Level=project,ProjectID=" + id) + "&",
                        each -> robot(each, project).ifPresent(robots::add))
                && listed(
                        "/robots?q=" + encoded("Level=system") + "&",
                        each -> robot(each, project).ifPresent(robots::add));
        // Some releases list an account of a project among those of the system as well.
        return all ? Optional.of(robots.stream().distinct().toList()) : Optional.empty();
    }

    private static Optional<Robot> robot(Node written, String project) {
        boolean pulls = false;
        boolean pushes = false;
        boolean others = false;
        for (Node permission : written.get("permissions").items()) {
            String namespace = permission.text("namespace");
            boolean here = namespace.equals(project) || namespace.equals("*");
            if (!permission.text("kind").equals("project")) {
                continue;
            }
            for (Node access : permission.get("access").items()) {
                boolean images = access.text("resource").equals("repository")
                        || access.text("resource").equals("*");
                String action = access.text("action");
                if (!images || access.text("effect").equals("deny")) {
                    continue;
                }
                boolean pull = action.equals("pull") || action.equals("*");
                boolean push = action.equals("push") || action.equals("*");
                pulls |= here && pull;
                pushes |= here && push;
                others |= (pull || push) && !namespace.equals(project);
            }
        }
        if (!pulls && !pushes || written.get("disable").isTrue()) {
            return Optional.empty();
        }
        long expires = written.get("expires_at").number();
        return Optional.of(new Robot(
                written.text("name"),
                pulls,
                pushes,
                others,
                expires < 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(expires))));
    }

    /**
     * What Harbor's own scanner last reported on an artifact; empty when it has reported nothing.
     *
     * @param repository without the project in front
     */
    public Optional<HarborReport> report(String project, String repository, String digest) throws IOException {
        // Slashes of a repository are encoded twice, as the API asks.
        Node artifact = get("/projects/" + encoded(project) + "/repositories/" + encoded(encoded(repository))
                + "/artifacts/" + encoded(digest) + "?with_scan_overview=true");
        return artifact.get("scan_overview").members().values().stream()
                .filter(each -> each.text("scan_status").equals("Success"))
                .flatMap(each -> time(each.text("end_time")).stream().map(when -> {
                    Node counts = each.get("summary");
                    return new HarborReport(
                            when,
                            (each.get("scanner").text("name") + " "
                                            + each.get("scanner").text("version"))
                                    .strip(),
                            (int) Math.max(
                                    0, counts.get("summary").get("Critical").number()),
                            (int) Math.max(0, counts.get("fixable").number()));
                }))
                .max(java.util.Comparator.comparing(HarborReport::when));
    }

    private static Optional<Instant> time(String written) {
        try {
            return Optional.of(OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** False when this client may not see the list. */
    private boolean listed(String path, java.util.function.Consumer<Node> each) throws IOException {
        for (int page = 1; page <= PAGES_MAX; page++) {
            List<Node> items;
            try {
                items = get(path + "page=" + page + "&page_size=" + PAGE).items();
            } catch (RegistryProblem e) {
                if (e.reason() == Reason.FORBIDDEN || e.reason() == Reason.UNAUTHORIZED) {
                    return false;
                }
                throw e;
            }
            items.forEach(each);
            if (items.size() < PAGE) {
                return true;
            }
        }
        throw new RegistryProblem(
                Reason.UNEXPECTED_ANSWER, host + " lists more than " + PAGE * PAGES_MAX + " accounts of one project");
    }

    private Node get(String path) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("X-Is-Resource-Name", "true");
        options.credentials().at(host).ifPresent(login -> headers.put("Authorization", login.basic()));
        try (Http.Answer answer = http.get(URI.create(base + path), headers)) {
            if (answer.status() != 200) {
                throw refusal(answer.status());
            }
            byte[] content = answer.body().readNBytes(BYTES_MAX + 1);
            if (content.length > BYTES_MAX) {
                throw new RegistryProblem(Reason.UNEXPECTED_ANSWER, "answer larger than " + BYTES_MAX + " bytes");
            }
            return Documents.json(new ByteArrayInputStream(content));
        } catch (MalformedDocument e) {
            throw new RegistryProblem(Reason.UNEXPECTED_ANSWER, host + " answered with what is no JSON");
        }
    }

    private RegistryProblem refusal(int status) {
        Reason reason =
                switch (status) {
                    case 401 -> Reason.UNAUTHORIZED;
                    case 403 -> Reason.FORBIDDEN;
                    case 404 -> Reason.NOT_FOUND;
                    case 429, 502, 503, 504 -> Reason.RATE_LIMITED;
                    default -> Reason.UNEXPECTED_ANSWER;
                };
        return new RegistryProblem(reason, "Harbor at " + host + " answered " + status);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
