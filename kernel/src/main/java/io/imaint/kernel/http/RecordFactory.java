package io.imaint.kernel.http;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes records of a type out of their components' values. */
record RecordFactory<T>(Constructor<T> constructor) {
    static <T> RecordFactory<T> of(Class<T> type) {
        try {
            var types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // The record may be hidden in its service's package.
            return new RecordFactory<>(constructor);
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The record; null, with the reason told, when its own check refuses the values. */
    @Nullable
    T of(List<@Nullable Object> values, Consumer<String> refusal) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException wrong) {
                refusal.accept(String.valueOf(wrong.getMessage()));
                return null;
            }
            if (refused.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }
}
