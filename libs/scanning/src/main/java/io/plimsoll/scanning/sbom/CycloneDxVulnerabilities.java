package io.plimsoll.scanning.sbom;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.AdvisoryPage;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.match.Exploitation;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code vulnerabilities} of CycloneDX 1.6: one a weakness and package, since each package has a fix of its own. */
final class CycloneDxVulnerabilities {

    private final JsonGenerator json;

    CycloneDxVulnerabilities(JsonGenerator json) {
        this.json = json;
    }

    /** How whole the answer is, as properties: a reader must not take a missing feed for "nothing found". */
    static List<String[]> properties(ImageAnswer answer) {
        List<String[]> properties = new ArrayList<>();
        properties.add(new String[] {"plimsoll:outcome", answer.outcome().name()});
        answer.gapCounts()
                .forEach((reason, packages) ->
                        properties.add(new String[] {"plimsoll:gap:" + reason.slug(), packages + " packages"}));
        answer.notices()
                .forEach(gap -> properties.add(
                        new String[] {"plimsoll:notice:" + gap.reason().slug(), gap.detail()}));
        answer.gaps()
                .forEach(gap -> properties.add(
                        new String[] {"plimsoll:enrichment:" + gap.reason().slug(), gap.detail()}));
        return properties;
    }

    void write(ImageAnswer answer) throws IOException {
        json.writeArrayFieldStart("vulnerabilities");
        for (PackageAnswer pack : answer.packages()) {
            for (Finding finding : pack.findings()) {
                vulnerability(pack.pack(), finding, Optional.empty());
            }
            for (SetAside aside : pack.setAside()) {
                if (aside.why() != SetAside.Why.INFORMATIONAL) {
                    vulnerability(pack.pack(), aside.finding(), Optional.of(aside));
                }
            }
        }
        json.writeEndArray();
    }

    private void vulnerability(Package pack, Finding finding, Optional<SetAside> aside) throws IOException {
        json.writeStartObject();
        json.writeStringField("bom-ref", finding.vulnerability() + " " + pack.purl());
        json.writeStringField("id", finding.vulnerability());
        Optional<URI> page = AdvisoryPage.of(finding.vulnerability());
        if (page.isPresent()) {
            json.writeObjectFieldStart("source");
            json.writeStringField("url", page.get().toString());
            json.writeEndObject();
        }
        references(finding);
        rating(finding);
        if (!finding.summary().isEmpty()) {
            json.writeStringField("description", finding.summary());
        }
        if (finding.fixedIn().isPresent()) {
            json.writeStringField(
                    "recommendation", "update to " + finding.fixedIn().get());
        }
        if (aside.isPresent()) {
            analysis(aside.get());
        }
        json.writeArrayFieldStart("affects");
        json.writeStartObject();
        json.writeStringField("ref", pack.purl().toString());
        json.writeEndObject();
        json.writeEndArray();
        properties(finding);
        json.writeEndObject();
    }

    private void references(Finding finding) throws IOException {
        json.writeArrayFieldStart("references");
        for (String name : finding.aliases()) {
            json.writeStartObject();
            json.writeStringField("id", name);
            json.writeObjectFieldStart("source");
            Optional<URI> page = AdvisoryPage.of(name);
            if (page.isPresent()) {
                json.writeStringField("url", page.get().toString());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void rating(Finding finding) throws IOException {
        json.writeArrayFieldStart("ratings");
        json.writeStartObject();
        if (finding.score() >= 0) {
            json.writeNumberField("score", finding.score() / 10.0);
        }
        json.writeStringField("severity", finding.severity().map(Severity::slug).orElse("unknown"));
        json.writeEndObject();
        json.writeEndArray();
    }

    private void analysis(SetAside aside) throws IOException {
        json.writeObjectFieldStart("analysis");
        json.writeStringField(
                "state",
                switch (aside.why()) {
                    case DISTRIBUTOR_NOT_AFFECTED, VEX_NOT_AFFECTED, INFORMATIONAL -> "not_affected";
                    case FIXED_IN_STREAM, VEX_FIXED -> "resolved";
                });
        json.writeStringField("detail", aside.detail().isEmpty() ? aside.by() : aside.by() + ": " + aside.detail());
        json.writeEndObject();
    }

    private void properties(Finding finding) throws IOException {
        json.writeArrayFieldStart("properties");
        CycloneDx.property("plimsoll:standing", finding.standing().name(), json);
        switch (finding.exploitation()) {
            case Exploitation.Known known ->
                CycloneDx.property(
                        "plimsoll:exploited:since", known.row().added().toString(), json);
            case Exploitation.NotListed notListed -> CycloneDx.property("plimsoll:exploited", "not listed", json);
            case Exploitation.Unknown unknown ->
                CycloneDx.property(
                        "plimsoll:exploited", "unknown: " + unknown.gap().detail(), json);
        }
        Optional<ExploitLikelihood> likelihood = finding.likelihood();
        if (likelihood.isPresent()) {
            CycloneDx.property("plimsoll:epss", String.valueOf(likelihood.get().probability()), json);
        }
        json.writeEndArray();
    }
}
