package io.plimsoll.assessment.declaration;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.declaration.ApprovedRegistry;
import io.plimsoll.kernel.declaration.Attestation;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.DeclaredApplication;
import io.plimsoll.kernel.declaration.DeclaredCluster;
import io.plimsoll.kernel.declaration.DeclaredScope;
import io.plimsoll.kernel.declaration.DeclaredTeam;
import io.plimsoll.kernel.declaration.Framework;
import io.plimsoll.kernel.declaration.NewDevelopment;
import io.plimsoll.kernel.declaration.Validity;
import io.plimsoll.kernel.declaration.Waiver;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code plimsoll.declarations/v1}, as {@code declarations.schema.json} describes it. */
public final class DeclarationsReader {

    private static final String FORMAT = "plimsoll.declarations/v1";
    private static final int TEXT_MAX = 200;
    private static final int STATEMENT_MAX = 2_000;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern CONTROL = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** A waiver may be of a control of the audit's catalogue, which no gate need ask. */
    private static final Pattern WAIVED = Pattern.compile(CONTROL.pattern() + "|PLM-[A-Z]{2,8}-[0-9]{3}");

    private static final Pattern PREFIX =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9._-]+)*/?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{1,46}(/[0-9]{1,3})?");
    private static final Set<String> LIFECYCLES = Set.of("production", "staging", "development");
    private static final Set<String> CRITICALITIES = Set.of("critical", "high", "medium", "low");

    private DeclarationsReader() {}

    /**
     * @param name of the file, for messages
     * @throws IllegalArgumentException naming file, line and field
     */
    public static Declarations read(String name, InputStream in) throws IOException {
        Value root = SingleDocument.read(name, in);
        Fields file = Fields.of(name, root, "declarations");
        if (!root.text("format").equals(FORMAT)) {
            throw file.fault("not declarations (format: " + FORMAT + ")");
        }
        file.text("format", TEXT_MAX);
        Declarations declarations = new Declarations(
                Canonical.digest(root),
                file.optionalText("organisation", TEXT_MAX).orElse(""),
                file.each("teams", 10_000, DeclarationsReader::team),
                file.each("applications", 50_000, DeclarationsReader::application),
                registries(file),
                file.each("frameworks", 200, DeclarationsReader::framework),
                file.each("clusters", 1_000, DeclarationsReader::cluster),
                newDevelopment(file),
                file.each("attestations", 10_000, DeclarationsReader::attestation),
                file.each("waivers", 10_000, DeclarationsReader::waiver));
        file.nothingElse();
        unique(file, "teams", declarations.teams(), DeclaredTeam::name);
        unique(file, "clusters", declarations.clusters(), DeclaredCluster::name);
        unique(file, "frameworks", declarations.frameworks(), Framework::id);
        unique(file, "attestations", declarations.attestations(), Attestation::id);
        unique(file, "waivers", declarations.waivers(), Waiver::id);
        oneOwner(file, declarations.teams());
        return declarations;
    }

    private static <T> void unique(Fields file, String list, List<T> items, Function<T, String> id) {
        Set<String> seen = new HashSet<>();
        for (T item : items) {
            if (!seen.add(id.apply(item))) {
                throw file.fault(list + " holds " + id.apply(item) + " twice");
            }
        }
    }

    private static void oneOwner(Fields file, List<DeclaredTeam> teams) {
        Set<DeclaredScope.Namespace> owned = new HashSet<>();
        for (DeclaredTeam team : teams) {
            for (DeclaredScope.Namespace namespace : team.namespaces()) {
                if (!owned.add(namespace)) {
                    throw file.fault("namespace " + namespace.cluster() + "/" + namespace.namespace()
                            + " is owned twice: it can have one team");
                }
            }
        }
    }

    private static DeclaredTeam team(Fields each) {
        return new DeclaredTeam(
                each.text("name", TEXT_MAX),
                each.each("namespaces", 10_000, DeclarationsReader::namespace),
                each.optionalText("champion", TEXT_MAX).orElse(""));
    }

    private static DeclaredScope.Namespace namespace(Fields each) {
        return new DeclaredScope.Namespace(each.matching("cluster", LABEL, 63), each.matching("namespace", LABEL, 63));
    }

    private static DeclaredApplication application(Fields each) {
        return new DeclaredApplication(
                each.text("name", TEXT_MAX),
                namespace(each),
                each.optionalText("team", TEXT_MAX).orElse(""),
                lifecycle(each.word("lifecycle", LIFECYCLES).orElse("unstated")),
                each.word("criticality", CRITICALITIES).orElse(""));
    }

    private static Lifecycle lifecycle(String word) {
        return Lifecycle.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static List<ApprovedRegistry> registries(Fields file) {
        if (!file.has("registries")) {
            return List.of();
        }
        Fields registries = file.mapping("registries");
        List<ApprovedRegistry> approved = registries.each(
                "approved",
                1_000,
                each -> new ApprovedRegistry(
                        each.matching("prefix", PREFIX, 255),
                        each.truth("private"),
                        each.text("author", TEXT_MAX),
                        validity(each),
                        each.source()));
        registries.nothingElse();
        return approved;
    }

    private static Framework framework(Fields each) {
        boolean acknowledged = each.has("acknowledged");
        if (acknowledged != each.has("acknowledgedBy")) {
            throw each.fault("acknowledged and acknowledgedBy belong together");
        }
        return new Framework(
                each.matching("id", ID, 100),
                each.text("title", TEXT_MAX),
                each.text("owner", TEXT_MAX),
                each.optionalText("acknowledgedBy", TEXT_MAX).orElse(""),
                acknowledged ? each.when("acknowledged", false) : null,
                each.source());
    }

    private static DeclaredCluster cluster(Fields each) {
        return new DeclaredCluster(
                each.matching("name", LABEL, 63),
                lifecycle(each.word("lifecycle", LIFECYCLES).orElseThrow(() -> each.fault("lifecycle is missing"))),
                each.optionalText("provider", TEXT_MAX).orElse(""),
                each.texts("nodeAddresses", ADDRESS, 10_000));
    }

    private static @org.jspecify.annotations.Nullable NewDevelopment newDevelopment(Fields file) {
        if (!file.has("adoption")) {
            return null;
        }
        Fields adoption = file.mapping("adoption");
        NewDevelopment declared = null;
        if (adoption.has("newDevelopmentInContainers")) {
            Fields each = adoption.mapping("newDevelopmentInContainers");
            declared = each.checked(fields -> new NewDevelopment(
                    fields.ratio("ratio").orElseThrow(() -> fields.fault("ratio is missing")),
                    fields.text("author", TEXT_MAX),
                    validity(fields)));
            each.nothingElse();
        }
        adoption.nothingElse();
        return declared;
    }

    private static Attestation attestation(Fields each) {
        each.optionalText("evidence", STATEMENT_MAX).ifPresent(link -> {
            if (!link.matches("https?://\\S+")) {
                throw each.fault("evidence must be an http or https link");
            }
        });
        return new Attestation(
                each.matching("id", ID, 100),
                each.matching("control", CONTROL, 100),
                scope(each.mapping("scope")),
                each.text("statement", STATEMENT_MAX),
                each.text("author", TEXT_MAX),
                validity(each),
                each.ratio("ratio").orElse(1.0),
                each.source());
    }

    private static DeclaredScope scope(Fields scope) {
        boolean organisation = scope.has("organisation");
        boolean cluster = scope.has("cluster");
        boolean namespace = scope.has("namespace");
        boolean team = scope.has("team");
        if ((organisation ? 1 : 0) + (cluster ? 1 : 0) + (team ? 1 : 0) != 1) {
            throw scope.fault("exactly one of organisation, cluster and team is needed");
        }
        if (namespace && !cluster) {
            throw scope.fault("a namespace needs its cluster");
        }
        scope.nothingElse();
        if (organisation) {
            if (!scope.truth("organisation")) {
                throw scope.fault("organisation can only be true");
            }
            return new DeclaredScope.Organisation();
        }
        if (team) {
            return new DeclaredScope.Team(scope.text("team", TEXT_MAX));
        }
        return namespace ? namespace(scope) : new DeclaredScope.Cluster(scope.matching("cluster", LABEL, 63));
    }

    private static Waiver waiver(Fields each) {
        Fields selector = each.mapping("selector");
        Waiver.Selector whom = selector.checked(fields -> new Waiver.Selector(
                fields.has("cluster") ? fields.matching("cluster", LABEL, 63) : "",
                fields.has("namespace") ? fields.matching("namespace", LABEL, 63) : "",
                fields.optionalText("kind", 63).orElse(""),
                fields.optionalText("name", 253).orElse("")));
        selector.nothingElse();
        return new Waiver(
                each.matching("id", ID, 100),
                each.matching("control", WAIVED, 100),
                whom,
                each.text("reason", STATEMENT_MAX),
                each.optionalText("ticket", 500).orElse(""),
                each.text("requestedBy", TEXT_MAX),
                each.text("approvedBy", TEXT_MAX),
                each.when("expires", true),
                each.source());
    }

    private static Validity validity(Fields each) {
        return new Validity(each.when("issued", false), each.when("expires", true));
    }
}
