package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.util.stream.Collectors;

/** The service's root: the names of its entity sets. */
final class ServiceDocument {
    private ServiceDocument() {}

    static byte[] json() {
        return IcwpModel.SETS.stream()
                .map(EntitySet::name)
                .collect(Collectors.joining("\",\"", "{\"d\":{\"EntitySets\":[\"", "\"]}}"))
                .getBytes(UTF_8);
    }

    /**
     * @param service the absolute address of the service
     */
    static byte[] xml(String service) {
        var collections = IcwpModel.SETS.stream()
                .map(set -> """
                        <app:collection sap:creatable="false" sap:updatable="false" sap:deletable="false" \
                        sap:content-version="1" href="%1$s"><atom:title type="text">%1$s</atom:title>\
                        <sap:member-title>%2$s</sap:member-title></app:collection>""".formatted(set.name(), set.typeName()))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="utf-8"?>\
                <app:service xml:lang="en" xml:base="%s/" xmlns:app="http://www.w3.org/2007/app" \
                xmlns:atom="http://www.w3.org/2005/Atom" \
                xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
                xmlns:sap="http://www.sap.com/Protocols/SAPData"><app:workspace>\
                <atom:title type="text">Data</atom:title>%s</app:workspace></app:service>""".formatted(Xml.escaped(service), collections).getBytes(UTF_8);
    }
}
