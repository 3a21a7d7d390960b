package io.plimsoll.segmentation.mesh;

import java.util.List;

/**
 * A name of a ServiceEntry: something outside that the mesh's registry knows.
 *
 * @param exportTo namespaces that may import it; everybody's when empty
 */
record OutsideName(String namespace, String name, List<String> exportTo) {

    OutsideName {
        exportTo = List.copyOf(exportTo);
    }

    boolean isExportedTo(String podNamespace) {
        return exportTo.isEmpty()
                || exportTo.contains("*")
                || exportTo.contains(podNamespace)
                || exportTo.contains(".") && namespace.equals(podNamespace);
    }
}
