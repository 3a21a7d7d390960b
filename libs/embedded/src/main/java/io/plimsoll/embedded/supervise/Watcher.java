package io.plimsoll.embedded.supervise;

/** Told what happens, on the supervisor's thread or one beside it; must return at once and throw nothing. */
public interface Watcher {

    /** Hears nothing. */
    Watcher SILENT = new Watcher() {
        @Override
        public void changed(Part part, PartState state) {}

        @Override
        public void told(Part part, String line) {}
    };

    void changed(Part part, PartState state);

    /** A line for people about something that takes long. */
    void told(Part part, String line);
}
