package io.plimsoll.cli.scan;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.match.Exploitation;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.Gap;
import io.plimsoll.scanning.match.PackageAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is known against an image, as the field {@code answer} of our own form. */
final class AnswerJson {

    private final JsonGenerator json;

    AnswerJson(JsonGenerator json) {
        this.json = json;
    }

    void write(Answered answered) throws IOException {
        json.writeObjectFieldStart("answer");
        json.writeStringField("outcome", answered.answer().outcome().name());
        json.writeStringField("asOf", answered.freshness().asOf().toString());
        json.writeArrayFieldStart("feeds");
        for (FeedState feed : answered.feeds()) {
            json.writeStartObject();
            json.writeStringField("name", feed.name());
            json.writeStringField("state", answered.freshness().of(feed).slug());
            json.writeNumberField(
                    "ageSeconds", feed.age(answered.freshness().asOf()).toSeconds());
            json.writeStringField("sha256", feed.digest());
            json.writeEndObject();
        }
        json.writeEndArray();
        gaps("notices", answered.answer().notices());
        gaps("enrichmentGaps", answered.answer().gaps());
        json.writeArrayFieldStart("vulnerabilities");
        for (Answered.Row row : answered.rows()) {
            json.writeStartObject();
            json.writeStringField("package", row.pack().pack().purl().toString());
            finding(row.finding());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("setAside");
        for (Answered.Aside aside : answered.asides()) {
            json.writeStartObject();
            json.writeStringField("package", aside.pack().pack().purl().toString());
            finding(aside.setAside().finding());
            json.writeStringField("why", aside.setAside().why().name());
            json.writeStringField("by", aside.setAside().by());
            json.writeStringField("detail", aside.setAside().detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unknown");
        for (PackageAnswer pack : answered.answer().packages()) {
            if (!pack.gaps().isEmpty()) {
                json.writeStartObject();
                json.writeStringField("package", pack.pack().purl().toString());
                gaps("gaps", pack.gaps());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void gaps(String name, List<Gap> gaps) throws IOException {
        json.writeArrayFieldStart(name);
        for (Gap gap : gaps) {
            json.writeStartObject();
            json.writeStringField("reason", gap.reason().slug());
            json.writeStringField("detail", gap.detail());
            json.writeStringField("settledBy", gap.reason().settledBy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStringField("vulnerability", finding.vulnerability());
        names("aliases", finding.aliases());
        names("advisories", finding.advisories());
        Optional<Severity> severity = finding.severity();
        if (severity.isPresent()) {
            json.writeStringField("severity", severity.get().slug());
        }
        if (finding.score() >= 0) {
            json.writeNumberField("score", finding.score() / 10.0);
        }
        if (finding.fixedIn().isPresent()) {
            json.writeStringField("fixedIn", finding.fixedIn().get());
        }
        json.writeStringField("standing", finding.standing().name());
        json.writeObjectFieldStart("exploitation");
        switch (finding.exploitation()) {
            case Exploitation.Known known -> {
                json.writeStringField("state", "KNOWN");
                json.writeStringField("listed", known.row().added().toString());
                json.writeBooleanField("ransomware", known.row().ransomware());
            }
            case Exploitation.NotListed notListed -> json.writeStringField("state", "NOT_LISTED");
            case Exploitation.Unknown unknown -> {
                json.writeStringField("state", "UNKNOWN");
                json.writeStringField("reason", unknown.gap().reason().slug());
            }
        }
        json.writeEndObject();
        var likelihood = finding.likelihood();
        if (likelihood.isPresent()) {
            json.writeObjectFieldStart("epss");
            json.writeNumberField("probability", likelihood.get().probability());
            json.writeNumberField("percentile", likelihood.get().percentile());
            json.writeEndObject();
        }
        json.writeStringField("summary", finding.summary());
    }

    private void names(String field, List<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
