package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.version.Nevra;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSAF document's product tree, flattened: what an id in a status means. */
final class CsafProducts {

    /**
     * A component on a platform.
     *
     * @param version {@code epoch:version-release}; empty when every version is meant
     * @param module {@code ruby:2.5}; empty for none
     */
    record Component(Ecosystem platform, String name, String version, String module) {}

    /** {@code cpe:/a:redhat:enterprise_linux:9::appstream}: product and version. */
    private static final Pattern PLATFORM = Pattern.compile("cpe:/[aoh]:redhat:([^:]+):?([^:]*).*");

    private static final Pattern MODULE = Pattern.compile("([A-Za-z0-9_+.-]+:[A-Za-z0-9_.-]+)/(.+)");
    private static final Pattern MODULE_TAIL = Pattern.compile("(?:::|\\.rpm-)([A-Za-z0-9_+.-]+:[A-Za-z0-9_.-]+)$");
    private static final int BRANCHES_DEPTH_MAX = 30;

    private final Map<String, String> purls = new HashMap<>();
    private final Map<String, String> cpes = new HashMap<>();
    private final Map<String, String[]> relations = new HashMap<>();
    private final int productsMax;

    private CsafProducts(int productsMax) {
        this.productsMax = productsMax;
    }

    static CsafProducts read(Node tree, int productsMax) {
        CsafProducts products = new CsafProducts(productsMax);
        products.branch(tree, 0);
        tree.get("full_product_names").items().forEach(products::product);
        for (Node relation : tree.get("relationships").items()) {
            products.relations.put(
                    relation.get("full_product_name").text("product_id"),
                    new String[] {relation.text("product_reference"), relation.text("relates_to_product_reference")});
        }
        return products;
    }

    private void branch(Node node, int depth) {
        if (depth > BRANCHES_DEPTH_MAX) {
            throw new IllegalArgumentException("a product tree deeper than " + BRANCHES_DEPTH_MAX);
        }
        if (node.get("product").isMembers()) {
            product(node.get("product"));
        }
        for (Node branch : node.get("branches").items()) {
            branch(branch, depth + 1);
        }
    }

    private void product(Node product) {
        Node identification = product.get("product_identification_helper");
        String id = product.text("product_id");
        if (!identification.text("purl").isEmpty()) {
            purls.put(id, identification.text("purl"));
        }
        if (!identification.text("cpe").isEmpty()) {
            cpes.put(id, identification.text("cpe"));
        }
        if (purls.size() + cpes.size() > productsMax) {
            throw new IllegalArgumentException("more than " + productsMax + " products");
        }
    }

    /** Empty for a product that is no component of a platform of ours: whole products, container images. */
    Optional<Component> component(String id) {
        String[] relation = relations.get(id);
        if (relation == null) {
            return Optional.empty();
        }
        Matcher platform = PLATFORM.matcher(cpes.getOrDefault(relation[1], ""));
        if (!platform.matches()) {
            return Optional.empty();
        }
        String release = platform.group(2).isEmpty() ? platform.group(1) : platform.group(1) + ":" + platform.group(2);
        return component(new Ecosystem("Red Hat", release), relation[0]);
    }

    private Optional<Component> component(Ecosystem platform, String reference) {
        Matcher moduleTail = MODULE_TAIL.matcher(reference);
        String module = moduleTail.find() ? moduleTail.group(1) : "";
        String plain = module.isEmpty() ? reference : reference.substring(0, moduleTail.start());
        Optional<Purl> purl = Purl.parse(purls.getOrDefault(reference, ""));
        if (purl.isPresent() && purl.get().type().equals("rpm")) {
            String stream = purl.get().qualifier("rpmmod");
            String epoch = purl.get().qualifier("epoch");
            String version = purl.get().version();
            String evr = epoch.isEmpty() || epoch.equals("0") || version.isEmpty() ? version : epoch + ":" + version;
            return Optional.of(
                    new Component(platform, purl.get().name(), evr, stream.isEmpty() ? module : nameAndStream(stream)));
        }
        if (purl.isPresent()) {
            return Optional.empty();
        }
        Optional<Nevra> build = Nevra.parse(plain);
        if (build.isPresent()
                && !build.get().architecture().isEmpty()
                && !build.get().name().isEmpty()) {
            return Optional.of(
                    new Component(platform, build.get().name(), build.get().evr(), module));
        }
        Matcher modular = MODULE.matcher(plain);
        if (modular.matches()) {
            return Optional.of(new Component(platform, modular.group(2), "", modular.group(1)));
        }
        return plain.isBlank() || plain.indexOf('/') >= 0
                ? Optional.empty()
                : Optional.of(new Component(platform, plain, "", module));
    }

    /** {@code ruby:2.5:8090020230627084142:b46abd14} without build and context. */
    private static String nameAndStream(String module) {
        String[] parts = module.split(":");
        return parts.length < 2 ? module : parts[0] + ":" + parts[1];
    }
}
