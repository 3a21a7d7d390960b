package io.plimsoll.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.report.SmallEstate;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

    private static final String HOSTILE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: "</style></script><script>alert(1)</script>", labels: {team: "\\"><img src=x onerror=alert(2)>"}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: "<script>alert(3)</script>", namespace: "</style></script><script>alert(1)</script>"}
            spec:
              containers:
              - {name: "'onload='x", image: "<svg/onload=alert(4)>\\u202E\\u0007:latest", securityContext: {privileged: true}}
            """;

    private final String page = html(SmallEstate.assessed());

    @Test
    void isWhatTheGoldenFileSays() {
        Golden.matches(Fixtures.repository().resolve("libs/report/src/test/resources/golden/report.html"), page);
    }

    @Test
    void sameInputGivesSameBytes() {
        assertThat(html(SmallEstate.assessed())).isEqualTo(page);
    }

    /** Nothing is fetched and nothing runs, and a policy in the page forbids both. */
    @Test
    void isOneFileWithoutScripts() {
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("<script", "<link", "<img", "<iframe", "@import", "http://", "https://");
        Matcher addresses =
                Pattern.compile("(?:href|src|url)\\s*[=(]\\s*\"?([^\") >]+)").matcher(page);
        List<String> found = new ArrayList<>();
        while (addresses.find()) {
            found.add(addresses.group(1));
        }
        assertThat(found).isNotEmpty().allMatch(address -> address.startsWith("#"));
    }

    @Test
    void namesOfOthersAreTextOnly() throws Exception {
        String hostile = html(SmallEstate.assessed("<b>c</b>", "<i>.yaml", HOSTILE));
        assertThat(hostile)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "<img", "<svg/", "<b>", "<i>", "'onload", "\u202e", "\u0007");
        Document document = document(hostile);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(all(document, "*")).allSatisfy(each -> {
            for (int i = 0; i < each.getAttributes().getLength(); i++) {
                assertThat(each.getAttributes().item(i).getNodeName()).doesNotStartWith("on");
            }
        });
        assertThat(elementsOf(document(page))).containsAll(elementsOf(document));
    }

    /** Each drawing is told in words, each table has a caption and heads, each id is one, each reference leads somewhere. */
    @Test
    void canBeReadByEar() throws Exception {
        Document document = document(page);
        Set<String> ids = new HashSet<>();
        for (Element each : all(document, "*")) {
            if (each.hasAttribute("id")) {
                assertThat(ids.add(each.getAttribute("id")))
                        .as(each.getAttribute("id"))
                        .isTrue();
            }
        }
        for (Element each : all(document, "*")) {
            if (each.hasAttribute("aria-labelledby")) {
                assertThat(ids)
                        .containsAll(
                                List.of(each.getAttribute("aria-labelledby").split(" ")));
            }
            if (each.getTagName().equals("a")) {
                assertThat(ids).contains(each.getAttribute("href").substring(1));
            }
        }
        for (Element svg : all(document, "svg")) {
            assertThat(svg.getAttribute("aria-hidden").equals("true")
                            || svg.getElementsByTagName("title").getLength() == 1
                                    && svg.getElementsByTagName("desc").getLength() == 1)
                    .isTrue();
        }
        assertThat(all(document, "table")).isNotEmpty().allSatisfy(table -> {
            assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
            assertThat(table.getElementsByTagName("th").getLength()).isGreaterThan(2);
        });
        assertThat(all(document, "h1")).hasSize(1);
        assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    }

    /** The organisation, each team and each cluster are drawn. */
    @Test
    void drawsALadderForEachWideScope() {
        assertThat(page.split("class=\"ladder", -1)).hasSize(1 + 1 + 1 + 2);
        assertThat(page)
                .contains("Ladder of organisation", "Ladder of team/lifting", "Ladder of cluster/yard")
                .contains("Security stage 1 proven, 1 possible. Adoption stage 1 shown, 4 possible.");
    }

    @Test
    void countsWhatItDoesNotShow() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            many.append("---\napiVersion: v1\nkind: Pod\nmetadata: {name: p").append(i);
            many.append(", namespace: n}\nspec: {containers: [{name: main, image: a}]}\n");
        }
        assertThat(html(SmallEstate.assessed("c", "many.yaml", many.toString())))
                .contains("60 findings")
                .contains("... and " + (60 - FindingGroups.ROWS_MAX) + " more")
                .contains("p0", "p1");
    }

    @Test
    void nothingToAssessIsAPageToo() throws Exception {
        String empty = html(SmallEstate.assessed("c", "f.yaml", ""));
        assertThat(document(empty).getElementsByTagName("main").getLength()).isEqualTo(1);
        assertThat(empty).contains("no gate can be answered");
    }

    private static String html(AssessmentResult result) {
        StringWriter out = new StringWriter();
        try {
            HtmlReport.write(result, out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString();
    }

    /** The page is well-formed XML but for its void elements and its document type. */
    private static Document document(String page) throws Exception {
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<(meta|br)([^>]*)>", "<$1$2/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<Element> all(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> elementsOf(Document document) {
        return all(document, "*").stream().map(Element::getTagName).toList();
    }
}
