package io.imaint.integration.source;

import io.imaint.integration.state.InboundProblem;
import org.jspecify.annotations.Nullable;

/**
 * A guard against pages that lead in a circle, however long, in constant memory.
 *
 * <p>One link is remembered while the walk goes on; when twice as many steps have been taken as before, the newest link
 * is remembered instead. Once the walk is in a circle and the steps outgrow the circle's length, it must come by the
 * remembered link again (Brent's method). A walk without a circle never does.
 */
public final class NextLinks {
    private @Nullable String remembered;
    private long steps;
    private long stepsMax = 1;

    /** Notes the link to the page to read next, which must not have been read before. */
    public void follow(String link) {
        if (link.equals(remembered)) {
            throw InboundProblem.INBOUND_PAGES_REPEAT.because("__next leads back to " + link);
        }
        steps++;
        if (remembered == null || steps >= stepsMax) {
            remembered = link;
            stepsMax *= 2;
            steps = 0;
        }
    }
}
