package io.imaint.services.seed;

import java.util.Optional;

/** How a value of a document is merged, as its schema says. */
interface Shape {
    /** Objects by field; lists as a whole. */
    Shape PLAIN = new Shape() {
        @Override
        public Shape field(String name) {
            return this;
        }

        @Override
        public Shape item() {
            return this;
        }

        @Override
        public Optional<String> itemKey() {
            return Optional.empty();
        }

        @Override
        public boolean isSet() {
            return false;
        }
    };

    /** The shape of an object's field. */
    Shape field(String name);

    /** The shape of a list's items. */
    Shape item();

    /** The field that identifies an item of this list ({@code x-key}); empty when the list is no such list. */
    Optional<String> itemKey();

    /** Whether this list is a set of values ({@code x-set}). */
    boolean isSet();
}
