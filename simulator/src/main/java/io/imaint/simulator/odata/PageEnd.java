package io.imaint.simulator.odata;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What stands behind the rows of a page.
 *
 * @param tracked the delta token in which the last page ends, where changes are tracked
 * @param issue is told the token when it is handed out
 */
record PageEnd(PageLinks links, Optional<DeltaToken> tracked, Consumer<DeltaToken> issue) {
    /**
     * Writes the way on.
     *
     * @param next where the page ended, empty when it is the last
     */
    void write(Optional<SkipToken> next, Utf8Writer out) throws IOException {
        if (next.isPresent()) {
            link("__next", links.next(next.get()), out);
        } else if (tracked.isPresent()) {
            issue.accept(tracked.get());
            switch (links.quirks().deltaToken()) {
                case ON_DELTA -> link("__delta", links.changes(tracked.get()), out);
                case ON_NEXT -> link("__next", links.changes(tracked.get()), out);
                case NOWHERE -> {}
            }
        }
    }

    private static void link(String name, String address, Utf8Writer out) throws IOException {
        out.ascii(",\"" + name + "\":\"");
        out.text(address);
        out.raw('"');
    }
}
