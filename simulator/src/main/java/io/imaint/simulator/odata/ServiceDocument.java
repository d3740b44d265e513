package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.ServiceModel;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service's root: the names of its entity sets. */
final class ServiceDocument {
    private ServiceDocument() {}

    static byte[] json(ServiceModel model) {
        return Stream.concat(
                        model.sets().stream().map(EntitySet::name),
                        MetadataDocument.tracked(model).stream().map(set -> ResourcePath.DELTA_LINKS + set.name()))
                .collect(Collectors.joining("\",\"", "{\"d\":{\"EntitySets\":[\"", "\"]}}"))
                .getBytes(UTF_8);
    }

    /**
     * @param service the absolute address of the service
     */
    static byte[] xml(ServiceModel model, String service) {
        var collections = Stream.concat(
                        model.sets().stream()
                                .map(set -> collection(set.name(), set.typeName(), MetadataDocument.abilities(set))),
                        MetadataDocument.tracked(model).stream()
                                .map(set -> ResourcePath.DELTA_LINKS + set.name())
                                .map(name -> collection(name, name, MetadataDocument.abilities(false, false, false))))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="utf-8"?>\
                <app:service xml:lang="en" xml:base="%s/" xmlns:app="http://www.w3.org/2007/app" \
                xmlns:atom="http://www.w3.org/2005/Atom" \
                xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
                xmlns:sap="http://www.sap.com/Protocols/SAPData"><app:workspace>\
                <atom:title type="text">Data</atom:title>%s</app:workspace></app:service>""".formatted(Xml.escaped(service), collections).getBytes(UTF_8);
    }

    private static String collection(String name, String type, String abilities) {
        return """
                <app:collection %3$s sap:content-version="1" href="%1$s"><atom:title type="text">%1$s</atom:title>\
                <sap:member-title>%2$s</sap:member-title></app:collection>""".formatted(name, type, abilities);
    }
}
