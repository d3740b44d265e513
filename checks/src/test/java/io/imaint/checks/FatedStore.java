package io.imaint.checks;

import io.imaint.store.Documents;
import io.imaint.store.Leases;
import io.imaint.store.Store;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store as one process sees it: at its n-th call something befalls the process. The store behind it lives on, and so do
 * the other processes.
 */
final class FatedStore {
    /** What happens to a process at one of its calls. */
    interface Fate {
        /**
         * Before a call.
         *
         * @param number of the call, from 1
         */
        void before(int number);

        /** After the call has taken effect, and before its caller learns of it. */
        void after(int number);

        Fate NONE = new Fate() {
            @Override
            public void before(int number) {}

            @Override
            public void after(int number) {}
        };
    }

    /** The process is gone; nobody is there to catch this. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died(int call) {
            super("died at call " + call, null, false, false);
        }
    }

    private final Fate fate;
    private final AtomicInteger calls = new AtomicInteger();

    private FatedStore(Fate fate) {
        this.fate = fate;
    }

    /** The store for a process with this fate. */
    static Store of(Store store, Fate fate) {
        return new FatedStore(fate).wrapped(Store.class, store);
    }

    private <T> T wrapped(Class<T> type, T real) {
        InvocationHandler handler = (proxy, method, arguments) -> call(type, real, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object call(Class<?> type, Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close") || method.getDeclaringClass() == Object.class) {
            return method.getName().equals("close") ? null : method.invoke(real, arguments);
        }
        if (type == Store.class && method.getReturnType() == Documents.class) {
            return wrapped(Documents.class, (Documents<?>) made(real, method, arguments));
        }
        if (type == Store.class && method.getReturnType() == Leases.class) {
            return wrapped(Leases.class, (Leases) made(real, method, arguments));
        }
        int number = calls.incrementAndGet();
        fate.before(number);
        var result = invoke(real, method, arguments);
        fate.after(number);
        return result;
    }

    private static Object made(Object real, Method method, Object[] arguments) throws Throwable {
        return Objects.requireNonNull(invoke(real, method, arguments));
    }

    private static @Nullable Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** Dies at a call, just before it or just after it; nothing gets through from then on. */
    static Fate death(int lastCall, boolean doneThen) {
        return new Fate() {
            @Override
            public void before(int number) {
                if (number > lastCall || (number == lastCall && !doneThen)) {
                    throw new Died(number);
                }
            }

            @Override
            public void after(int number) {
                if (number >= lastCall) {
                    throw new Died(number);
                }
            }
        };
    }

    /** Stands still at a call while something else happens, as a process that the machine has put aside, and goes on. */
    static Fate sleep(int call, Runnable meanwhile) {
        return new Fate() {
            @Override
            public void before(int number) {
                if (number == call) {
                    meanwhile.run();
                }
            }

            @Override
            public void after(int number) {}
        };
    }
}
