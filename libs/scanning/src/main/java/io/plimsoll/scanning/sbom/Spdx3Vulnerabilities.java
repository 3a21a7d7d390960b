package io.plimsoll.scanning.sbom;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.advisory.AdvisoryPage;
import io.plimsoll.scanning.advisory.Cve;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The security profile of SPDX 3: each weakness once, and an assessment for each package it was looked at in. */
final class Spdx3Vulnerabilities {

    private final JsonGenerator json;
    private final Spdx3 document;
    private final Map<String, String> weaknesses = new HashMap<>();
    private int assessments;

    Spdx3Vulnerabilities(JsonGenerator json, Spdx3 document) {
        this.json = json;
        this.document = document;
    }

    /** @param ids of the packages' elements, by purl */
    void write(ImageAnswer answer, Map<String, String> ids) throws IOException {
        for (PackageAnswer pack : answer.packages()) {
            Optional<String> id = Optional.ofNullable(ids.get(pack.pack().purl().toString()));
            if (id.isEmpty()) {
                continue;
            }
            List<String> to = List.of(document.absolute(id.get()));
            for (Finding finding : pack.findings()) {
                String weakness = weakness(finding);
                open("security_VexAffectedVulnAssessmentRelationship", "affects", weakness, to);
                json.writeStringField(
                        "security_actionStatement",
                        finding.fixedIn()
                                .map(version -> "Update to " + version + ".")
                                .orElse("No fix is published."));
                json.writeEndObject();
            }
            for (SetAside aside : pack.setAside()) {
                aside(aside, to);
            }
        }
    }

    private void aside(SetAside aside, List<String> to) throws IOException {
        String said = aside.detail().isEmpty() ? aside.by() : aside.by() + ": " + aside.detail();
        switch (aside.why()) {
            case INFORMATIONAL -> {}
            case DISTRIBUTOR_NOT_AFFECTED, VEX_NOT_AFFECTED -> {
                open(
                        "security_VexNotAffectedVulnAssessmentRelationship",
                        "doesNotAffect",
                        weakness(aside.finding()),
                        to);
                json.writeStringField("security_impactStatement", said);
                json.writeEndObject();
            }
            case FIXED_IN_STREAM, VEX_FIXED -> {
                open("security_VexFixedVulnAssessmentRelationship", "fixedIn", weakness(aside.finding()), to);
                json.writeStringField("security_statusNotes", said);
                json.writeEndObject();
            }
        }
    }

    private void open(String type, String word, String weakness, List<String> to) throws IOException {
        document.relationship(type, "assessment-" + ++assessments, word, weakness, to);
    }

    private String weakness(Finding finding) throws IOException {
        String name = finding.vulnerability();
        String known = weaknesses.get(name);
        if (known != null) {
            return known;
        }
        String id = "vulnerability-" + (weaknesses.size() + 1);
        weaknesses.put(name, id);
        document.element("security_Vulnerability", id, name);
        if (!finding.summary().isEmpty()) {
            json.writeStringField("description", finding.summary());
        }
        json.writeArrayFieldStart("externalIdentifier");
        json.writeStartObject();
        json.writeStringField("type", "ExternalIdentifier");
        json.writeStringField("externalIdentifierType", Cve.isName(name) ? "cve" : "securityOther");
        json.writeStringField("identifier", name);
        Optional<URI> page = AdvisoryPage.of(name);
        if (page.isPresent()) {
            json.writeArrayFieldStart("identifierLocator");
            json.writeString(page.get().toString());
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        return id;
    }
}
