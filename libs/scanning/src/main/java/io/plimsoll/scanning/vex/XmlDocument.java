package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * CycloneDX's XML in the shape of its JSON: lists are lists, attributes are members. No DTD and nothing external is ever
 * read.
 */
final class XmlDocument {
    private static final Set<String> LISTS = Set.of(
            "components",
            "vulnerabilities",
            "affects",
            "versions",
            "references",
            "occurrences",
            "ratings",
            "responses");
    private static final int DEPTH_MAX = 200;
    private static final int NODES_MAX = 2_000_000;

    private final XMLStreamReader in;
    private int nodes;

    private XmlDocument(XMLStreamReader in) {
        this.in = in;
    }

    static Node read(InputStream content) throws MalformedDocument {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader in = factory.createXMLStreamReader(content);
            while (in.next() != XMLStreamConstants.START_ELEMENT) {
                if (in.getEventType() == XMLStreamConstants.DTD) {
                    throw new MalformedDocument("a document type declaration, which is not read");
                }
            }
            boolean cyclone = in.getLocalName().equals("bom")
                    && String.valueOf(in.getNamespaceURI()).startsWith("http://cyclonedx.org/schema/bom/");
            Map<String, Node> members =
                    new LinkedHashMap<>(new XmlDocument(in).element(0).members());
            members.put("bomFormat", new Node.Scalar(cyclone ? "CycloneDX" : "", cyclone));
            return new Node.Members(members);
        } catch (XMLStreamException e) {
            throw new MalformedDocument("not XML at line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber());
        }
    }

    /** From its start to its end. */
    private Node element(int depth) throws XMLStreamException, MalformedDocument {
        if (depth > DEPTH_MAX || ++nodes > NODES_MAX) {
            throw new MalformedDocument("more than " + DEPTH_MAX + " levels or " + NODES_MAX + " elements");
        }
        boolean list = LISTS.contains(in.getLocalName());
        Map<String, Node> members = new LinkedHashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            members.put(in.getAttributeLocalName(i), new Node.Scalar(in.getAttributeValue(i), true));
        }
        List<Node> items = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = in.getLocalName();
                Node child = element(depth + 1);
                items.add(child);
                members.put(name, child);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(in.getText());
            }
        }
        if (list) {
            return new Node.Items(items);
        }
        return members.isEmpty() ? new Node.Scalar(text.toString().strip(), true) : new Node.Members(members);
    }
}
