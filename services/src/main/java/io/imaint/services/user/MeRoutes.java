package io.imaint.services.user;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.MergePatch;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory.Person;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Stored;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers see and change of themselves. */
final class MeRoutes implements Routed {
    private static final String PATH = "/api/me";
    private static final String OWN = "everybody may know who they are";
    private static final String FALLBACK = "en";

    private final Users users;
    private final Administration administration;
    private final PermissionCatalogue catalogue;

    MeRoutes(Users users, Administration administration, PermissionCatalogue catalogue) {
        this.users = users;
        this.administration = administration;
        this.catalogue = catalogue;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Shows the caller")
                        .signedIn(OWN)
                        .answers(Me.class)
                        .handles(this::show),
                Route.patch(PATH, "Changes the caller's language, time zone and shown plants")
                        .signedIn("these settings change nothing for anybody else")
                        .answers(Me.class)
                        .handles(PatchMe.class, this::patch));
    }

    /** The caller and what they may do now. */
    record Me(
            String id,
            String displayName,
            @Nullable String email,
            List<String> roles,
            List<String> permissions,

            @Description("Whether the caller sees every plant; plants is empty then")
            boolean allPlants,

            List<PlantCode> plants,

            @Description("The plants that the caller wants to see, of those they may; empty is all")
            List<PlantCode> shownPlants,

            List<String> workCenters,
            @Nullable String personnelNumber,
            String language,

            @Description("Null takes that of the plant") @Nullable
            String timeZone,

            @Description("The page that opens after sign-in, by the first role that names one") @Nullable
            String startPage) {}

    record PatchMe(@Body MergePatch<Preferences> changes) {}

    /** What users change of themselves. */
    record Preferences(
            @Pattern(regexp = Names.LANGUAGE, description = "a language tag such as de") @Nullable
            String language,

            @Description("An IANA time zone; without it that of the plant holds") @Length(max = 60) @Nullable
            String timeZone,

            @Size(max = User.LIST_MAX) List<PlantCode> shownPlants) {
        Preferences {
            Names.requireZone(timeZone);
            Names.requireDistinct("shownPlants", shownPlants);
        }
    }

    private Me show() {
        var caller = Caller.current();
        return users.find(caller.id())
                .map(Stored::value)
                .map(user -> me(caller, user))
                .orElseGet(() -> me(caller, User.invited(caller.id(), known(caller))));
    }

    private String known(Caller caller) {
        return users.person(caller.id()).map(Person::displayName).orElse(caller.displayName());
    }

    /** The holder of the administrator's token has no roles, only every right; the directory knows what that amounts to. */
    private Stream<String> roles(Caller caller) {
        var roles = caller.roles().isEmpty()
                ? users.person(caller.id()).map(Person::roles).orElse(Set.of())
                : caller.roles();
        return roles.stream().sorted();
    }

    private @Nullable String startPage(List<String> roles) {
        return users.roles().stream()
                .filter(role -> roles.contains(role.id()))
                .map(Role::startPage)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Me me(Caller caller, User user) {
        var roles = roles(caller).toList();
        return new Me(
                user.id(),
                user.displayName(),
                user.email(),
                roles,
                catalogue.all().keySet().stream()
                        .filter(permission -> caller.may(new Permission(permission)))
                        .toList(),
                caller.plants().all(),
                caller.plants().plants().stream().sorted().toList(),
                user.shownPlants(),
                user.workCenters(),
                user.personnelNumber(),
                user.language() == null ? FALLBACK : user.language(),
                user.timeZone(),
                startPage(roles));
    }

    private Me patch(PatchMe asked) {
        var caller = Caller.current();
        var changed = administration.change(caller.id(), user -> {
            var wanted = asked.changes.apply(new Preferences(user.language(), user.timeZone(), user.shownPlants()));
            requireSeen(caller, wanted.shownPlants);
            return user.preferring(wanted.language, wanted.timeZone, wanted.shownPlants);
        });
        return me(caller, changed.value());
    }

    private static void requireSeen(Caller caller, List<PlantCode> shown) {
        var findings = IntStream.range(0, shown.size())
                .filter(i -> !caller.plants().includes(shown.get(i)))
                .mapToObj(i -> new Finding(
                        "/shownPlants/" + i, "is '%s', which is no plant that you see".formatted(shown.get(i))))
                .toList();
        if (!findings.isEmpty()) {
            throw UserProblem.USER_DATA_INVALID.because(findings);
        }
    }
}
