package io.plimsoll.audit.podsecurity;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.List;

/**
 * A pod specification as places with path and line.
 *
 * @param metadata of the pod or template
 * @param containers init, main, then ephemeral, in the order of the file; only those that are mappings
 */
public record PodFields(PodTemplate template, Field metadata, Field spec, List<ContainerFields> containers) {

    public PodFields {
        containers = List.copyOf(containers);
    }

    public static PodFields of(PodTemplate template) {
        Source object = template.resource().source();
        String specPath = template.path();
        String metadataPath = specPath.substring(0, specPath.length() - "spec".length()) + "metadata";
        Field metadata = new Field(metadataPath, template.metadata(), template.sourceOf(template.metadata()));
        Field spec = new Field(specPath, template.spec(), template.sourceOf(template.spec()));
        List<ContainerFields> containers = template.containers().stream()
                .map(each -> new ContainerFields(
                        each,
                        new Field(
                                each.path(),
                                each.body(),
                                object.atLine(each.body().line()))))
                .toList();
        return new PodFields(template, metadata, spec, containers);
    }

    public Field securityContext() {
        return spec.at("securityContext");
    }

    public List<ContainerFields> mainContainers() {
        return containers.stream()
                .filter(each -> each.container().role() == Container.Role.MAIN)
                .toList();
    }

    /** Runs on Windows, where Linux' capabilities, privilege escalation and seccomp do not exist. */
    public boolean windows() {
        return template.windows();
    }

    boolean freedAsWindows(Version version) {
        return version.atLeast(Version.WINDOWS_FREED) && windows();
    }

    /** Its users are not those of its node: root inside is nobody outside. */
    boolean freedByUserNamespace(Version version) {
        return version.atLeast(Version.USER_NAMESPACES_FREED)
                && spec.at("hostUsers").is(false);
    }

    /**
     * The security setting that holds for a container: its own where written, else the pod's. Where neither is written, the
     * container's place.
     */
    public Field effective(ContainerFields container, String... keys) {
        Field own = container.securityContext().at(keys);
        if (own.written()) {
            return own;
        }
        Field inherited = securityContext().at(keys);
        return inherited.written() ? inherited : own;
    }
}
