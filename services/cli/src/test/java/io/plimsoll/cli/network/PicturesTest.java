package io.plimsoll.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures are well formed, say who is there, and run nothing that a manifest says. */
class PicturesTest {

    private static final String EVIL = "</title></script><script>alert(1)</script>&\\\"'";

    @TempDir
    Path folder;

    private String draw(String manifests, String format) throws IOException {
        Path in = Files.writeString(folder.resolve("in.yaml"), manifests);
        Path out = folder.resolve("out." + format);
        assertThat(Plimsoll.run("connections", in.toString(), "--format", format, "-o", out.toString()))
                .isEqualTo(ExitCode.DONE);
        return Files.readString(out);
    }

    private static String pod(String namespace, String name) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: "%1$s", namespace: "%2$s", labels: {app: a}}
                spec: {containers: [{name: main}]}
                """.formatted(name, namespace);
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document document, String tag, String style) {
        List<Element> found = new ArrayList<>();
        NodeList all = document.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element each = (Element) all.item(i);
            if (List.of(each.getAttribute("class").split(" ")).contains(style)) {
                found.add(each);
            }
        }
        return found;
    }

    @Test
    void drawsEveryPeerInTheBoxOfItsNamespace() throws Exception {
        // When
        Document svg = parsed(draw(pod("shop", "web") + pod("shop", "db") + pod("ops", "watch"), "svg"));
        // Then
        assertThat(elements(svg, "g", "ns"))
                .extracting(box -> box.getAttribute("data-ns"))
                .containsExactly("", "ops", "shop");
        assertThat(elements(svg, "g", "peer"))
                .extracting(peer -> peer.getAttribute("data-name"))
                .contains("shop/web[Pod]", "shop/db[Pod]", "ops/watch[Pod]");
    }

    @Test
    void drawsOneLineForMany() throws Exception {
        // Given
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append(pod("n" + i % 10, "w" + i));
        }
        // When
        Document svg = parsed(draw(many.toString(), "svg"));
        // Then: each namespace with itself, with each other, and with the outside both ways.
        assertThat(elements(svg, "g", "peer")).hasSize(201);
        assertThat(elements(svg, "path", "many")).hasSize(10 + 90 + 20);
        assertThat(elements(svg, "path", "line")).hasSize(10 + 90 + 20);
    }

    @Test
    void keepsPeersApart() throws Exception {
        // Given
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            many.append(pod("n" + i % 7, "w" + i));
        }
        // When
        List<Element> nodes = elements(parsed(draw(many.toString(), "svg")), "rect", "node");
        // Then
        for (Element one : nodes) {
            for (Element other : nodes) {
                assertThat(one == other || !overlap(one, other)).isTrue();
            }
        }
    }

    private static boolean overlap(Element one, Element other) {
        return number(one, "x") < number(other, "x") + number(other, "width")
                && number(other, "x") < number(one, "x") + number(one, "width")
                && number(one, "y") < number(other, "y") + number(other, "height")
                && number(other, "y") < number(one, "y") + number(one, "height");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void writesWhatAManifestSaysAsTextAlone() throws Exception {
        // When
        String svg = draw(pod("shop", "web" + EVIL) + pod("shop", "db"), "svg");
        // Then
        assertThat(parsed(svg).getElementsByTagName("script").getLength()).isZero();
        assertThat(svg).contains("web&lt;/title&gt;");
    }

    @Test
    void runsNothingThatAManifestSays() throws IOException {
        // When
        String html = draw(pod("shop", "web" + EVIL) + pod("shop", "db"), "html");
        // Then: the data and the script of the page, and no third.
        assertThat(html.toLowerCase(Locale.ROOT).split("<script", -1)).hasSize(3);
        assertThat(html.toLowerCase(Locale.ROOT).split("</script", -1)).hasSize(3);
        assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .contains("default-src 'none'")
                .contains("script-src 'sha256-")
                .doesNotContain("http://", "https://", "<script>alert")
                .contains("\\u003c/script>\\u003cscript>alert(1)");
    }

    @Test
    void holdsTheReasonsOfEachPair() throws IOException {
        // Given
        String policy = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: closed, namespace: shop}
                spec: {podSelector: {}}
                """;
        // When
        String html = draw(pod("shop", "web") + pod("shop", "db") + policy, "html");
        // Then
        assertThat(html)
                .contains("NetworkPolicy 'shop/closed': no rules")
                .contains("[\"shop/web[Pod]\",\"shop/db[Pod]\",[\"DENIED\",\"All Connections\"");
    }
}
