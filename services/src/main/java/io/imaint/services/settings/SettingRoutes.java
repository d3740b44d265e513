package io.imaint.services.settings;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.settings.OrganizationSettings.Whose;
import io.imaint.services.settings.SettingValue.Place;
import io.imaint.store.Stored;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of settings. */
final class SettingRoutes implements Routed {
    static final Permission READ = new Permission("settings.read");

    private static final String PATH = "/api/settings";
    private static final String ONE = PATH + "/{key}";
    private static final String VALUE = ONE + "/values/{level}/{subject}";

    private final OrganizationSettings settings;

    SettingRoutes(OrganizationSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists settings with the values that hold for the caller")
                        .permits(READ)
                        .answersListing(Shown.class)
                        .handles(ListSettings.class, this::list),
                Route.get(ONE, "Shows a setting with the value that holds for the caller")
                        .permits(READ)
                        .answers(Shown.class)
                        .handles(OneSetting.class, this::show),
                Route.get(ONE + "/explanation", "Explains which value of a setting holds for somebody somewhere")
                        .permits(READ)
                        .answers(Explanation.class)
                        .handles(Explain.class, this::explain),
                Route.get(VALUE, "Shows the value that is set for a subject of a level")
                        .permits(READ)
                        .answersVersioned(Given.class)
                        .handles(OneValue.class, this::value),
                Route.put(VALUE, "Sets a value: users their own, others with the permission settings.edit")
                        .permits(READ)
                        .answersVersioned(Given.class)
                        .handles(SetValue.class, this::set),
                Route.delete(VALUE, "Takes a value back, so that a wider one holds")
                        .permits(READ)
                        .answersNothing()
                        .handles(UnsetValue.class, this::unset));
    }

    record ListSettings(
            @Description("Only settings of this group, such as rounds") @Nullable
            String group,

            @Description("Only settings that may be set at this level") @Nullable
            Level level,

            @Description("The plant in which the caller works") @Nullable
            PlantCode plant) {}

    record OneSetting(
            @Path String key,

            @Description("The plant in which the caller works") @Nullable
            PlantCode plant) {}

    record Explain(
            @Path String key,

            @Description("The caller when absent; another user needs the permission settings.edit") @Nullable
            String user,

            @Nullable PlantCode plant,

            @Description("A functional location") @Nullable String location,

            @Nullable String unit) {}

    record OneValue(
            @Path String key, @Path Level level, @Path String subject) {}

    record SetValue(
            @Path String key,
            @Path Level level,
            @Path String subject,
            @Body ValueInput input,
            @IfMatch @Nullable Long rev) {}

    /** A value as a client sends it; the type of the setting says what it may be. */
    record ValueInput(JsonNode value) {}

    record UnsetValue(
            @Path String key,
            @Path Level level,
            @Path String subject,
            @IfMatch long rev) {}

    /** A setting with the value that holds, and the level from which it comes. */
    record Shown(
            String key,
            String group,
            String type,
            Map<String, String> title,
            Map<String, String> description,

            @Description("What the value is measured in") @Nullable
            String unit,

            @Nullable JsonNode min,
            @Nullable JsonNode max,
            @Nullable String pattern,
            @Nullable List<Setting.Option> options,
            @Nullable List<String> allowed,
            List<Level> levels,
            JsonNode value,

            @Description("The level of the value, or 'delivered'")
            String level,

            @Description("Whose value it is; empty for the delivered one")
            String subject) {
        static Shown of(Setting setting, Effective effective) {
            return new Shown(
                    setting.id(),
                    setting.group(),
                    setting.type(),
                    setting.title(),
                    setting.description(),
                    setting.unit(),
                    setting.min() == null ? null : KeptJson.json(setting.min()),
                    setting.max() == null ? null : KeptJson.json(setting.max()),
                    setting.pattern(),
                    setting.options(),
                    setting.allowed(),
                    setting.levels(),
                    KeptJson.json(effective.value()),
                    effective.winner().level(),
                    effective.winner().subject());
        }
    }

    /** Which value holds and why; the step that counts most is first. */
    record Explanation(String key, JsonNode value, List<Step> steps) {}

    /** One place where a value may stand. */
    record Step(
            String level,
            String subject,
            @Description("Null where none is set") @Nullable JsonNode value,
            boolean wins) {
        static Step of(Effective.Step step) {
            return new Step(
                    step.level(),
                    step.subject(),
                    step.value() == null ? null : KeptJson.json(step.value()),
                    step.wins());
        }
    }

    /** A value that is set. */
    record Given(String key, Level level, String subject, JsonNode value) {
        static Given of(SettingValue value) {
            return new Given(value.key(), value.level(), value.subject(), KeptJson.json(value.value()));
        }
    }

    private Listing<Shown> list(ListSettings asked) {
        var whose = callerIn(asked.plant);
        var chosen = settings.settings().stream()
                .filter(setting -> asked.group == null || setting.group().equals(asked.group))
                .filter(setting -> asked.level == null || setting.levels().contains(asked.level))
                .toList();
        var effective = settings.of(chosen, whose);
        var shown = new java.util.ArrayList<Shown>();
        for (int i = 0; i < chosen.size(); i++) {
            shown.add(Shown.of(chosen.get(i), effective.get(i)));
        }
        return new Listing<>(shown, null, (long) shown.size());
    }

    private Shown show(OneSetting asked) {
        var setting = settings.setting(asked.key);
        return Shown.of(setting, settings.of(setting, callerIn(asked.plant)));
    }

    private Whose callerIn(@Nullable PlantCode plant) {
        var whose = new Whose(Caller.current().id(), plant, null, null);
        settings.requireSeen(whose);
        return whose;
    }

    private Explanation explain(Explain asked) {
        var caller = Caller.current();
        var user = asked.user == null ? caller.id() : asked.user;
        if (!user.equals(caller.id()) && !caller.may(OrganizationSettings.EDIT)) {
            throw HttpProblem.PERMISSION_MISSING.because(OrganizationSettings.EDIT.name());
        }
        var setting = settings.setting(asked.key);
        var whose = new Whose(user, asked.plant, asked.location, asked.unit);
        settings.requireSeen(whose);
        var effective = settings.of(setting, whose);
        return new Explanation(
                setting.id(),
                KeptJson.json(effective.value()),
                effective.steps().stream().map(Step::of).toList());
    }

    private Versioned<Given> value(OneValue asked) {
        return versioned(settings.value(asked.key, asked.level, asked.subject));
    }

    private Versioned<Given> set(SetValue asked) {
        var value = KeptJson.kept(asked.input.value);
        return versioned(settings.set(asked.key, new Place(asked.level, asked.subject), value, asked.rev));
    }

    private NoContent unset(UnsetValue asked) {
        settings.unset(asked.key, asked.level, asked.subject, asked.rev);
        return NoContent.NO_CONTENT;
    }

    private static Versioned<Given> versioned(Stored<SettingValue> stored) {
        return new Versioned<>(Given.of(stored.value()), stored.rev());
    }
}
