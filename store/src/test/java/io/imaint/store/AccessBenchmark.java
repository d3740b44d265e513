package io.imaint.store;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.replica.Replicas;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * What it costs to check one request: that the caller holds the permission of the route, and the condition that confines a
 * list to the caller's plants. The caller holds 60 permissions and sees 5 plants.
 *
 * <p>Arguments: checks in a round (default 2,000,000), rounds (default 9).
 */
final class AccessBenchmark {
    private static final PrintStream OUT = System.out;
    private static final Permission ASKED = new Permission("work-orders.read");

    private AccessBenchmark() {}

    public static void main(String[] arguments) {
        int checks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        run(checks, rounds);
    }

    static void run(int checks, int rounds) {
        var permissions = new HashSet<Permission>();
        for (int i = 0; i < 59; i++) {
            permissions.add(new Permission("area-" + i + ".read"));
        }
        permissions.add(ASKED);
        var plants = PlantScope.of("1000", "2000", "3000", "4000", "5000");
        var caller = new Caller("planner", permissions, plants);
        var where = Condition.equal("lifecycleStatus", "REL");
        var nanoseconds = new double[rounds + 1];
        long parts = 0;
        for (int round = 0; round <= rounds; round++) { // The first one warms up.
            long start = System.nanoTime();
            for (int i = 0; i < checks; i++) {
                parts += check(caller, where);
            }
            nanoseconds[round] = (double) (System.nanoTime() - start) / checks;
        }
        if (parts != 2L * checks * (rounds + 1)) {
            throw new AssertionError("some checks did not confine");
        }
        var sorted = Arrays.copyOfRange(nanoseconds, 1, rounds + 1);
        Arrays.sort(sorted);
        OUT.printf(
                "permission and scope check: median %.0f ns (%.0f to %.0f)%n",
                sorted[rounds / 2], sorted[0], sorted[rounds - 1]);
    }

    private static int check(Caller caller, Condition where) {
        if (!caller.may(ASKED)) {
            return 0;
        }
        var within = Access.SYSTEM.as(caller).within(Replicas.WORK_ORDERS, where);
        return within instanceof Condition.And(List<Condition> all) ? all.size() : 0;
    }
}
