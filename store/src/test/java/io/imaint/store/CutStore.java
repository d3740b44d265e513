package io.imaint.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store in the hands of a process that dies right after one of its writes. */
final class CutStore implements InvocationHandler {
    /** The process is gone; nothing of it runs any more. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;

        Died() {
            super("the process died", null, false, false);
        }
    }

    /** How many writes a process has left. */
    static final class Life {
        private int writes;

        Life(int writes) {
            this.writes = writes;
        }

        private void write() {
            if (--writes <= 0) {
                throw new Died();
            }
        }
    }

    private static final Set<String> WRITES = Set.of("insert", "replace", "remove");

    private final Object inner;
    private final Life life;

    private CutStore(Object inner, Life life) {
        this.inner = inner;
        this.life = life;
    }

    static Store of(Store store, Life life) {
        return of(Store.class, store, life);
    }

    private static <T> T of(Class<T> type, Object inner, Life life) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new CutStore(inner, life)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("update")) {
            return InvocationHandler.invokeDefault(proxy, method, arguments); // By reading and replacing.
        }
        Object answer;
        try {
            answer = method.invoke(inner, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
        if (WRITES.contains(method.getName())) {
            life.write();
        }
        return switch (answer) {
            case Store store -> of(Store.class, store, life);
            case Documents<?> documents -> of(Documents.class, documents, life);
            case null, default -> answer;
        };
    }
}
