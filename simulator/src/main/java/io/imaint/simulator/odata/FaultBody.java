package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.state.SapMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A fault as a SAP Gateway writes it.
 *
 * @param service the name of the service
 * @param transactionId 32 hexadecimal digits that name the request in SAP's error log
 * @param at when it happened
 */
record FaultBody(ODataFault fault, String service, String transactionId, Instant at) {
    private static final int CAPACITY_BYTES = 4096;

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSSSS'0'").withZone(ZoneOffset.UTC);

    private static final String TRANSACTION =
            "Run transaction /IWFND/ERROR_LOG on the SAP Gateway system and look for the timestamp above";
    private static final String NOTE = "See SAP Note 1797736 for error analysis";

    static String contentType(boolean json) {
        return json ? Answer.JSON : Answer.XML;
    }

    byte[] bytes(boolean json) {
        return json ? json() : xml();
    }

    private byte[] json() {
        var bytes = new ByteArrayOutputStream();
        var out = new Utf8Writer(bytes, CAPACITY_BYTES);
        try {
            out.ascii("{\"error\":{\"code\":\"");
            out.text(fault.code());
            out.ascii("\",\"message\":{\"lang\":\"en\",\"value\":\"");
            out.text(fault.text());
            out.ascii("\"},\"innererror\":{\"application\":{\"component_id\":\"\",\"service_namespace\":\"/INVICL/\","
                    + "\"service_id\":\"" + service + "\",\"service_version\":\"0001\"},"
                    + "\"transactionid\":\"" + transactionId + "\",\"timestamp\":\"" + TIMESTAMP.format(at) + "\","
                    + "\"Error_Resolution\":{\"SAP_Transaction\":\"" + TRANSACTION + "\",\"SAP_Note\":\"" + NOTE
                    + "\"},\"errordetails\":[");
            var separator = "";
            for (var detail : fault.details()) {
                out.ascii(separator);
                writeDetail(detail, out);
                separator = ",";
            }
            out.ascii("]}}}");
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeDetail(SapMessage detail, Utf8Writer out) throws IOException {
        out.ascii("{\"code\":\"");
        out.text(detail.code());
        out.ascii("\",\"message\":\"");
        out.text(detail.text());
        out.ascii("\",\"propertyref\":\"");
        out.text(detail.target());
        out.ascii("\",\"severity\":\"" + severity(detail) + "\",\"target\":\"");
        out.text(detail.target());
        out.ascii("\"}");
    }

    private static String detailsXml(ODataFault fault) {
        return fault.details().stream()
                .map(detail -> """
                        <errordetail><code>%s</code><message>%s</message><propertyref>%s</propertyref>\
                        <severity>%s</severity><target>%3$s</target></errordetail>""".formatted(
                                Xml.escaped(detail.code()),
                                Xml.escaped(detail.text()),
                                Xml.escaped(detail.target()),
                                severity(detail)))
                .collect(Collectors.joining());
    }

    private static String severity(SapMessage message) {
        return message.severity().name().toLowerCase(Locale.ROOT);
    }

    private byte[] xml() {
        return """
                <?xml version="1.0" encoding="utf-8"?>\
                <error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">\
                <code>%s</code><message xml:lang="en">%s</message><innererror><application><component_id/>\
                <service_namespace>/INVICL/</service_namespace><service_id>%s</service_id>\
                <service_version>0001</service_version></application>\
                <transactionid>%s</transactionid><timestamp>%s</timestamp><Error_Resolution>\
                <SAP_Transaction>%s</SAP_Transaction><SAP_Note>%s</SAP_Note></Error_Resolution>\
                <errordetails>%s</errordetails></innererror></error>""".formatted(
                        Xml.escaped(fault.code()),
                        Xml.escaped(fault.text()),
                        service,
                        transactionId,
                        TIMESTAMP.format(at),
                        TRANSACTION,
                        NOTE,
                        detailsXml(fault))
                .getBytes(UTF_8);
    }
}
