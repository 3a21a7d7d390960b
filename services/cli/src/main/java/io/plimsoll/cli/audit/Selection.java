package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.ControlCatalogue;
import io.plimsoll.audit.control.PolicyControl;
import io.plimsoll.audit.framework.Framework;
import io.plimsoll.cli.UsageProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which controls and policies are asked.
 *
 * @param controls in the order of the catalogue
 */
record Selection(List<CatalogueControl> controls, List<PolicyControl> policies) {

    /**
     * All where nothing is named; with policies alone, those policies alone.
     *
     * @throws UsageProblem for an id or framework that is not known
     */
    static Selection of(List<String> ids, @Nullable String framework, List<Path> policies, List<Path> folders) {
        ControlFolders own = new ControlFolders();
        folders.forEach(own::read);
        policies.forEach(own::readPolicy);
        boolean policiesAlone = !policies.isEmpty() && ids.isEmpty() && framework == null;
        if (policiesAlone) {
            return new Selection(List.of(), own.policies());
        }
        ControlCatalogue catalogue = ControlCatalogue.builtin().with(own.controls());
        List<PolicyControl> chosen = own.policies();
        List<CatalogueControl> controls = catalogue.controls();
        if (!ids.isEmpty()) {
            controls = named(ids, catalogue, own.policies());
            chosen = own.policies().stream()
                    .filter(each -> ids.contains(each.control().id()))
                    .toList();
        }
        if (framework != null) {
            String id = framework(framework).id();
            controls = controls.stream()
                    .filter(each -> each.mappings().containsKey(id))
                    .toList();
        }
        return new Selection(controls, chosen);
    }

    /**
     * By its id, or by the beginning of one alone.
     *
     * @throws UsageProblem naming those that are known
     */
    static Framework framework(String word) {
        String asked = word.equals("pss") ? "pod-security-standards" : word;
        List<Framework> found = Framework.builtin().stream()
                .filter(each -> each.id().equals(asked))
                .toList();
        if (found.isEmpty()) {
            found = Framework.builtin().stream()
                    .filter(each -> each.id().startsWith(asked))
                    .toList();
        }
        if (found.size() != 1) {
            throw new UsageProblem("no framework " + word + "; known are "
                    + Framework.builtin().stream().map(Framework::id).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }

    private static List<CatalogueControl> named(
            List<String> ids, ControlCatalogue catalogue, List<PolicyControl> policies) {
        Set<CatalogueControl> named = new LinkedHashSet<>();
        for (String id : ids) {
            List<CatalogueControl> found = catalogue.controls().stream()
                    .filter(each -> each.id().equals(id) || each.gateControls().contains(id))
                    .toList();
            boolean policy =
                    policies.stream().anyMatch(each -> each.control().id().equals(id));
            if (found.isEmpty() && !policy) {
                throw new UsageProblem("no control " + id + "; docs/reference/controls lists them");
            }
            named.addAll(found);
        }
        return List.copyOf(named);
    }

    /** All that findings may be of, policies last. */
    List<CatalogueControl> all() {
        List<CatalogueControl> all = new ArrayList<>(controls);
        policies.forEach(each -> all.add(each.control()));
        return all;
    }
}
