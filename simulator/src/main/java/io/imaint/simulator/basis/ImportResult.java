package io.imaint.simulator.basis;

import java.util.List;

/**
 * How an import ended.
 *
 * @param returnCode 0 done, 4 done with warnings, 8 not done, 12 not even begun
 * @param log what the log file says
 * @param logFile its name in trans/log
 */
public record ImportResult(String request, int returnCode, List<String> log, String logFile) {
    /** True when the request's objects are in the system. */
    public boolean done() {
        return returnCode < 8;
    }
}
