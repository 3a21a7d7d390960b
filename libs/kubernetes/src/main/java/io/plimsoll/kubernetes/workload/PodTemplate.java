package io.plimsoll.kubernetes.workload;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One pod specification as declared or running: a controller's template, or a pod.
 *
 * @param resource the object it stands in
 * @param path of the pod spec in that object, for instance {@code spec.template.spec}
 * @param metadata of the pod or template
 * @param spec the pod spec; {@link Value#MISSING} when the object has none
 */
public record PodTemplate(Resource resource, String path, Value metadata, Value spec) {

    public Map<String, String> labels() {
        return metadata.at("labels").textMap();
    }

    public Map<String, String> annotations() {
        return metadata.at("annotations").textMap();
    }

    /** All containers: init, main, then ephemeral, each in the order of the file. Items that are no mapping are left out. */
    public List<Container> containers() {
        List<Container> all = new ArrayList<>();
        collect(all, "initContainers", Container.Role.INIT);
        collect(all, "containers", Container.Role.MAIN);
        collect(all, "ephemeralContainers", Container.Role.EPHEMERAL);
        return all;
    }

    public List<Container> mainContainers() {
        List<Container> all = new ArrayList<>();
        collect(all, "containers", Container.Role.MAIN);
        return all;
    }

    private void collect(List<Container> all, String key, Container.Role role) {
        List<Value> items = spec.items(key);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Value.Obj body) {
                all.add(new Container(role, path + "." + key + "[" + i + "]", body));
            }
        }
    }

    public boolean hostNetwork() {
        return spec.isTrue("hostNetwork");
    }

    /** {@code linux} unless {@code spec.os.name} says otherwise. */
    public boolean windows() {
        return "windows".equals(spec.at("os", "name").text().orElse(""));
    }

    public String serviceAccount() {
        String name = spec.text("serviceAccountName");
        if (name.isEmpty()) {
            name = spec.text("serviceAccount");
        }
        return name.isEmpty() ? "default" : name;
    }

    /** Addresses of a running pod from status; empty for templates. */
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (Value ip : resource.body().items("status", "podIPs")) {
            ip.at("ip").text().ifPresent(addresses::add);
        }
        if (addresses.isEmpty()) {
            resource.body().at("status", "podIP").text().ifPresent(addresses::add);
        }
        return addresses;
    }

    public Source sourceOf(Value field) {
        return resource.at(field);
    }
}
