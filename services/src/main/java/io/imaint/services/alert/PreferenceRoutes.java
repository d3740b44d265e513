package io.imaint.services.alert;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the caller wants to be informed. */
final class PreferenceRoutes implements Routed {
    private static final Permission READ = new Permission("alerts.read");
    private static final String PATH = "/api/alert-preferences";

    private final Store store;

    PreferenceRoutes(Store store) {
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Shows how the caller wants to be informed")
                        .permits(READ)
                        .answersVersioned(AlertPreferences.class)
                        .handles(this::show),
                Route.put(PATH, "Sets how the caller wants to be informed")
                        .permits(READ)
                        .answersVersioned(AlertPreferences.class)
                        .handles(SetPreferences.class, this::set));
    }

    /** @param rev may be missing while nothing is stored */
    record SetPreferences(
            @Body Wishes preferences, @IfMatch @Nullable Long rev) {}

    /** {@link AlertPreferences} as the user writes them. */
    record Wishes(
            @Default("en")
            @Pattern(regexp = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", description = "a language tag such as de")
            String language,

            @Description("The time zone of the quiet hours, such as Europe/Berlin") @Nullable
            String zone,

            @Description("Channels beside the inbox; webhook is none of a user's") @Size(max = 3)
            List<Channel> channels,

            @Nullable QuietHours quietHours,

            @Description("Where e-mail goes instead of the address in the directory")
            @Length(max = 254)
            @Pattern(regexp = "[^@\\s<>,;]+@[^@\\s<>,;]+", description = "an e-mail address")
            @Nullable
            String email) {
        Wishes {
            try {
                if (zone != null) {
                    var unused = ZoneId.of(zone);
                }
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("names a time zone that does not exist");
            }
        }

        AlertPreferences of(String user) {
            return new AlertPreferences(user, language, zone, channels, quietHours, email);
        }
    }

    private Documents<AlertPreferences> preferences() {
        return store.as(Caller.current()).documents(AlertCollections.PREFERENCES);
    }

    private Versioned<AlertPreferences> show() {
        return standing(Caller.current().id());
    }

    /** What holds for a user; in revision 0 while nothing is stored. */
    private Versioned<AlertPreferences> standing(String user) {
        return preferences()
                .find(user)
                .map(PreferenceRoutes::versioned)
                .orElseGet(() -> new Versioned<>(AlertPreferences.standard(user), 0));
    }

    private Versioned<AlertPreferences> set(SetPreferences asked) {
        var wanted = asked.preferences.of(Caller.current().id());
        var written = asked.rev == null || asked.rev == 0
                ? preferences().insert(wanted)
                : preferences().replace(wanted, asked.rev);
        if (written instanceof Written.Done<AlertPreferences> done) {
            return versioned(done.stored());
        }
        var refusal = asked.rev == null ? HttpProblem.PRECONDITION_REQUIRED : HttpProblem.PRECONDITION_FAILED;
        throw refusal.because("the preferences were set before").showing(standing(wanted.user()));
    }

    private static Versioned<AlertPreferences> versioned(Stored<AlertPreferences> stored) {
        return new Versioned<>(stored.value(), stored.rev());
    }
}
