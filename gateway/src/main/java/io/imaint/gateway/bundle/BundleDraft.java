package io.imaint.gateway.bundle;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlInvalid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes and changes proxies in SAP's layout. A change touches only what it must in the text of a file, so that the difference of
 * two revisions shows what somebody did. Every method but {@link #bundle} refuses with {@link BundleInvalid} and then has changed
 * nothing.
 */
public final class BundleDraft {
    private final String name;
    private SortedMap<String, byte[]> files;

    private BundleDraft(String name, SortedMap<String, byte[]> files) {
        this.name = name;
        this.files = files;
    }

    /** A proxy to change. */
    public static BundleDraft of(Bundle bundle) throws BundleInvalid {
        if (!Layout.of(bundle).equals(Optional.of(Layout.SAP))) {
            throw new BundleInvalid("only proxies in SAP's layout (APIProxy) can be changed here");
        }
        return new BundleDraft(bundle.name(), new TreeMap<>(bundle.files()));
    }

    /** A new proxy with one endpoint, named {@code default}. */
    public static BundleDraft create(NewProxy made) throws BundleInvalid {
        checkName(made.name());
        checkPath(made.basePath());
        var draft = new BundleDraft(made.name(), new TreeMap<>());
        draft.put("APIProxy/%s.xml".formatted(made.name()), ProxyTexts.whole(made));
        draft.put(Layout.SAP.proxies() + "default.xml", ProxyTexts.proxyEndpoint(made));
        if (made.target().isPresent()) {
            draft.put(
                    Layout.SAP.targets() + "default.xml",
                    ProxyTexts.targetEndpoint(made.target().get()));
        }
        draft.put(policyPath(ProxyTexts.FAULT_POLICY), ProxyTexts.faultPolicy());
        return draft;
    }

    /** What has become of it. */
    public Bundle bundle() {
        return new Bundle(name, files);
    }

    /** Something that changes a draft. */
    private interface Change {
        void apply() throws BundleInvalid;
    }

    /** All or nothing. */
    private BundleDraft change(Change change) throws BundleInvalid {
        var before = new TreeMap<>(files);
        try {
            change.apply();
            return this;
        } catch (BundleInvalid refused) {
            files = before;
            throw refused;
        }
    }

    /** Adds or replaces a policy; its text is kept as it is. */
    public BundleDraft policy(String policy, String xml) throws BundleInvalid {
        return policy(policy, bytes(xml));
    }

    BundleDraft policy(String policy, byte[] xml) throws BundleInvalid {
        checkName(policy);
        return change(() -> {
            try {
                var root = Xml.read(xml);
                put(policyPath(policy), xml);
                whole(edit -> edit.addPolicy(policy, root.name()));
            } catch (XmlInvalid invalid) {
                throw new BundleInvalid("the policy '%s' can't be parsed, line %d: %s"
                        .formatted(policy, invalid.line(), invalid.getMessage()));
            }
        });
    }

    /** Removes a policy and the steps that name it. */
    public BundleDraft removePolicy(String policy) throws BundleInvalid {
        return change(() -> {
            if (files.remove(policyPath(policy)) == null) {
                throw new BundleInvalid("there is no policy '%s'".formatted(policy));
            }
            whole(edit -> edit.removePolicy(policy));
            var proxy = proxy();
            for (var one : proxy.proxyEndpoints()) {
                edit(one.file(), edit -> edit.removeSteps(policy));
            }
            for (var one : proxy.targetEndpoints()) {
                edit(one.file(), edit -> edit.removeSteps(policy));
            }
        });
    }

    /** Adds or replaces a script, style sheet or the like, such as {@code setresponse.js}. */
    public BundleDraft script(String file, byte[] content) throws BundleInvalid {
        checkName(file);
        return change(() -> {
            put(Layout.SAP.scripts() + file, content);
            whole(edit -> edit.addScript(BundlePath.baseName(file), BundlePath.ending(file)));
        });
    }

    public BundleDraft removeScript(String file) throws BundleInvalid {
        return change(() -> {
            if (files.remove(Layout.SAP.scripts() + file) == null) {
                throw new BundleInvalid("there is no file '%s'".formatted(file));
            }
            whole(edit -> edit.removeScript(BundlePath.baseName(file)));
        });
    }

    /**
     * Adds a step.
     *
     * @param sequence where among the others; where it is taken, those behind move on
     * @param condition empty for always
     */
    public BundleDraft step(FlowPlace place, String policy, int sequence, String condition) throws BundleInvalid {
        return change(() -> {
            if (!files.containsKey(policyPath(policy))) {
                throw new BundleInvalid("there is no policy '%s'".formatted(policy));
            }
            edit(file(place), edit -> edit.addStep(place, policy, sequence, condition));
        });
    }

    /** Adds a step behind all others of its list. */
    public BundleDraft lastStep(FlowPlace place, String policy, String condition) throws BundleInvalid {
        var edit = new SapEndpointEdit(file(place), content(file(place)));
        return step(place, policy, edit.nextSequence(place), condition);
    }

    /** Takes the steps of a policy away from a list. */
    public BundleDraft removeStep(FlowPlace place, String policy) throws BundleInvalid {
        return change(() -> edit(file(place), edit -> edit.removeSteps(place, policy)));
    }

    public BundleDraft basePath(String endpoint, String path) throws BundleInvalid {
        checkPath(path);
        return change(() -> edit(proxyEndpoint(endpoint).file(), edit -> edit.set("base_path", path)));
    }

    /** Sets to which target a route rule leads; empty for none. A rule of a new name becomes the last one. */
    public BundleDraft route(String endpoint, String rule, Optional<String> target) throws BundleInvalid {
        return change(() -> {
            if (target.isPresent()) {
                targetEndpoint(target.get());
            }
            edit(proxyEndpoint(endpoint).file(), edit -> edit.route(rule, target));
        });
    }

    /** Sets to what a target endpoint leads. */
    public BundleDraft target(String endpoint, ProxyTarget target) throws BundleInvalid {
        return change(() -> edit(targetEndpoint(endpoint).file(), edit -> {
            switch (target) {
                case ProxyTarget.Url url -> {
                    edit.set("provider_id", "NONE");
                    edit.unset("relativePath");
                    edit.set("url", url.url());
                }
                case ProxyTarget.Provider provider -> {
                    edit.unset("url");
                    edit.set("provider_id", provider.name());
                    edit.set("relativePath", provider.path());
                }
            }
        }));
    }

    /**
     * Adds a resource with its flow for each entity set that has none yet, and the flow that refuses wrong verbs: at the
     * beginning, and whenever the service has changed. Resources whose set is gone stay.
     *
     * @param metadata of an OData service
     */
    public BundleDraft synchronize(String endpoint, byte[] metadata) throws BundleInvalid {
        var sets = EntitySets.read(metadata);
        return change(() -> {
            for (var set : sets) {
                files.putIfAbsent(
                        "APIProxy/APIResource/%s.xml".formatted(set.name()), bytes(ProxyTexts.resource(set, endpoint)));
                files.putIfAbsent(
                        "APIProxy/Documentation/%s_en.html".formatted(set.name()),
                        bytes("<p>%s</p>\n".formatted(set.name())));
                whole(edit -> edit.addResource(endpoint, set.name()));
            }
            files.putIfAbsent(policyPath(ProxyTexts.FAULT_POLICY), bytes(ProxyTexts.faultPolicy()));
            whole(edit -> edit.addPolicy(ProxyTexts.FAULT_POLICY, "RaiseFault"));
            edit(proxyEndpoint(endpoint).file(), edit -> edit.addResources(sets));
        });
    }

    /** Something that changes an endpoint's file. */
    private interface EndpointChange {
        void apply(SapEndpointEdit edit) throws BundleInvalid;
    }

    private void edit(String path, EndpointChange change) throws BundleInvalid {
        var edit = new SapEndpointEdit(path, content(path));
        change.apply(edit);
        files.put(path, edit.bytes());
    }

    /** Something that changes the file that lists the parts. */
    private interface WholeChange {
        void apply(SapWholeEdit edit) throws BundleInvalid;
    }

    private void whole(WholeChange change) throws BundleInvalid {
        var path = files.keySet().stream().filter(Layout.SAP::describesWhole).findFirst();
        if (path.isPresent()) {
            var edit = new SapWholeEdit(path.get(), content(path.get()));
            change.apply(edit);
            files.put(path.get(), edit.bytes());
        }
    }

    private byte[] content(String path) throws BundleInvalid {
        var content = files.get(path);
        if (content == null) {
            throw new BundleInvalid("there is no file '%s'".formatted(path));
        }
        return content;
    }

    private String file(FlowPlace place) throws BundleInvalid {
        return switch (place.side()) {
            case PROXY -> proxyEndpoint(place.endpoint()).file();
            case TARGET -> targetEndpoint(place.endpoint()).file();
        };
    }

    private ApiProxy proxy() {
        return BundleReader.read(bundle()).proxy();
    }

    private ProxyEndpoint proxyEndpoint(String endpoint) throws BundleInvalid {
        return proxy().proxyEndpoints().stream()
                .filter(one -> one.name().equals(endpoint))
                .findFirst()
                .orElseThrow(() -> new BundleInvalid("there is no proxy endpoint '%s'".formatted(endpoint)));
    }

    private TargetEndpoint targetEndpoint(String endpoint) throws BundleInvalid {
        return proxy().targetEndpoints().stream()
                .filter(one -> one.name().equals(endpoint))
                .findFirst()
                .orElseThrow(() -> new BundleInvalid("there is no target endpoint '%s'".formatted(endpoint)));
    }

    private void put(String path, String text) throws BundleInvalid {
        put(path, bytes(text));
    }

    private void put(String path, byte[] content) throws BundleInvalid {
        files.put(path, content);
        if (content.length > Intake.FILE_MAX
                || files.size() > Intake.FILES_MAX
                || files.values().stream().mapToLong(one -> one.length).sum() > Intake.BUNDLE_MAX) {
            throw Intake.tooLarge(path);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String policyPath(String policy) {
        return Layout.SAP.policies() + policy + ".xml";
    }

    private static void checkName(String name) throws BundleInvalid {
        if (!Bundle.NAME.matcher(name).matches()) {
            throw new BundleInvalid(
                    "the name '%s' must be letters, digits, '_', '-', '.' and blanks".formatted(Intake.shown(name)));
        }
    }

    private static void checkPath(String path) throws BundleInvalid {
        if (!path.matches("/[^\\s?#]*")) {
            throw new BundleInvalid("the base path '%s' must begin with '/' and have no blanks, '?' or '#'"
                    .formatted(Intake.shown(path)));
        }
    }

    /** Which paths describe a proxy's parts; for those who merge into it. */
    List<String> endpoints(FlowPlace.Side side) {
        return switch (side) {
            case PROXY ->
                proxy().proxyEndpoints().stream().map(ProxyEndpoint::name).toList();
            case TARGET ->
                proxy().targetEndpoints().stream().map(TargetEndpoint::name).toList();
        };
    }
}
