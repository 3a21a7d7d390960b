package io.plimsoll.scanning.catalogue.java;

import java.util.ArrayList;
import java.util.List;

/**
 * Licences as an archive declares them: in the pom.xml beside its pom.properties, else in its bundle's header. Read as text: nothing in a pom is resolved,
 * followed or expanded, and what a parent's pom says is not there.
 */
final class ArchiveLicences {

    private static final int LICENCES_MAX = 20;
    private static final int TEXT_MAX = 200;

    private ArchiveLicences() {}

    /** POM reference, "Licenses": the name of each, or its address where it has none. */
    static List<String> ofPom(String xml) {
        String section = between(withoutComments(xml), "<licenses>", "</licenses>");
        List<String> licences = new ArrayList<>();
        int from = 0;
        while (licences.size() < LICENCES_MAX) {
            int begin = section.indexOf("<license>", from);
            int end = section.indexOf("</license>", begin + 1);
            if (begin < 0 || end < 0) {
                break;
            }
            String one = section.substring(begin, end);
            String name = text(between(one, "<name>", "</name>"));
            add(licences, name.isEmpty() ? text(between(one, "<url>", "</url>")) : name);
            from = end;
        }
        return licences;
    }

    /** OSGi core, "Bundle-License": licences with commas between, each with attributes behind semicolons. */
    static List<String> ofBundle(String header) {
        List<String> licences = new ArrayList<>();
        for (String one : header.split(",", LICENCES_MAX)) {
            int semicolon = one.indexOf(';');
            add(
                    licences,
                    (semicolon < 0 ? one : one.substring(0, semicolon)).strip().replaceAll("^\"|\"$", ""));
        }
        return licences;
    }

    /** Nothing that a build left unfilled. */
    private static void add(List<String> licences, String licence) {
        boolean said = !licence.isEmpty() && licence.length() <= TEXT_MAX && !licence.contains("${");
        if (said && !licences.contains(licence) && !licence.equals("<<EXTERNAL>>")) {
            licences.add(licence);
        }
    }

    private static String withoutComments(String xml) {
        StringBuilder plain = new StringBuilder(xml.length());
        int from = 0;
        for (int begin = xml.indexOf("<!--"); begin >= 0; begin = xml.indexOf("<!--", from)) {
            plain.append(xml, from, begin);
            int end = xml.indexOf("-->", begin);
            if (end < 0) {
                return plain.toString();
            }
            from = end + 3;
        }
        return plain.append(xml, from, xml.length()).toString();
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        int to = text.indexOf(end, from + begin.length());
        return from < 0 || to < 0 ? "" : text.substring(from + begin.length(), to);
    }

    /** The five entities of XML; white space as one blank. */
    private static String text(String xml) {
        return xml.replaceAll("\\s+", " ")
                .strip()
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
