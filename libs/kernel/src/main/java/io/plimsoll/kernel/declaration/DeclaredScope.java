package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Subject;

/** For whom a statement is made. */
public sealed interface DeclaredScope {

    /** The id of that scope in reports: {@code organisation}, {@code cluster/NAME}, … */
    String scopeId();

    boolean covers(Subject subject);

    record Organisation() implements DeclaredScope {
        @Override
        public String scopeId() {
            return "organisation";
        }

        @Override
        public boolean covers(Subject subject) {
            return true;
        }
    }

    record Cluster(String cluster) implements DeclaredScope {
        @Override
        public String scopeId() {
            return "cluster/" + cluster;
        }

        @Override
        public boolean covers(Subject subject) {
            return subject.id().cluster().equals(cluster);
        }
    }

    record Namespace(String cluster, String namespace) implements DeclaredScope {
        @Override
        public String scopeId() {
            return "namespace/" + cluster + "/" + namespace;
        }

        @Override
        public boolean covers(Subject subject) {
            return subject.id().cluster().equals(cluster)
                    && subject.id().namespace().equals(namespace);
        }
    }

    record Team(String team) implements DeclaredScope {
        @Override
        public String scopeId() {
            return "team/" + team;
        }

        @Override
        public boolean covers(Subject subject) {
            return subject.team().equals(team);
        }
    }
}
