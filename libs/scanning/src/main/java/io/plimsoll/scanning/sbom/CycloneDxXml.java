package io.plimsoll.scanning.sbom;

import io.plimsoll.scanning.document.MalformedDocument;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** CycloneDX XML as a stream. A document type is refused, so no entity, internal or external, is ever expanded. */
final class CycloneDxXml {

    private static final int DEPTH_MAX = 200;
    private static final int TEXT_MAX = 10_000;

    private CycloneDxXml() {}

    static BillOfMaterials read(InputStream in) throws MalformedDocument {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            try {
                return bill(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof MalformedDocument bound) {
                throw bound;
            }
            throw new MalformedDocument("not XML"
                    + (e.getLocation() == null
                            ? ""
                            : " at line " + e.getLocation().getLineNumber() + ", column "
                                    + e.getLocation().getColumnNumber()));
        }
    }

    private static BillOfMaterials bill(XMLStreamReader xml) throws XMLStreamException, MalformedDocument {
        Deque<String> path = new ArrayDeque<>();
        Deque<Map<String, String>> components = new ArrayDeque<>();
        BillBuilder bill = null;
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedDocument("document types are refused");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (path.isEmpty()) {
                        bill = new BillBuilder(format(xml), "");
                    }
                    if (path.size() >= DEPTH_MAX) {
                        throw new MalformedDocument("elements nested deeper than " + DEPTH_MAX);
                    }
                    if (xml.getLocalName().equals("component")) {
                        components.push(new HashMap<>());
                    }
                    path.push(xml.getLocalName());
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS -> {
                    if (text.length() < TEXT_MAX) {
                        text.append(xml.getText(), 0, Math.min(xml.getTextLength(), TEXT_MAX));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    String element = path.pop();
                    boolean direct = "component".equals(path.peek());
                    if (direct && !components.isEmpty()) {
                        components.peek().putIfAbsent(element, text.toString().strip());
                    }
                    if (element.equals("component") && bill != null) {
                        component(components.pop(), path.contains("metadata"), bill);
                    }
                    text.setLength(0);
                }
                default -> {}
            }
        }
        if (bill == null) {
            throw new MalformedDocument("empty");
        }
        return bill.finish();
    }

    private static String format(XMLStreamReader xml) throws MalformedDocument {
        String namespace = xml.getNamespaceURI();
        String prefix = "http://cyclonedx.org/schema/bom/";
        if (!xml.getLocalName().equals("bom") || namespace == null || !namespace.startsWith(prefix)) {
            throw new MalformedDocument("not CycloneDX: the root element is " + xml.getLocalName());
        }
        return "CycloneDX " + namespace.substring(prefix.length());
    }

    private static void component(Map<String, String> fields, boolean subject, BillBuilder bill)
            throws MalformedDocument {
        if (subject) {
            bill.subject(fields.getOrDefault("name", ""));
            return;
        }
        bill.component(
                fields.getOrDefault("purl", ""),
                fields.getOrDefault("group", ""),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("version", ""),
                List.of(),
                List.of(),
                "",
                "");
    }
}
