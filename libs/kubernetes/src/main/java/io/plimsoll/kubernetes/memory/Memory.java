package io.plimsoll.kubernetes.memory;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was made of objects before: it is made again only when one of them is another object. Objects are told apart by identity, never by
 * content, which is what makes looking cheap: so whoever hands in a state again hands in the very resources that did not change.
 *
 * <p>With any memory the answers are those without one, as long as what is made depends on nothing but what is named as its origin.
 */
public interface Memory {

    /** Remembers nothing. Any thread. */
    Memory NONE = new Memory() {
        @Override
        public <T> T of(String what, Object key, Supplier<T> make, @Nullable Object... from) {
            return make.get();
        }

        @Override
        public <T> T same(String what, Object key, T value) {
            return value;
        }
    };

    /**
     * What was made of the same objects, else made now.
     *
     * @param what is made, for instance {@code add-ons}
     * @param key for what it is made; one of each key is kept
     * @param make pure
     * @param from everything that {@code make} reads, in any fixed order; an immutable object each, or a truth value
     */
    <T> T of(String what, Object key, Supplier<T> make, @Nullable Object... from);

    /** The equal value of the time before where there is one, so that what is made from it need not be made again. */
    <T> T same(String what, Object key, T value);
}
