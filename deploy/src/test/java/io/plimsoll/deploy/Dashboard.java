package io.plimsoll.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small build step: a page of {@code deploy/grafana/source} as Grafana reads it. The same page gives the same bytes. */
final class Dashboard {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int WIDTH = 24;
    /** Of the schema that Grafana 11 and 12 write. */
    private static final int SCHEMA = 41;

    private final Map<String, Object> source;
    private int x;
    private int y;
    private int row;

    private Dashboard(Map<String, Object> source) {
        this.source = source;
    }

    static String json(Map<String, Object> source) {
        try {
            return JSON.writeValueAsString(new Dashboard(source).model()) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("uid", Tree.text(source, "uid"));
        model.put("title", Tree.text(source, "title"));
        model.put("description", Tree.text(source, "about"));
        model.put("tags", List.of("plimsoll"));
        model.put("schemaVersion", SCHEMA);
        model.put("editable", false);
        model.put("graphTooltip", 1);
        model.put("time", ordered("from", "now-24h", "to", "now"));
        model.put("refresh", "1m");
        model.put("templating", Map.of("list", variables()));
        model.put(
                "links",
                List.of(ordered(
                        "type", "dashboards", "tags", List.of("plimsoll"), "title", "Plimsoll", "asDropdown", true)));
        List<Object> panels = new ArrayList<>();
        for (Object panel : Tree.list(source, "panels")) {
            panels.add(panel(panels.size() + 1, panel));
        }
        model.put("panels", panels);
        return model;
    }

    private List<Object> variables() {
        List<Object> variables = new ArrayList<>();
        variables.add(
                ordered("name", "datasource", "label", "Data source", "type", "datasource", "query", "prometheus"));
        if (Tree.list(source, "variables").contains("scope")) {
            variables.add(ordered(
                    "name",
                    "scope",
                    "label",
                    "Scope",
                    "type",
                    "query",
                    "datasource",
                    datasource(),
                    "query",
                    ordered("query", "label_values(plimsoll_stage, scope)", "refId", "scope"),
                    "refresh",
                    2,
                    "sort",
                    1,
                    "current",
                    ordered("text", "organisation", "value", "organisation")));
        }
        return variables;
    }

    private Map<String, Object> panel(int id, Object panel) {
        String kind = Tree.text(panel, "kind");
        int width = (Integer) Tree.list(panel, "size").get(0);
        int height = (Integer) Tree.list(panel, "size").get(1);
        if (x + width > WIDTH) {
            x = 0;
            y += row;
            row = 0;
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", id);
        model.put("type", kind);
        model.put("title", Tree.text(panel, "title"));
        if (Tree.at(panel, "about") != null) {
            model.put("description", Tree.text(panel, "about"));
        }
        model.put("datasource", datasource());
        model.put("gridPos", ordered("x", x, "y", y, "w", width, "h", height));
        x += width;
        row = Math.max(row, height);
        model.put("fieldConfig", ordered("defaults", defaults(panel), "overrides", List.of()));
        model.put("options", options(kind));
        List<Object> targets = new ArrayList<>();
        for (Object query : Tree.list(panel, "queries")) {
            boolean now = !kind.equals("timeseries");
            targets.add(ordered(
                    "refId",
                    String.valueOf((char) ('A' + targets.size())),
                    "datasource",
                    datasource(),
                    "expr",
                    Tree.text(query, "expr"),
                    "legendFormat",
                    Tree.text(query, "legend"),
                    "instant",
                    now,
                    "range",
                    !now,
                    "format",
                    kind.equals("table") ? "table" : "time_series"));
        }
        model.put("targets", targets);
        return model;
    }

    private static Map<String, Object> defaults(Object panel) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("unit", Tree.at(panel, "unit") == null ? "none" : Tree.text(panel, "unit"));
        List<?> bounds = Tree.list(panel, "bounds");
        if (!bounds.isEmpty()) {
            defaults.put("min", bounds.get(0));
            defaults.put("max", bounds.get(1));
        }
        List<Object> steps = new ArrayList<>();
        for (Object step : Tree.list(panel, "colours")) {
            if (step instanceof List<?> pair) {
                Map<String, @Nullable Object> each = new LinkedHashMap<>();
                each.put("color", pair.get(1));
                each.put("value", pair.get(0));
                steps.add(each);
            }
        }
        if (!steps.isEmpty()) {
            defaults.put("color", Map.of("mode", "thresholds"));
            defaults.put("thresholds", ordered("mode", "absolute", "steps", steps));
        }
        return defaults;
    }

    private static Map<String, Object> options(String kind) {
        Map<String, Object> last = ordered("calcs", List.of("lastNotNull"), "values", false);
        return switch (kind) {
            case "timeseries" ->
                ordered(
                        "legend",
                        ordered("displayMode", "list", "placement", "bottom", "showLegend", true),
                        "tooltip",
                        ordered("mode", "multi", "sort", "desc"));
            case "bargauge" -> ordered("orientation", "horizontal", "displayMode", "basic", "reduceOptions", last);
            case "stat", "gauge" -> ordered("reduceOptions", last);
            case "table" -> ordered("showHeader", true);
            default -> throw new IllegalArgumentException("no such kind of panel: " + kind);
        };
    }

    private static Map<String, Object> datasource() {
        return ordered("type", "prometheus", "uid", "${datasource}");
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = 0; n < keysAndValues.length; n += 2) {
            map.put(String.valueOf(keysAndValues[n]), keysAndValues[n + 1]);
        }
        return map;
    }
}
