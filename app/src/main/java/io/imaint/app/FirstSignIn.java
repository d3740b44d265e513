package io.imaint.app;

import io.imaint.kernel.settings.Settings;
import io.imaint.services.auth.AuthService;
import io.imaint.services.auth.AuthSettings;
import io.imaint.services.auth.FirstRun;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the first administrator comes in, as {@code imaint up} shows it while there is none. */
record FirstSignIn(URI entrance, FirstRun.Code code) {
    private static final String COMMAND = "./imaint users create NAME --role administrator --all-plants";

    /** Opens the way; empty when there is an administrator. */
    static Optional<FirstSignIn> prepared(RunningSystem system, Settings settings) {
        var entrance = AuthSettings.read(settings).publicUrl().orElse(system.address());
        return system.services().the(AuthService.MODULE).firstRun().open().map(code -> new FirstSignIn(entrance, code));
    }

    /** The code is behind the #, which no browser sends, so it gets into no log of a server or a proxy. */
    private String link() {
        return entrance.toString().replaceAll("/+$", "") + "/first-run#" + code.code();
    }

    List<String> lines() {
        return List.of(
                "Nobody can sign in yet. Create the first administrator on a terminal of this machine:",
                "  " + COMMAND,
                "or in a browser until %s UTC, with this link, which works once:"
                        .formatted(code.endsAt()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                                .replace('T', ' ')
                                .replace("Z", "")),
                "  " + link());
    }

    Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("command", COMMAND);
        facts.put("link", link());
        facts.put("validUntil", code.endsAt().truncatedTo(ChronoUnit.SECONDS).toString());
        return facts;
    }

    @Override
    public String toString() {
        return "FirstSignIn[%s]".formatted(entrance);
    }
}
