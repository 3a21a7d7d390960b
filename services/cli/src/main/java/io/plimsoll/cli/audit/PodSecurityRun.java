package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.audit.podsecurity.Violation;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.input.ManifestFiles;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every object that declares a pod against one level and version of the Pod Security Standards, document by document. */
final class PodSecurityRun {

    private static final Pattern FORM =
            Pattern.compile("(privileged|baseline|restricted)(?:@(?:v?1\\.(\\d{1,3})|latest))?");

    private final @Nullable Level level;
    private final Version version;
    private final Writer out;
    private final boolean lines;
    private final JsonGenerator json;
    private int objects;
    private int forbidden;

    /**
     * @param asked {@code LEVEL@VERSION}; without a version the newest known
     * @param lines JSON lines, else text
     */
    PodSecurityRun(String asked, Writer out, boolean lines) throws IOException {
        Matcher form = FORM.matcher(asked);
        if (!form.matches()) {
            throw new UsageProblem("--pod-security takes LEVEL@VERSION, for instance restricted@1.33, not " + asked);
        }
        this.level = form.group(1).equals("privileged")
                ? null
                : Level.valueOf(form.group(1).toUpperCase(Locale.ROOT));
        this.version = version(form.group(2));
        this.out = out;
        this.lines = lines;
        json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private static Version version(@Nullable String minor) {
        if (minor == null) {
            return Version.nearest(Integer.MAX_VALUE);
        }
        try {
            return new Version(Integer.parseInt(minor));
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("--pod-security: " + e.getMessage());
        }
    }

    /** @param notes takes what could not be read */
    void run(List<String> paths, Consumer<Problem> notes) throws IOException {
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                ClusterStateBuilder one = new ClusterStateBuilder("cluster", ClusterMode.MANIFESTS);
                one.add(document, "", notes);
                for (Resource resource : one.build(notes).resources()) {
                    resource.declared().forEach(PodSecurityRun.this::judge);
                }
            }

            @Override
            public void problem(Problem problem) {
                notes.accept(problem);
            }
        };
        ManifestFiles files = new ManifestFiles(notes);
        paths.forEach(path -> files.read(path, sink));
        json.flush();
        String end = objects == 0 ? "" : "\n";
        out.write(lines ? end : objects + " objects, " + forbidden + " forbidden at " + version + "\n");
        out.flush();
    }

    int objects() {
        return objects;
    }

    int forbidden() {
        return forbidden;
    }

    private void judge(Resource object) {
        List<PodTemplate> templates = templates(object);
        if (templates.isEmpty()) {
            return;
        }
        Set<String> violations = new LinkedHashSet<>();
        for (PodTemplate template : templates) {
            if (level != null) {
                PodSecurity.evaluate(template, level, version).stream()
                        .map(Violation::family)
                        .forEach(violations::add);
            }
        }
        objects++;
        forbidden += violations.isEmpty() ? 0 : 1;
        try {
            if (lines) {
                line(object, violations);
            } else if (!violations.isEmpty()) {
                out.write(object.id() + "  " + object.source() + "\n    forbidden: " + String.join(", ", violations)
                        + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PodTemplate> templates(Resource object) {
        if (Workloads.isWorkload(object)) {
            return Workloads.templatesOf(object).subList(0, 1);
        }
        if (object.is("PodTemplate", "")) {
            Value template = object.body().at("template");
            return List.of(new PodTemplate(object, "template.spec", template.at("metadata"), template.at("spec")));
        }
        return List.of();
    }

    private void line(Resource object, Set<String> violations) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", object.source().file());
        json.writeStringField("kind", object.kind());
        JsonLines.text(json, "namespace", object.namespace());
        json.writeStringField("name", object.name());
        json.writeStringField("verdict", violations.isEmpty() ? "allowed" : "forbidden");
        json.writeArrayFieldStart("violations");
        for (String violation : violations) {
            json.writeString(violation);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
