package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit's XML: a suite for each control, a case for each object. Held until the end, as suites begin with their counts. */
final class JunitFindings implements Findings {

    private final Writer out;
    private final Map<String, List<Finding>> byControl = new LinkedHashMap<>();
    private final List<CatalogueControl> controls;

    JunitFindings(Writer out, List<CatalogueControl> controls) {
        this.out = out;
        this.controls = controls;
    }

    @Override
    public void finding(Finding finding) {
        byControl
                .computeIfAbsent(finding.control().id(), id -> new ArrayList<>())
                .add(finding);
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "plimsoll audit");
            for (CatalogueControl control : controls) {
                List<Finding> findings = byControl.getOrDefault(control.id(), List.of());
                if (!findings.isEmpty()) {
                    suite(xml, control, findings);
                }
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
            out.write("\n");
            out.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void suite(XMLStreamWriter xml, CatalogueControl control, List<Finding> findings)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", control.id() + " " + control.title());
        xml.writeAttribute("tests", String.valueOf(findings.size()));
        xml.writeAttribute("failures", count(findings, EvidenceState.FAIL));
        xml.writeAttribute(
                "skipped",
                String.valueOf(findings.stream().filter(JunitFindings::skipped).count()));
        for (Finding finding : findings) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", control.id());
            xml.writeAttribute("name", plain(finding.object().toString()));
            xml.writeAttribute("file", plain(finding.source().file()));
            if (finding.state() == EvidenceState.FAIL) {
                xml.writeStartElement("failure");
                xml.writeAttribute("type", control.severity().slug());
                xml.writeAttribute("message", plain(finding.message()));
                xml.writeCharacters(plain(finding.source() + " " + finding.path()));
                xml.writeEndElement();
            } else if (skipped(finding)) {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", plain(finding.message()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static boolean skipped(Finding finding) {
        return finding.state() != EvidenceState.FAIL && finding.state() != EvidenceState.PASS;
    }

    private static String count(List<Finding> findings, EvidenceState state) {
        return String.valueOf(
                findings.stream().filter(each -> each.state() == state).count());
    }

    /** XML has no control characters, not even escaped. */
    private static String plain(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
    }
}
